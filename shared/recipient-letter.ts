import { z } from "zod";
import { instant } from "./primitives.ts";
import { letterCopies, letterStates } from "./vocabulary.ts";

/**
 * One email of a recipient as a letter to read: a sent one as it left, a coming one as of now. Its
 * links lead nowhere, so that reading it counts as no open and no click.
 */
export const recipientLetter = z.object({
  stepNumber: z.number().int(),
  state: z.enum(letterStates),
  copy: z.enum(letterCopies),
  /** True if an agent has changed the email for this recipient. */
  isPersonal: z.boolean(),
  /** When the email left; null if it has not. */
  sentAt: instant.nullable(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  /** Null if no letter is shown. */
  html: z.string().nullable(),
  text: z.string().nullable(),
  /** The variables that have no value yet; empty for an email that has left. */
  missingVariables: z.array(z.string()),
  /** Why the email was skipped or has failed, or why no letter can be shown. */
  reason: z.string().nullable(),
});
export type RecipientLetter = z.infer<typeof recipientLetter>;
