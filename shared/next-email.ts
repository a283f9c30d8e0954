import { z } from "zod";
import { listingReason } from "./gate-reason.ts";
import { id, instant } from "./primitives.ts";

/**
 * A campaign's next email. `planned`: the email will be sent at `at`. `queued`: the email is due,
 * and will be sent at about `at`, after the sender's earlier emails. `held`: the email is due but
 * may not be sent; `at` is the next check, or null if a person has to act first. `message` says why
 * the email has not been sent yet.
 */
export const nextEmail = z.object({
  recipientId: id,
  name: z.string(),
  stepNumber: z.number().int(),
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  timeZone: z.string(),
  state: z.enum(["planned", "queued", "held"]),
  at: instant.nullable(),
  message: z.string().nullable(),
  /** The code and the facts behind `message`, if the listing guard holds the email. */
  listing: listingReason.nullable(),
  /**
   * The day on which an absent recipient returns, as the recipient's automatic answer says; null if
   * the recipient is not away.
   */
  awayUntil: z.iso.date().nullable(),
});
export type NextEmail = z.infer<typeof nextEmail>;
