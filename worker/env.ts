import { z } from "zod";
import type { EventJob, SendJob } from "./jobs.ts";

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
