import { z } from "zod";
import { id, instant } from "./primitives.ts";
import { refusalKinds } from "./vocabulary.ts";

/** A person's refusal of emails, or of a sale, at a property. */
export const refusal = z.object({
  kind: z.enum(refusalKinds),
  name: z.string(),
  email: z.string(),
  refusedAt: instant,
  /** The note that an agent wrote when recording the refusal; null without a note. */
  note: z.string().nullable(),
  /** The first words of the reply that refuses; null if no reply was read. */
  replyText: z.string().nullable(),
  /** The recipient for whom an agent must record an outcome if the refusal is `undecided`. */
  recipientId: id,
});
export type Refusal = z.infer<typeof refusal>;
