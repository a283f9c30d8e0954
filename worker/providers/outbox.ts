import { createBareEvent, hashParts } from "./payload.ts";
import type { MessageReference, OutgoingEmail, Provider, SendOutcome, UnsealedAccount } from "./provider.ts";
import { formatReference } from "./reference.ts";
import { normalizeSignedEvents, verifySignedEvents } from "./signed-events.ts";
import { buildMimeMessage } from "./smtp/mime.ts";

/**
 * A message that the outbox captured. `raw` is the whole message as RFC 5322 text. `sentAt` is
 * milliseconds UTC.
 */
export type CapturedMessage = {
  tenantId: number;
  providerAccountId: number;
  recipientId: number;
  stepNumber: number;
  toEmail: string;
  subject: string;
  raw: string;
  sentAt: number;
};

/**
 * Stores captured mail. A message saved twice is kept twice, since a real message would have
 * arrived twice.
 */
export type OutboxStore = {
  /**
   * Returns the date of mail that is captured now: milliseconds UTC by the clock that the demo can
   * move.
   */
  now(): number;
  save(message: CapturedMessage): Promise<void>;
  /** Returns the time at which the message was first captured, or null. */
  capturedAt(reference: MessageReference): Promise<number | null>;
};

/** Creates a provider that captures mail and does not send it, for the demo, tests and staging. */
export function createOutboxProvider(store: OutboxStore): Provider {
  return {
    name: "outbox",
    send: (email, account) => send(email, account, store),
    verify: verifySignedEvents,
    normalize: normalizeSignedEvents,
    listIdentities: async () => ({ kind: "unsupported" }),
    listSuppressions: async () => ({ kind: "unsupported" }),
    registerWebhooks: async () => ({ kind: "notNeeded" }),
    async getStatus({ reference, messageId }) {
      try {
        const at = await store.capturedAt(reference);
        if (at === null) return { kind: "known", events: [] };
        const key = await hashParts(["outbox", "accepted", formatReference(reference)]);
        const { recipientId, stepNumber } = reference;
        const event = {
          ...createBareEvent("accepted", at, key),
          recipientId,
          stepNumber,
          messageId: removeAngleBrackets(messageId),
        };
        return { kind: "known", events: [event] };
      } catch {
        return { kind: "unavailable", detail: "the outbox could not be read" };
      }
    },
  };
}

async function send(
  email: OutgoingEmail,
  account: UnsealedAccount,
  store: OutboxStore,
): Promise<SendOutcome> {
  const sentAt = store.now();
  let raw: string;
  try {
    raw = new TextDecoder().decode((await buildMimeMessage(email, new Date(sentAt))).raw);
  } catch {
    return { kind: "refused", fault: "message", status: null, detail: "the message could not be built" };
  }
  const { tenantId, recipientId, stepNumber } = email.reference;
  const place = { tenantId, providerAccountId: account.id, recipientId, stepNumber };
  try {
    await store.save({ ...place, toEmail: email.to.email, subject: email.subject, raw, sentAt });
  } catch {
    // D1 can report a failure although D1 has made the write, so the outcome is unknown.
    return { kind: "unknown", detail: "the outbox could not be written" };
  }
  return { kind: "accepted", providerMessageId: removeAngleBrackets(email.messageId) };
}

function removeAngleBrackets(messageId: string): string {
  return messageId.replace(/^<|>$/g, "");
}
