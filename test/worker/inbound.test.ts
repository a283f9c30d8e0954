import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { getLinkSigner } from "../../worker/links.ts";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  listCapturedEmails,
  readRecipientState,
  worldIds,
} from "../support/worker/world.ts";

const now = Date.UTC(2025, 9, 6, 14);
const ctx = createContext(bindings, { now: () => now });
const reference = { tenantId: worldIds.tenant, recipientId: worldIds.firstRecipient, stepNumber: 1 };

beforeEach(async () => {
  await emptyDatabase();
  await createWorld({ now, steps: [{}, { delayDays: 3 }] });
});

type Mail = {
  from?: string;
  to?: string;
  subject?: string;
  headers?: string[];
  body?: string;
  envelopeFrom?: string;
};

async function replyAddress(kind: "reply" | "unsubscribe" = "reply"): Promise<string> {
  return `${await (await getLinkSigner(ctx)).signMailbox({ kind, reference })}@reply.test`;
}

async function receive({
  from = "Jane Doe <jane.doe@example.com>",
  to,
  subject,
  headers = [],
  body,
  envelopeFrom,
}: Mail) {
  const address = to ?? (await replyAddress());
  const lines = [
    `From: ${from}`,
    `To: ${address}`,
    `Subject: ${subject ?? "Re: Your home"}`,
    "Message-ID: <answer-1@example.com>",
    ...headers,
    "",
    body ??
      "Yes, call me on Tuesday.\n\nOn Mon, Oct 6, 2025 at 10:00 AM Ann Agent <ann@cedarmain.example> wrote:\n> Hi Jane",
  ];
  const raw = new TextEncoder().encode(lines.join("\r\n"));
  return receiveEmail(ctx, { from: envelopeFrom ?? "jane.doe@example.com", to: address, raw });
}

async function events() {
  const { results } = await bindings.DB.prepare(
    "SELECT kind, data->>'text' AS text, step_number AS stepNumber FROM events",
  ).all();
  return results;
}

describe("a reply to an email of ours", () => {
  test("is recorded without the quotation, stops the sequence and is forwarded to the agent", async () => {
    expect(await receive({})).toEqual({ kind: "recorded" });
    expect(await events()).toEqual([{ kind: "replied", text: "Yes, call me on Tuesday.", stepNumber: 1 }]);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "replied" });
    const [forwarded] = await listCapturedEmails();
    expect(forwarded?.toEmail).toBe("ann@cedarmain.example");
    expect(forwarded?.raw).toMatch(/^Reply-To: .*jane\.doe@example\.com/im);
  });

  test("that is delivered twice is recorded and forwarded once", async () => {
    await receive({});
    expect(await receive({})).toEqual({ kind: "duplicate" });
    expect(await listCapturedEmails()).toHaveLength(1);
  });

  test("is matched by its In-Reply-To if its address has no token", async () => {
    const messageId = await (await getLinkSigner(ctx)).signMessageId(reference, "cedarmain.example");
    const result = await receive({ to: "ann@cedarmain.example", headers: [`In-Reply-To: ${messageId}`] });
    expect(result).toEqual({ kind: "recorded" });
    expect(await readRecipientState()).toMatchObject({ stopReason: "replied" });
  });

  test("that has only HTML is recorded as text", async () => {
    await receive({ headers: ["Content-Type: text/html; charset=utf-8"], body: "<p>Yes &amp; soon</p>" });
    expect(await events()).toMatchObject([{ kind: "replied", text: "Yes & soon" }]);
  });
});

describe("an incoming email that is not a reply", () => {
  test("is recorded if it is an out-of-office note, and the sequence goes on", async () => {
    await receive({ headers: ["Auto-Submitted: auto-replied"] });
    expect(await events()).toMatchObject([{ kind: "autoReplied" }]);
    expect(await readRecipientState()).toMatchObject({ status: "active" });
  });

  test("is ignored if it is a copy of our own email", async () => {
    expect(await receive({ from: "Ann Agent <ann@cedarmain.example>" })).toEqual({ kind: "ignored" });
    expect(await events()).toEqual([]);
  });

  test("unsubscribes if it came to the unsubscribe address, whatever it says", async () => {
    await receive({
      to: await replyAddress("unsubscribe"),
      body: "",
      headers: ["Auto-Submitted: auto-replied"],
    });
    expect(await readRecipientState()).toMatchObject({ stopReason: "unsubscribed" });
  });

  test("suppresses the address if it is a bounce", async () => {
    const boundary = "b1";
    const body = [
      `--${boundary}`,
      "Content-Type: text/plain",
      "",
      "Your message could not be delivered.",
      `--${boundary}`,
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example.com",
      "",
      "Final-Recipient: rfc822; jane.doe@example.com",
      "Action: failed",
      "Status: 5.1.1",
      `--${boundary}--`,
      "",
    ].join("\r\n");
    await receive({
      from: "mailer-daemon@example.com",
      envelopeFrom: "",
      headers: [
        `Content-Type: multipart/report; report-type=delivery-status; boundary=${boundary}`,
        "MIME-Version: 1.0",
      ],
      body,
    });
    expect(await events()).toMatchObject([{ kind: "bounced" }]);
    expect(await readRecipientState()).toMatchObject({ stopReason: "bounced" });
    expect(await listCapturedEmails()).toEqual([]);
  });

  test.each(["r+forgedtoken@reply.test", "someone@reply.test", "not an address"])(
    "has no effect if it came to %s",
    async (to) => {
      expect(await receive({ to })).toEqual({ kind: "notOurs" });
      expect(await readRecipientState()).toMatchObject({ status: "active" });
      expect(await events()).toEqual([]);
    },
  );
});
