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
  /**
   * `SENDGRID_API_BASE` and `MAILGUN_API_BASE` replace the addresses of the services' APIs in tests
   * and staging.
   */
  SENDGRID_API_BASE?: string;
  MAILGUN_API_BASE?: string;
  /** The time limit of one call to a mail service in milliseconds. The default is 30,000. */
  PROVIDER_TIMEOUT_MS?: string;
  /** "true" lets hosts' webhooks go to http and to private addresses, for development. */
  ALLOW_PRIVATE_WEBHOOKS?: string;
};

const key = z.string().transform((text, context) => {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  if (bytes.length !== 32) context.addIssue({ code: "custom", message: "must be 32 bytes in base64" });
  return bytes;
});

/**
 * The schema of the settings in `wrangler.toml` and of the secrets. Each call of an entry point
 * checks its bindings against this schema.
 */
export const settingsSchema = z.object({
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/+$/, "")),
  INBOUND_DOMAIN: z.string().max(200),
  CREDENTIALS_KEY: key,
  LINK_KEY: key,
  SENDGRID_API_BASE: z.url().optional(),
  MAILGUN_API_BASE: z.url().optional(),
  // The limit stays well under `sendingTimeoutMs`, after which an unfinished provider call counts
  // as interrupted.
  PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(30_000),
  ALLOW_PRIVATE_WEBHOOKS: z.stringbool().default(false),
});
export type Settings = z.output<typeof settingsSchema>;
