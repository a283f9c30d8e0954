import { z } from "zod";
import type { PlannedSlot } from "./domain/send/pacing.ts";

/** What travels in the send queue: ids and the claim they belong to; the truth stays in D1. */
export type SendJob = { kind: "send"; entries: SendEntry[] };
/** With the slot it was given: `slotAt`, in milliseconds UTC, is the earliest instant this one may leave. */
export type SendEntry = { recipientId: number; stepNumber: number; lease: number } & PlannedSlot;

export type Bindings = {
  DB: D1Database;
  SEND_QUEUE: Queue<SendJob>;
  EVENT_QUEUE: Queue<EventJob>;
  PUBLIC_URL: string;
  INBOUND_DOMAIN: string;
  CREDENTIALS_KEY: string;
  LINK_KEY: string;
  /** Only for tests and staging: other addresses for the services' APIs. */
  SENDGRID_API_BASE?: string;
  MAILGUN_API_BASE?: string;
  /** How long one call to a mail service may take, in milliseconds; 30,000 unless given. */
  PROVIDER_TIMEOUT_MS?: string;
};

/** Normalized events on their way into D1. `tenantId` is the account's, which is who may speak about these messages. */
export type EventJob = {
  kind: "events";
  tenantId: number;
  source: string;
  receivedAt: number;
  events: import("./domain/receive/event.ts").NormalizedEvent[];
};

const key = z.string().transform((text, context) => {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  if (bytes.length !== 32) context.addIssue({ code: "custom", message: "must be 32 bytes in base64" });
  return bytes;
});

/** The settings of `wrangler.toml` and the secrets, checked once per door. */
export const settings = z.object({
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/+$/, "")),
  INBOUND_DOMAIN: z.string().max(200),
  CREDENTIALS_KEY: key,
  LINK_KEY: key,
  SENDGRID_API_BASE: z.url().optional(),
  MAILGUN_API_BASE: z.url().optional(),
  // Well under `sendingTimeoutMs`, after which a call counts as cut off.
  PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(30_000),
});
export type Settings = z.output<typeof settings>;
