import { z } from "zod";
import { namedAgent } from "./agent.ts";
import { limits } from "./limits.ts";
import { instant } from "./primitives.ts";
import { wordingName } from "./variant.ts";

/**
 * The number of emails of each wording after which Doorknock chooses the wording with the most
 * replies. If the number is left out, only an agent chooses.
 */
export const winnerAfterEmails = z.number().int().min(limits.winnerAfterLeast).max(limits.winnerAfterMost);

/**
 * The choice of the wording that every later recipient of a step gets: who chose, when, and the
 * results at that time.
 */
export const winnerChoice = z.object({
  /**
   * The name of the wording; null if an agent wants the recipients to stay divided among all
   * wordings.
   */
  variant: z.string().nullable(),
  at: instant,
  /** The agent who chose; null if Doorknock chose by the replies. */
  by: namedAgent.nullable(),
  /**
   * True if the lead was more than chance, by a test with p < 0.05; null if an agent chose. Without
   * a clear lead, Doorknock still chooses the leading wording.
   */
  isClear: z.boolean().nullable(),
  /** The results at the time of the choice, in the order of the wordings. */
  figures: z.array(z.object({ sent: z.number().int(), replied: z.number().int() })),
});
export type WinnerChoice = z.infer<typeof winnerChoice>;

/**
 * The body of `PUT /api/campaigns/:id/steps/:stepNumber/winner`. `variant` is the name of a
 * wording, or null to divide the recipients among all wordings for good.
 */
export const winnerInput = z
  .object({
    variant: wordingName.nullable(),
  })
  .strict();
export type WinnerInput = z.input<typeof winnerInput>;
