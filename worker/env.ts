import { z } from "zod";
import { maxKeysInRing, parseKeyRing } from "./domain/key-ring.ts";
import type { EventJob, SendJob } from "./jobs.ts";

export type Bindings = {
  DB: D1Database;
  SEND_QUEUE: Queue<SendJob>;
  EVENT_QUEUE: Queue<EventJob>;
  PUBLIC_URL: string;
  INBOUND_DOMAIN: string;
  /** One or more keys in base64 with commas between. The first key seals, every key unseals. */
  CREDENTIALS_KEY: string;
  /** One or more keys in base64 with commas between. The first key signs, every key verifies. */
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

const keyRing = z.string().transform((text, context) => {
  const keys = parseKeyRing(text);
  if (keys !== null) return keys;
  const message = `must be one to ${maxKeysInRing} different keys of 32 bytes in base64, separated by commas`;
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/**
 * The schema of the settings in `wrangler.toml` and of the secrets. Each call of an entry point
 * checks its bindings against this schema.
 */
export const settingsSchema = z.object({
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/+$/, "")),
  INBOUND_DOMAIN: z.string().max(200),
  CREDENTIALS_KEY: keyRing,
  LINK_KEY: keyRing,
  SENDGRID_API_BASE: z.url().optional(),
  MAILGUN_API_BASE: z.url().optional(),
  // The limit stays well under `sendingTimeoutMs`, after which an unfinished provider call counts
  // as interrupted.
  PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(30_000),
  ALLOW_PRIVATE_WEBHOOKS: z.stringbool().default(false),
});
export type Settings = z.output<typeof settingsSchema>;
