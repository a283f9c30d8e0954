import { z } from "zod";
import { emailAddress, instant, line } from "./primitives.ts";
import { limits, suppressionReasons } from "./vocabulary.ts";

const note = line(limits.noteLength);

/** Addresses that are never to be mailed. `note` is for whoever looks at it later. */
export const suppressionsInput = z
  .object({
    emails: z.array(emailAddress).min(1).max(limits.suppressionsPerRequest),
    note: note.optional(),
  })
  .strict();
export type SuppressionsInput = z.input<typeof suppressionsInput>;

/** Takes one back. `note` says why, and must be there where the person themselves asked to be left out. */
export const suppressionRemoval = z.object({ email: emailAddress, note: note.optional() }).strict();
export type SuppressionRemoval = z.input<typeof suppressionRemoval>;

/**
 * An address a tenant never mails. `source`: which service, door or agent it came from. `evidence`: the message and event
 * it follows from, what the receiving server said, or a note.
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
    /** How many temporary failures in a row, where that was it. */
    softBounces: z.number().int().nullable(),
    note: z.string().nullable(),
  }),
  createdAt: instant,
});
export type Suppression = z.infer<typeof suppression>;

/** `stopped`: how many recipients were in a sequence and are no longer. */
export const suppressionsAdded = z.object({
  added: z.number().int(),
  alreadyThere: z.number().int(),
  stopped: z.number().int(),
});
export type SuppressionsAdded = z.infer<typeof suppressionsAdded>;

/** `staysStopped`: how many recipients it had stopped; they are not started again, a new campaign may include them. */
export const suppressionLifted = z.object({ email: z.string(), staysStopped: z.number().int() });
export type SuppressionLifted = z.infer<typeof suppressionLifted>;

/** What was read from a service's own lists; `isComplete` is false where they are longer than one reading takes. */
export const suppressionsSynced = z.object({
  read: z.number().int(),
  added: z.number().int(),
  isComplete: z.boolean(),
  syncedAt: instant,
});
export type SuppressionsSynced = z.infer<typeof suppressionsSynced>;
