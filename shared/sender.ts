import { z } from "zod";
import { emailAddress, id, line, timeZone } from "./primitives.ts";
import { limits, providerNames } from "./vocabulary.ts";

/** A from-identity with its own pace. */
export const senderInput = z.object({
  fromName: line(limits.nameLength),
  fromEmail: emailAddress,
  replyTo: emailAddress.nullable().default(null),
  /** Emails per second, spread evenly; 0.1 is one every ten seconds. */
  ratePerSecond: z.number().positive().max(1000).default(0.2),
  /** Most emails in one calendar day of `timeZone`; null for none. */
  dailyCap: z.number().int().positive().max(1_000_000).nullable().default(null),
  timeZone: timeZone.default("America/New_York"),
  /** Shown to recipients as who is writing: licence number and phone, for the signature and footer. */
  phone: line(50).nullable().default(null),
  license: line(100).nullable().default(null),
});
export type SenderInput = z.input<typeof senderInput>;

export const sender = z.object({
  id,
  fromName: z.string(),
  fromEmail: z.string(),
  replyTo: z.string().nullable(),
  ratePerSecond: z.number(),
  dailyCap: z.number().int().nullable(),
  timeZone: z.string(),
  phone: z.string().nullable(),
  license: z.string().nullable(),
  isPaused: z.boolean(),
});
export type Sender = z.infer<typeof sender>;

/** A provider account without its credentials, which never leave the Worker. */
export const providerAccount = z.object({
  id,
  provider: z.enum(providerNames),
  name: z.string(),
  /** Lower is tried first. */
  priority: z.number().int(),
  isPaused: z.boolean(),
});
export type ProviderAccount = z.infer<typeof providerAccount>;
