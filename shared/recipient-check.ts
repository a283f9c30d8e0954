import { z } from "zod";
import { gateReason } from "./gate-reason.ts";
import { limits } from "./limits.ts";
import { listingStatement } from "./recipient.ts";
import { recipientVerdicts } from "./vocabulary.ts";

/**
 * People who may be added to a campaign. Each person has the fields of a recipient in `POST
 * /api/campaigns/:id/recipients`. A faulty person fails alone, so their fields are checked one
 * person at a time.
 */
export const recipientsCheckInput = z
  .object({
    recipients: z
      .array(z.record(z.string().max(100), z.json()))
      .min(1)
      .max(limits.recipientsPerRequest),
    listingStatement,
  })
  .strict();
export type RecipientsCheckInput = z.input<typeof recipientsCheckInput>;

/** What adding one person would do. */
export const recipientCheck = z.object({
  verdict: z.enum(recipientVerdicts),
  /** The fault of each wrong field, by its path in the person; only if the verdict is `faulty`. */
  fields: z.record(z.string(), z.string()).optional(),
  /** The reason for which a gate refuses the person; absent if no gate does. */
  reason: gateReason.optional(),
});
export type RecipientCheck = z.infer<typeof recipientCheck>;

/**
 * The answer of `POST /api/campaigns/:id/recipients/check`. `items` has the order of the request.
 * `refusal` says why nobody at all can be added now; null if nothing keeps people from being added.
 * `room` is how many more people the campaign takes.
 */
export const recipientsCheck = z.object({
  items: z.array(recipientCheck),
  refusal: z.object({ message: z.string(), reason: gateReason.nullable() }).nullable(),
  room: z.number().int(),
});
export type RecipientsCheck = z.infer<typeof recipientsCheck>;
