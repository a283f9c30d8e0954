import { describe, expect, it } from "vitest";
import {
  createLinkSigner,
  type EmailLink,
  normalizeClickDestination,
} from "../../worker/mail/link-signer.ts";

const key = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
const reference = { tenantId: 12, recipientId: 210_453_397_504_123, stepNumber: 3 };
const signer = await createLinkSigner([key]);
const open: EmailLink = { kind: "open", reference };
const unsubscribe: EmailLink = { kind: "unsubscribe", reference, email: "ada@example.com" };
const click: EmailLink = { kind: "click", reference, url: "https://example.com/a?b=1&c=2#d" };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Returns every token that differs from `token` by one bit of one character. */
const forgeries = (token: string, letters: string) =>
  [...token].flatMap((char, index) => {
    const value = letters.indexOf(char);
    return [1, 2, 4, 8, 16, 32]
      .map((bit) => letters[value ^ bit])
      .filter((other) => other !== undefined)
      .map((other) => token.slice(0, index) + other + token.slice(index + 1));
  });

/** Tokens of version 1, which older code has made with the same key. */
const version1 = {
  reference: { tenantId: 12, recipientId: 210_453_397_504_123, stepNumber: 2 },
  open: "AAAAAAAADAC_aAAAAHsCu0R5dwaFRzC_yXT2",
  click: "AAAAAAAADAC_aAAAAHsCaHR0cHM6Ly9leGFtcGxlLmNvbS9yZXBvcnQ_YT0x2BrhjA9UwgzgBFlN",
  unsubscribe: "AAAAAAAADAC_aAAAAHsCb0Y30kUOelD8-wuk",
  reply: "r+aaaaaaaaaagabp3iaaaaa6yc74ctk53tfwir5rq3ww7q",
  bounce: "b+aaaaaaaaaagabp3iaaaaa6ycbcdfmugcr56pzwfcpopa",
  messageId: "<c.22lkyf4m7v.2.4w6vt7spxeiuy4zaz6dq@example.com>",
};

describe("a token of version 1 in an email that was already sent", () => {
  it("is still valid", async () => {
    const { reference } = version1;
    expect(await signer.readLink("open", version1.open)).toEqual({ kind: "open", reference });
    const url = "https://example.com/report?a=1";
    expect(await signer.readLink("click", version1.click)).toEqual({ kind: "click", reference, url });
    const unsubscribe = { kind: "unsubscribe", reference, email: null };
    expect(await signer.readLink("unsubscribe", version1.unsubscribe)).toEqual(unsubscribe);
    expect(await signer.readMailbox(version1.reply)).toEqual({ kind: "reply", reference });
    expect(await signer.readMailbox(version1.bounce)).toEqual({ kind: "bounce", reference });
    expect(await signer.readMessageIds(version1.messageId)).toEqual(reference);
  });

  it("is refused if any bit was changed", async () => {
    const changed = forgeries(version1.unsubscribe, alphabet);
    const answers = await Promise.all(changed.map((forged) => signer.readLink("unsubscribe", forged)));
    expect(answers.filter((answer) => answer !== null)).toEqual([]);
  });
});

describe("an unsubscribe link", () => {
  it("is the same on every attempt, and hides the address from anybody without the key", async () => {
    const token = await signer.signLink(unsubscribe);
    expect(await signer.signLink(unsubscribe)).toBe(token);
    const bytes = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
    expect(bytes).not.toContain("ada");
    expect(bytes).not.toContain("example");
  });

  it("holds an address of up to 254 characters, and no longer one", async () => {
    for (const email of ["", "a@b.co", "jané@exämple.com", `${"a".repeat(242)}@example.com`]) {
      const token = await signer.signLink({ kind: "unsubscribe", reference, email });
      expect(await signer.readLink("unsubscribe", token)).toEqual({ kind: "unsubscribe", reference, email });
      expect(token.length).toBeLessThanOrEqual(420);
    }
    const email = `${"a".repeat(243)}@example.com`;
    await expect(signer.signLink({ kind: "unsubscribe", reference, email })).rejects.toThrow(RangeError);
  });
});

