import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { getLinkSigner } from "../../worker/links.ts";
import { parseInboundEmail } from "../../worker/mail/inbound/inbound.ts";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  readRecipientState,
  worldIds,
} from "../support/worker/world.ts";

/* Tests opt-outs, automatic answers and notices of absence, from the email handler to D1. */

const now = Date.UTC(2025, 9, 6, 14);
const ctx = createContext(bindings, { now: () => now, random: () => 0 });
const reference = { tenantId: worldIds.tenant, recipientId: worldIds.firstRecipient, stepNumber: 1 };

beforeEach(async () => {
  await emptyDatabase();
  await createWorld({ now, steps: [{}, { delayDays: 3 }] });
  await bindings.DB.batch([
    bindings.DB.prepare(
      "UPDATE campaign_recipients SET last_sent_at = ?1, next_step = 2, scheduled_at = ?2, due_at = ?2",
    ).bind(now, now + 3 * 86_400_000),
    bindings.DB.prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, sent_at, provider_account_id)
       VALUES (?1, 1, ?2, ?3, 'sent', ?4, ?5)`,
    ).bind(worldIds.firstRecipient, worldIds.tenant, worldIds.campaign, now, worldIds.account),
  ]);
});

type Mail = { from?: string; subject?: string; headers?: string[]; body: string; id?: string };

async function receive({ from = "Jane Doe <jane.doe@example.com>", subject, headers = [], body, id }: Mail) {
  const to = `${await (await getLinkSigner(ctx)).signMailbox({ kind: "reply", reference })}@reply.test`;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject ?? "Re: Your home"}`,
    `Message-ID: <${id ?? "answer-1"}@example.com>`,
    ...headers,
    "",
    body,
  ];
  const raw = new TextEncoder().encode(lines.join("\r\n"));
  return receiveEmail(ctx, { from: "jane.doe@example.com", to, raw });
}

async function lastEvent(): Promise<Record<string, unknown>> {
  const row = await bindings.DB.prepare("SELECT kind, data FROM events").first<{
    kind: string;
    data: string;
  }>();
  return { kind: row?.kind, ...JSON.parse(row?.data ?? "{}") };
}

async function suppressed(): Promise<string[]> {
  const { results } = await bindings.DB.prepare("SELECT email FROM suppressions").all<{ email: string }>();
  return results.map(({ email }) => email);
}

async function dueAt(): Promise<number | null> {
  const row = await bindings.DB.prepare("SELECT due_at AS dueAt FROM campaign_recipients WHERE id = ?")
    .bind(worldIds.firstRecipient)
    .first<{ dueAt: number | null }>();
  return row?.dueAt ?? null;
}

describe("an opt-out", () => {
  test.each([
    ["in a sentence", { body: "Hello,\r\n\r\nplease take me off this list.\r\n\r\nThanks, Jane" }],
    ["in the subject", { subject: "Unsubscribe", body: "That is enough of these." }],
    ["in German", { body: "Bitte streichen Sie mich aus Ihrem Verteiler." }],
  ])("%s suppresses the address", async (_, mail) => {
    await receive(mail);
    expect(await lastEvent()).toMatchObject({ kind: "unsubscribed" });
    expect(await suppressed()).toEqual(["jane.doe@example.com"]);
  });

  test("that is doubtful is recorded as a reply, and the agent is asked", async () => {
    await receive({ body: "Please stop emailing me until spring." });
    expect(await lastEvent()).toMatchObject({ kind: "replied", mayWantOut: true });
    expect(await suppressed()).toEqual([]);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "replied" });
  });
});

describe("the sender of an answer", () => {
  test("is found even if the name has an unquoted comma", async () => {
    const raw = new TextEncoder().encode("From: Doe, Jane <Jane.Doe@example.com>\r\n\r\nYes.");
    expect(await parseInboundEmail(raw, null)).toMatchObject({
      from: "jane.doe@example.com",
      envelopeFrom: "jane.doe@example.com",
    });
    expect(await parseInboundEmail(raw, "<>")).toMatchObject({ envelopeFrom: "" });
  });

  test("is a program if any Delivered-To header says so", async () => {
    const headers = ["Delivered-To: jane.doe@example.com", "Delivered-To: Autoresponder"];
    await receive({ headers: headers.toReversed(), body: "Gone." });
    expect(await lastEvent()).toMatchObject({ kind: "autoReplied" });
  });

  test("is not stopped by a read receipt", async () => {
    await receive({
      subject: "Seen",
      headers: ['Content-Type: multipart/report; report-type=disposition-notification; boundary="b"'],
      body: "--b\r\nContent-Type: text/plain\r\n\r\nShown.\r\n--b--",
    });
    expect(await lastEvent()).toMatchObject({ kind: "autoReplied" });
    expect(await readRecipientState()).toMatchObject({ status: "active" });
  });
});

describe("an absence note", () => {
  const body = "I am away and will be back on October 20.";
  const automatic = ["Auto-Submitted: auto-replied"];

  test("moves the next email to a working day after the return", async () => {
    await receive({ headers: automatic, body });
    expect(await lastEvent()).toMatchObject({ kind: "autoReplied", awayUntil: "2025-10-20" });
    const next = new Date((await dueAt()) ?? 0).toISOString();
    expect(next.slice(0, 10)).toBe("2025-10-21");
  });

  test("that ends before the next planned email moves nothing", async () => {
    await receive({ headers: automatic, body: "Back tomorrow." });
    expect(await dueAt()).toBe(now + 3 * 86_400_000);
  });

  test("that arrives twice does not undo what the agent decided in between", async () => {
    await receive({ headers: automatic, body });
    await bindings.DB.prepare(
      "UPDATE campaign_recipients SET snoozed_until = NULL, scheduled_at = ?1, due_at = ?1",
    )
      .bind(now + 5)
      .run();
    expect(await receive({ headers: automatic, body })).toEqual({ kind: "duplicate" });
    expect(await dueAt()).toBe(now + 5);
  });
});
