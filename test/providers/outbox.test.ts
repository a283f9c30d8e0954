import PostalMime from "postal-mime";
import { beforeEach, describe, expect, test } from "vitest";
import { createOutboxStore } from "../../worker/db/outbox.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { createOutboxProvider, type OutboxStore } from "../../worker/providers/outbox.ts";
import type { UnsealedAccount } from "../../worker/providers/provider.ts";
import {
  buildOutgoingEmail,
  providerTimeoutMs,
  removeAngleBrackets,
} from "../support/worker/provider-fixtures.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

const account: UnsealedAccount = {
  id: 4,
  tenantId: 7,
  provider: "outbox",
  credentials: { provider: "outbox", webhookSecret: "a webhook secret of ours" },
};
/**
 * The time of every email. The time is fixed, because the outbox, which stores the sent emails,
 * must also keep two emails of the same instant.
 */
const now = Date.UTC(2026, 5, 1, 9, 30, 15);
const store = createOutboxStore(openDatabase(bindings.DB), () => now);
const provider = createOutboxProvider(store);

beforeEach(emptyDatabase);

const rows = async () => (await bindings.DB.prepare("SELECT * FROM outbox_messages").all()).results;

describe("an email captured by the outbox", () => {
  test("is a complete message with the date of the given clock", async () => {
    const email = buildOutgoingEmail("ada@example.com");
    const outcome = await provider.send(email, account, providerTimeoutMs);
    expect(outcome).toEqual({ kind: "accepted", providerMessageId: removeAngleBrackets(email.messageId) });
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      tenant_id: 7,
      provider_account_id: 4,
      recipient_id: email.reference.recipientId,
      step_number: 1,
      to_email: "ada@example.com",
      subject: "Your house on Oak Street",
      sent_at: now,
    });
    const raw = String(row?.raw);
    expect(raw.split("\r\n").every((line) => !/[\r\n]/.test(line))).toBe(true);
    const parsed = await PostalMime.parse(raw);
    expect(parsed.messageId).toBe(email.messageId);
    expect(Date.parse(parsed.date ?? "")).toBe(now);
    expect(parsed.text?.trim()).toBe(email.text);
    expect(parsed.html?.trim()).toBe(email.html);
    expect(parsed.to).toMatchObject([{ address: "ada@example.com", name: "Ada Owner" }]);
    const listUnsubscribe = parsed.headers.find(({ key }) => key === "list-unsubscribe")?.value;
    expect(listUnsubscribe).toBe(email.headers["List-Unsubscribe"]);
  });

  test("is stored twice if it is sent twice", async () => {
    const email = buildOutgoingEmail("ada@example.com");
    await provider.send(email, account, providerTimeoutMs);
    await provider.send(email, account, providerTimeoutMs);
    expect(await rows()).toHaveLength(2);
  });

  test("has a status for its own tenant and for no other", async () => {
    const { reference, messageId } = buildOutgoingEmail("ada@example.com");
    const status = () => provider.getStatus({ reference, messageId, ageMs: 0 }, account, providerTimeoutMs);
    expect(await status()).toEqual({ kind: "known", events: [] });
    await provider.send(
      buildOutgoingEmail("ada@example.com", { reference, messageId }),
      account,
      providerTimeoutMs,
    );
    expect(await status()).toMatchObject({
      kind: "known",
      events: [
        {
          kind: "accepted",
          recipientId: reference.recipientId,
          occurredAt: now,
          messageId: removeAngleBrackets(messageId),
        },
      ],
    });
    const foreign = { reference: { ...reference, tenantId: 8 }, messageId, ageMs: 0 };
    expect(await provider.getStatus(foreign, account, providerTimeoutMs)).toEqual({
      kind: "known",
      events: [],
    });
  });
});

test("a store that fails leaves an unknown outcome, because it may have written the email", async () => {
  const failing: OutboxStore = {
    now: () => now,
    save: () => Promise.reject(new Error("D1_ERROR: ada@example.com")),
    capturedAt: () => Promise.reject(new Error("D1_ERROR")),
  };
  const email = buildOutgoingEmail("ada@example.com");
  const outcome = await createOutboxProvider(failing).send(email, account, providerTimeoutMs);
  expect(outcome).toEqual({ kind: "unknown", detail: "the outbox could not be written" });
  const status = await createOutboxProvider(failing).getStatus(
    { ...email, ageMs: 0 },
    account,
    providerTimeoutMs,
  );
  expect(status).toMatchObject({ kind: "unavailable" });
});
