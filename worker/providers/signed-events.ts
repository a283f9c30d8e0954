import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { bounceClasses, eventKinds, rejectReasons } from "../../shared/vocabulary.ts";
import type { EventData, NormalizedEvent } from "../domain/receive/event.ts";
import { encodeUtf8, joinBytes } from "./bytes.ts";
import { createBareEvent, hashParts, isObject, parseJson } from "./payload.ts";
import type { NormalizedPost, PostVerification, UnsealedAccount, WebhookRequest } from "./provider.ts";
import { isFreshTimestamp, verifyHmac } from "./signature.ts";

/*
 * Reads events of SMTP accounts. SMTP has no webhooks, so a mail relay that knows the fate of an
 * email posts an event to us, in a format of our own:
 *
 *   POST /webhooks/email-status/:account
 *   X-Doorknock-Signature: t=1767225600,v1=<signature>
 *   {"events": [{"kind": "bounced", "recipientId": 41, "stepNumber": 2,
 *                "occurredAt": 1767225600000, "id": "relay-77",
 *                "bounceClass": "hard", "status": "5.1.1"}]}
 *
 * The signature is the hex HMAC-SHA256 of "1767225600." and the raw body, under the account's
 * webhook secret.
 */

const signedEvent = z.object({
  kind: z.enum(eventKinds),
  recipientId: z.int().positive(),
  stepNumber: z.int().positive(),
  email: z.email().max(limits.emailLength).optional(),
  /** Milliseconds UTC, or ISO 8601 with an offset. */
  occurredAt: z.union([
    z.int().positive(),
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  ]),
  /** Identifies the event; a repeated event has the same id. */
  id: z.string().min(1).max(200),
  isMachine: z.boolean().optional(),
  messageId: z.string().max(300).optional(),
  url: z.url().max(2_000).optional(),
  userAgent: z.string().max(500).optional(),
  bounceClass: z.enum(bounceClasses).optional(),
  rejectReason: z.enum(rejectReasons).optional(),
  status: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/)
    .optional(),
  diagnostic: z.string().max(500).optional(),
});
type SignedEvent = z.output<typeof signedEvent>;

/**
 * Verifies a signed post for an SMTP or an outbox account. The signature covers the timestamp and
 * the body, so the result needs no `replay`.
 */
export async function verifySignedEvents(
  request: WebhookRequest,
  account: UnsealedAccount,
  now: number,
): Promise<PostVerification> {
  const { credentials } = account;
  const secret = "webhookSecret" in credentials ? credentials.webhookSecret : null;
  if (secret === null) return { ok: false, reason: "the account has no webhook secret" };
  const header = request.headers.get("x-doorknock-signature") ?? "";
  const [, timestamp, signature] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/i.exec(header) ?? [];
  if (timestamp === undefined || signature === undefined) return { ok: false, reason: "not signed" };
  if (!isFreshTimestamp(timestamp, now)) return { ok: false, reason: "the timestamp is not of today" };
  const signed = joinBytes(encodeUtf8(`${timestamp}.`), request.body);
  return (await verifyHmac(signature, secret, signed))
    ? { ok: true }
    : { ok: false, reason: "wrong signature" };
}

export async function normalizeSignedEvents(request: WebhookRequest): Promise<NormalizedPost> {
  const parsed = parseJson(request.body);
  if (!isObject(parsed) || !Array.isArray(parsed.events)) return { events: [], broken: 1 };
  const found = parsed.events.map((element) => signedEvent.safeParse(element));
  const good = found.flatMap((result) => (result.success ? [result.data] : []));
  return { events: await Promise.all(good.map(toEvent)), broken: found.length - good.length };
}

async function toEvent(signed: SignedEvent): Promise<NormalizedEvent> {
  return {
    ...createBareEvent(
      signed.kind,
      signed.occurredAt,
      await hashParts(["doorknock", signed.kind, signed.id]),
    ),
    recipientId: signed.recipientId,
    stepNumber: signed.stepNumber,
    email: signed.email ?? null,
    isMachine: signed.isMachine ?? false,
    messageId: signed.messageId?.replace(/^<|>$/g, "") ?? null,
    data: toEventData(signed),
  };
}

function toEventData({
  url,
  userAgent,
  bounceClass,
  rejectReason,
  status,
  diagnostic,
}: SignedEvent): EventData {
  return {
    ...(bounceClass === undefined ? {} : { bounceClass }),
    ...(rejectReason === undefined ? {} : { rejectReason }),
    ...(status === undefined ? {} : { status }),
    ...(diagnostic === undefined ? {} : { diagnostic }),
    ...(url === undefined ? {} : { url }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}