describe("a signed link", () => {
  it.each([open, unsubscribe, click])("of the kind $kind is read back as it was signed", async (link) => {
    expect(await signer.readLink(link.kind, await signer.signLink(link))).toEqual(link);
  });

  it("holds the largest and the smallest ids exactly", async () => {
    for (const id of [1, 255, 256, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const extreme = { tenantId: id, recipientId: id, stepNumber: 255 };
      const token = await signer.signLink({ kind: "open", reference: extreme });
      expect((await signer.readLink("open", token))?.reference).toEqual(extreme);
      expect(token).toMatch(/^[\w-]{39}$/);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])("is not made for the id %s", async (id) => {
    await expect(
      signer.signLink({ kind: "open", reference: { ...reference, recipientId: id } }),
    ).rejects.toThrow(RangeError);
  });

  it.each([open, unsubscribe, click])("of the kind $kind is refused if any bit was changed", async (link) => {
    const token = await signer.signLink(link);
    const changed = forgeries(token, alphabet);
    expect(changed.length).toBe(token.length * 6);
    const answers = await Promise.all(changed.map((forged) => signer.readLink(link.kind, forged)));
    expect(answers.filter((answer) => answer !== null)).toEqual([]);
  });

  it("of one kind is not valid as another kind", async () => {
    for (const link of [open, unsubscribe, click]) {
      const token = await signer.signLink(link);
      for (const kind of ["open", "click", "unsubscribe"] as const) {
        expect((await signer.readLink(kind, token)) === null).toBe(kind !== link.kind);
      }
    }
  });

  it("that was signed with another key is refused", async () => {
    const other = await createLinkSigner([new Uint8Array(32).fill(7)]);
    expect(await signer.readLink("open", await other.signLink(open))).toBeNull();
  });

  it("of an older key in the ring is read, and the first key signs new ones", async () => {
    const [oldKey, newKey] = [new Uint8Array(32).fill(8), new Uint8Array(32).fill(9)];
    const before = await createLinkSigner([oldKey]);
    const rotated = await createLinkSigner([newKey, oldKey]);
    const after = await createLinkSigner([newKey]);
    for (const link of [open, unsubscribe, click]) {
      const old = await before.signLink(link);
      expect(await rotated.readLink(link.kind, old)).toEqual(link);
      expect(await after.readLink(link.kind, old)).toBeNull();
      expect(await after.readLink(link.kind, await rotated.signLink(link))).toEqual(link);
    }
    const mailbox = { kind: "reply", reference: open.reference } as const;
    expect(await rotated.readMailbox(await before.signMailbox(mailbox))).toEqual(mailbox);
    expect(await after.readMailbox(await before.signMailbox(mailbox))).toBeNull();
    const id = await before.signMessageId(open.reference, "mail.test");
    expect(await rotated.readMessageIds(id)).toEqual(open.reference);
    expect(await after.readMessageIds(id)).toBeNull();
  });

  it.each(["", "x", "....", "%00", "A".repeat(36), "A".repeat(100_000), "é", "=".repeat(40)])(
    "is not read from %j",
    async (token) => {
      expect(await signer.readLink("click", token)).toBeNull();
      expect(await signer.readLink("open", token)).toBeNull();
    },
  );

  it("is refused if its bytes are spelled differently", async () => {
    const token = await signer.signLink(open);
    for (const spelling of [`${token}=`, `${token} `, ` ${token}`, `${token}A`, token.slice(0, -1)]) {
      expect(await signer.readLink("open", spelling)).toBeNull();
    }
  });

  it("needs a key of 32 bytes", async () => {
    await expect(createLinkSigner([new Uint8Array(31)])).rejects.toThrow(RangeError);
  });
});

describe("a tracked link's destination", () => {
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
  ])("can't be %j", async (url) => {
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

  it("is encoded so that it fits a Location header", async () => {
    const token = await signer.signLink({ ...click, url: "https://exämple.com/a b\r\nSet-Cookie: x" });
    expect((await signer.readLink("click", token))?.url).toBe(
      "https://xn--exmple-cua.com/a%20bSet-Cookie:%20x",
    );
  });

  it("may be 2,000 characters long", async () => {
    const url = `https://example.com/${"a".repeat(1980)}`;
    const token = await signer.signLink({ ...click, url });
    expect(token.length).toBe(2706);
    expect((await signer.readLink("click", token))?.url).toBe(url);
  });
});

describe("a signed mailbox", () => {
  it.each(["reply", "unsubscribe", "bounce"] as const)(
    "of the kind %s is read back in either case, and has at most 64 characters",
    async (kind) => {
      const mailbox = await signer.signMailbox({ kind, reference });
      expect(mailbox.length).toBe(49);
      expect(mailbox).toMatch(/^[rub]\+[a-z2-7]+$/);
      expect(await signer.readMailbox(mailbox)).toEqual({ kind, reference });
      expect(await signer.readMailbox(mailbox.toUpperCase())).toEqual({ kind, reference });
    },
  );

  it("for replies can't be turned into one for opt-outs or bounces", async () => {
    const reply = await signer.signMailbox({ kind: "reply", reference });
    expect(await signer.readMailbox(reply.replace("r+", "u+"))).toBeNull();
    expect(await signer.readMailbox(reply.replace("r+", "b+"))).toBeNull();
  });

  it("is refused if any bit was changed", async () => {
    const mailbox = await signer.signMailbox({ kind: "reply", reference });
    const changed = forgeries(mailbox.slice(2), "abcdefghijklmnopqrstuvwxyz234567").map(
      (token) => `r+${token}`,
    );
    expect(changed.length).toBe(47 * 5);
    expect(
      (await Promise.all(changed.map((forged) => signer.readMailbox(forged)))).filter(
        (found) => found !== null,
      ),
    ).toEqual([]);
  });

  it.each(["", "r+", "postmaster", "x+abc", "r+0189", `r+${"a".repeat(1000)}`])(
    "is not read from %j",
    async (localPart) => {
      expect(await signer.readMailbox(localPart)).toBeNull();
    },
  );
});

describe("a signed Message-ID", () => {
  it("is the same for the same message, and different for each message", async () => {
    const id = await signer.signMessageId(reference, "example.com");
    expect(id).toMatch(/^<2[0-9a-z]{2}\.c\.[0-9a-z]+\.3\.[a-z2-7]{20}@example\.com>$/);
    expect(await signer.signMessageId({ ...reference }, "example.com")).toBe(id);
    expect(await signer.signMessageId({ ...reference, stepNumber: 2 }, "example.com")).not.toBe(id);
  });

  it("that is the newest of ours is found among others, folded and in another case", async () => {
    const first = await signer.signMessageId({ ...reference, stepNumber: 1 }, "example.com");
    const third = await signer.signMessageId(reference, "example.com");
    expect(
      await signer.readMessageIds(`<a@b>\r\n ${first}\r\n\t${third} <CAF=x.y.z@mail.gmail.com>`),
    ).toEqual(reference);
    expect(await signer.readMessageIds(third.toUpperCase())).toEqual(reference);
  });

  it("is not read from another sender's or a forged one", async () => {
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

  it("is searched in the newest thirty of a header only", async () => {
    const id = await signer.signMessageId(reference, "example.com");
    const other = `<1.2.3.${"a".repeat(20)}@x>`;
    expect(await signer.readMessageIds(id + other.repeat(29))).toEqual(reference);
    expect(await signer.readMessageIds(id + other.repeat(30))).toBeNull();
  });
});
