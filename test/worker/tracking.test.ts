import { describe, expect, it } from "vitest";
import { createLinkSigner, type Link, normalizeClickDestination } from "../../worker/mail/link-signer.ts";

const key = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
const reference = { tenantId: 12, recipientId: 210_453_397_504_123, stepNumber: 3 };
const signer = await createLinkSigner(key);
const open: Link = { kind: "open", reference };
const unsubscribe: Link = { kind: "unsubscribe", reference };
const click: Link = { kind: "click", reference, url: "https://example.com/a?b=1&c=2#d" };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Returns every token that differs from this one by one bit of one character. */
const forgeries = (token: string, letters: string) =>
  [...token].flatMap((char, index) => {
    const value = letters.indexOf(char);
    return [1, 2, 4, 8, 16, 32]
      .map((bit) => letters[value ^ bit])
      .filter((other) => other !== undefined)
      .map((other) => token.slice(0, index) + other + token.slice(index + 1));
  });

describe("links", () => {
  it.each([open, unsubscribe, click])("a $kind link reads back as what was signed", async (link) => {
    expect(await signer.readLink(link.kind, await signer.signLink(link))).toEqual(link);
  });

  it("holds the largest and the smallest ids exactly", async () => {
    for (const id of [1, 255, 256, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const extreme = { tenantId: id, recipientId: id, stepNumber: 255 };
      const token = await signer.signLink({ kind: "open", reference: extreme });
      expect((await signer.readLink("open", token))?.reference).toEqual(extreme);
      expect(token).toMatch(/^[\w-]{36}$/);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])("does not sign for the id %s", async (id) => {
    await expect(
      signer.signLink({ kind: "open", reference: { ...reference, recipientId: id } }),
    ).rejects.toThrow(RangeError);
  });

  it.each([open, unsubscribe, click])("a $kind token changed in any bit is refused", async (link) => {
    const token = await signer.signLink(link);
    const changed = forgeries(token, alphabet);
    expect(changed.length).toBe(token.length * 6);
    const answers = await Promise.all(changed.map((forged) => signer.readLink(link.kind, forged)));
    expect(answers.filter((answer) => answer !== null)).toEqual([]);
  });

  it("a token of one kind is not valid as another", async () => {
    for (const link of [open, unsubscribe, click]) {
      const token = await signer.signLink(link);
      for (const kind of ["open", "click", "unsubscribe"] as const) {
        expect((await signer.readLink(kind, token)) === null).toBe(kind !== link.kind);
      }
    }
  });

  it("a token signed with another key is refused", async () => {
    const other = await createLinkSigner(new Uint8Array(32).fill(7));
    expect(await signer.readLink("open", await other.signLink(open))).toBeNull();
  });

  it.each(["", "x", "....", "%00", "A".repeat(36), "A".repeat(100_000), "é", "=".repeat(40)])(
    "answers null for %j",
    async (token) => {
      expect(await signer.readLink("click", token)).toBeNull();
      expect(await signer.readLink("open", token)).toBeNull();
    },
  );

  it("refuses the same bytes in another spelling", async () => {
    const token = await signer.signLink(open);
    for (const spelling of [`${token}=`, `${token} `, ` ${token}`, `${token}A`, token.slice(0, -1)]) {
      expect(await signer.readLink("open", spelling)).toBeNull();
    }
  });

  it("wants a key of 32 bytes", async () => {
    await expect(createLinkSigner(new Uint8Array(31))).rejects.toThrow(RangeError);
  });
});

describe("a click's address", () => {
  it.each([
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "/path",
    "ftp://example.com",
    "mailto:a@example.com",
    "https://",
    "",
    `https://example.com/${"a".repeat(2000)}`,
  ])("never to %j", async (url) => {
    expect(normalizeClickDestination(url)).toBeNull();
    await expect(signer.signLink({ ...click, url })).rejects.toThrow(RangeError);
  });

  it("can't be changed by the holder of the token", async () => {
    const token = await signer.signLink(click);
    const bytes = atob(
      token
        .replaceAll("-", "+")
        .replaceAll("_", "/")
        .padEnd(Math.ceil(token.length / 4) * 4, "="),
    );
    const swapped = bytes.replace("example.com", "evil-it.com");
    expect(swapped).not.toBe(bytes);
    const forged = btoa(swapped).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    expect(await signer.readLink("click", forged)).toBeNull();
    const unchanged = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    expect(await signer.readLink("click", unchanged)).toEqual(click);
  });

  it("is in a form a Location header can carry", async () => {
    const token = await signer.signLink({ ...click, url: "https://exämple.com/a b\r\nSet-Cookie: x" });
    expect((await signer.readLink("click", token))?.url).toBe(
      "https://xn--exmple-cua.com/a%20bSet-Cookie:%20x",
    );
  });

  it("may be 2,000 characters long", async () => {
    const url = `https://example.com/${"a".repeat(1980)}`;
    const token = await signer.signLink({ ...click, url });
    expect(token.length).toBe(2703);
    expect((await signer.readLink("click", token))?.url).toBe(url);
  });
});

describe("mailboxes", () => {
  it.each(["reply", "unsubscribe", "bounce"] as const)(
    "the %s mailbox reads back, in either case, within 64 characters",
    async (kind) => {
      const mailbox = await signer.signMailbox({ kind, reference });
      expect(mailbox.length).toBe(46);
      expect(mailbox).toMatch(/^[rub]\+[a-z2-7]+$/);
      expect(await signer.readMailbox(mailbox)).toEqual({ kind, reference });
      expect(await signer.readMailbox(mailbox.toUpperCase())).toEqual({ kind, reference });
    },
  );

  it("a reply address can't be made into one for unsubscribing or bounces", async () => {
    const reply = await signer.signMailbox({ kind: "reply", reference });
    expect(await signer.readMailbox(reply.replace("r+", "u+"))).toBeNull();
    expect(await signer.readMailbox(reply.replace("r+", "b+"))).toBeNull();
  });

  it("a mailbox changed in any bit is refused", async () => {
    const mailbox = await signer.signMailbox({ kind: "reply", reference });
    const changed = forgeries(mailbox.slice(2), "abcdefghijklmnopqrstuvwxyz234567").map(
      (token) => `r+${token}`,
    );
    expect(changed.length).toBe(44 * 5);
    expect(
      (await Promise.all(changed.map((forged) => signer.readMailbox(forged)))).filter(
        (found) => found !== null,
      ),
    ).toEqual([]);
  });

  it.each(["", "r+", "postmaster", "x+abc", "r+0189", `r+${"a".repeat(1000)}`])(
    "answers null for %j",
    async (localPart) => {
      expect(await signer.readMailbox(localPart)).toBeNull();
    },
  );
});

describe("Message-IDs", () => {
  it("are the same for the same message, and differ between messages", async () => {
    const id = await signer.signMessageId(reference, "example.com");
    expect(id).toMatch(/^<c\.[0-9a-z]+\.3\.[a-z2-7]{20}@example\.com>$/);
    expect(await signer.signMessageId({ ...reference }, "example.com")).toBe(id);
    expect(await signer.signMessageId({ ...reference, stepNumber: 2 }, "example.com")).not.toBe(id);
  });

  it("the newest of ours is found among others, folded and in another case", async () => {
    const first = await signer.signMessageId({ ...reference, stepNumber: 1 }, "example.com");
    const third = await signer.signMessageId(reference, "example.com");
    expect(
      await signer.readMessageIds(`<a@b>\r\n ${first}\r\n\t${third} <CAF=x.y.z@mail.gmail.com>`),
    ).toEqual(reference);
    expect(await signer.readMessageIds(third.toUpperCase())).toEqual(reference);
  });

  it("others' and forged ones are not ours", async () => {
    const id = await signer.signMessageId(reference, "example.com");
    const changed = forgeries(id.slice(1, id.indexOf("@")), "abcdefghijklmnopqrstuvwxyz234567").filter(
      (local) => !local.includes("undefined"),
    );
    expect(changed.length).toBeGreaterThan(100);
    for (const local of changed) expect(await signer.readMessageIds(`<${local}@example.com>`)).toBeNull();
    for (const header of [
      "",
      "<>",
      "<a@b>",
      id.replace(".3.", ".4."),
      id.slice(0, -1),
      `<0.0.0.${"a".repeat(20)}@x>`,
    ]) {
      expect(await signer.readMessageIds(header)).toBeNull();
    }
  });

  it("only the newest thirty are looked at, however long the header is", async () => {
    const id = await signer.signMessageId(reference, "example.com");
    const other = `<1.2.3.${"a".repeat(20)}@x>`;
    expect(await signer.readMessageIds(id + other.repeat(29))).toEqual(reference);
    expect(await signer.readMessageIds(id + other.repeat(30))).toBeNull();
  });
});
