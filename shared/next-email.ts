import { z } from "zod";
import { id, instant } from "./primitives.ts";

/**
 * A campaign's next email. `planned`: it goes out at `at`. `queued`: it is due, and goes out at
 * about `at`, after the emails of the same sender before it. `held`: it is due and may not go out;
 * `at` is then the next check, or null if a person has to act first. `message` says why it has not
 * gone out yet.
 */
export const nextEmail = z.object({
  recipientId: id,
  name: z.string(),
  stepNumber: z.number().int(),
  timeZone: z.string(),
  state: z.enum(["planned", "queued", "held"]),
  at: instant.nullable(),
  message: z.string().nullable(),
  /** The day on which the recipient is back, by an automatic answer; null if not away. */
  awayUntil: z.iso.date().nullable(),
});
export type NextEmail = z.infer<typeof nextEmail>;
