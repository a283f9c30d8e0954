import { z } from "zod";
import { instant } from "./primitives.ts";
import { letterCopies, letterStates } from "./vocabulary.ts";

/**
 * One email of a recipient, shown to an agent. A sent email is shown as it was sent, and a coming
 * email as it would be sent now. The links lead nowhere, so that the agent's reading does not count
 * as an open or a click.
 */
export const recipientLetter = z.object({
  stepNumber: z.number().int(),
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  /** True if the recipient gets, or got, this letter because the step's conditions do not hold. */
  isElse: z.boolean(),
  /**
   * True if the step has an else email. A recipient gets either the main email or the else email.
   */
  hasElse: z.boolean(),
  state: z.enum(letterStates),
  copy: z.enum(letterCopies),
  /** True if an agent has changed the email for this recipient. */
  isPersonal: z.boolean(),
  /** The time at which the email was sent; null if the email was not sent. */
  sentAt: instant.nullable(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  /** The HTML part; null if no letter is shown. */
  html: z.string().nullable(),
  text: z.string().nullable(),
  /** The variables that have no value yet; empty for a sent email. */
  missingVariables: z.array(z.string()),
  /** The reason why the email was skipped or has failed, or why no letter can be shown. */
  reason: z.string().nullable(),
});
export type RecipientLetter = z.infer<typeof recipientLetter>;
