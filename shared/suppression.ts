import { z } from "zod";
import { limits } from "./limits.ts";
import { emailAddress, instant, singleLine } from "./primitives.ts";
import { suppressionReasons } from "./vocabulary.ts";

const note = singleLine(limits.noteLength);

/** Addresses that must never get an email. `note` is for people who read the list later. */
export const suppressionsInput = z
  .object({
    emails: z.array(emailAddress).min(1).max(limits.suppressionsPerRequest),
    note: note.optional(),
  })
  .strict();
export type SuppressionsInput = z.input<typeof suppressionsInput>;

/**
 * A request to remove one address from the list. `note` has the reason, and is required if the
 * person asked for no more emails.
 */
export const suppressionRemovalInput = z.object({ email: emailAddress, note: note.optional() }).strict();
export type SuppressionRemovalInput = z.input<typeof suppressionRemovalInput>;

/**
 * An address to which a tenant never writes. `source` tells where the report came from: a service,
 * an agent, `link` (the unsubscribe link) or `inbound` (an incoming email). `evidence` is the
 * proof: a message and its event, the receiving server's answer, or a note.
 */
export const suppression = z.object({
  email: z.string(),
  reason: z.enum(suppressionReasons),
  source: z.string(),
  evidence: z.object({
    recipientId: z.number().int().nullable(),
    stepNumber: z.number().int().nullable(),
    kind: z.string().nullable(),
    status: z.string().nullable(),
    diagnostic: z.string().nullable(),
    /** The number of temporary failures in a row, if these failures caused the suppression. */
    softBounces: z.number().int().nullable(),
    note: z.string().nullable(),
  }),
  createdAt: instant,
});
export type Suppression = z.infer<typeof suppression>;

/**
 * The result of adding suppressions. `stopped` is the number of recipients that the suppressions
 * have stopped.
 */
export const suppressionsAddedResult = z.object({
  added: z.number().int(),
  alreadyThere: z.number().int(),
  stopped: z.number().int(),
});
export type SuppressionsAddedResult = z.infer<typeof suppressionsAddedResult>;

/**
 * The result of an import. `notAddresses` lists the lines whose address cell does not contain an
 * address. The import left out these lines and accepted all other lines.
 */
export const suppressionImportResult = suppressionsAddedResult.extend({
  notAddresses: z.array(z.object({ line: z.number().int(), text: z.string() })),
});
export type SuppressionImportResult = z.infer<typeof suppressionImportResult>;

/**
 * The result of removing a suppression. `staysStopped` is the number of recipients that the
 * suppression had stopped. The recipients stay stopped in their campaigns, but a new campaign may
 * include them.
 */
export const suppressionRemovalResult = z.object({ email: z.string(), staysStopped: z.number().int() });
export type SuppressionRemovalResult = z.infer<typeof suppressionRemovalResult>;

/**
 * The result of reading a service's own suppression lists. `isComplete` is false if the lists are
 * too long for one request.
 */
export const suppressionSyncAnswer = z.object({
  read: z.number().int(),
  added: z.number().int(),
  isComplete: z.boolean(),
  syncedAt: instant,
});
export type SuppressionSyncAnswer = z.infer<typeof suppressionSyncAnswer>;
