import { z } from "zod";
import { listingReason } from "./gate-reason.ts";
import { id, instant } from "./primitives.ts";

/**
 * A campaign's next email. `planned`: the email goes out at `at`. `queued`: the email is due, and
 * goes out at about `at`, after the sender's earlier emails. `held`: the email is due but may not
 * go out; `at` is the next check, or null if a person has to act first. `message` gives the reason
 * why the email has not gone out yet.
 */
export const nextEmail = z.object({
  recipientId: id,
  name: z.string(),
  stepNumber: z.number().int(),
  /** The step's place in the sequence, from 1; null if the step was taken out. */
  position: z.number().int().nullable(),
  timeZone: z.string(),
  state: z.enum(["planned", "queued", "held"]),
  at: instant.nullable(),
  message: z.string().nullable(),
  /** The facts that `message` words, if the listing guard holds the email. */
  listing: listingReason.nullable(),
  /**
   * The day on which the recipient is back, as read from an automatic answer; null if the recipient
   * is not away.
   */
  awayUntil: z.iso.date().nullable(),
});
export type NextEmail = z.infer<typeof nextEmail>;
