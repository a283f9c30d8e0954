import { z } from "zod";
import { gateReason } from "./gate-reason.ts";
import { limits } from "./limits.ts";
import { listingStatement, sharedProperty } from "./recipient.ts";
import { recipientVerdicts } from "./vocabulary.ts";

/**
 * People whom an agent may add to a campaign. Each person has the fields of a recipient in `POST
 * /api/campaigns/:id/recipients`. The Worker checks each person separately, so that a faulty person
 * does not prevent the check of the others.
 */
export const recipientsCheckInput = z
  .object({
    recipients: z
      .array(z.record(z.string().max(100), z.json()))
      .min(1)
      .max(limits.recipientsPerRequest),
    property: sharedProperty,
    listingStatement,
  })
  .strict();
export type RecipientsCheckInput = z.input<typeof recipientsCheckInput>;

/** The effect of adding one person. */
export const recipientCheck = z.object({
  verdict: z.enum(recipientVerdicts),
  /**
   * The fault of each wrong field, by the field's path in the person's data; only if the verdict is
   * `faulty`.
   */
  fields: z.record(z.string(), z.string()).optional(),
  /**
   * The reason why a gate (a check before a launch) refuses the person, and the reason's text; left
   * out if no gate refuses.
   */
  reason: gateReason.optional(),
  message: z.string().optional(),
});
export type RecipientCheck = z.infer<typeof recipientCheck>;

/**
 * The answer of `POST /api/campaigns/:id/recipients/check`. `items` has the order of the request.
 * `refusal` says why nobody at all can be added now; null if people can be added. `room` is the
 * number of people that the campaign can still take, and `recipients` is the number of people in
 * the campaign. An agent should be warned if the campaign would have more than `warnsAbove` people;
 * null: any number is fine.
 */
export const recipientsCheck = z.object({
  items: z.array(recipientCheck),
  refusal: z.object({ message: z.string(), reason: gateReason.nullable() }).nullable(),
  room: z.number().int(),
  recipients: z.number().int(),
  warnsAbove: z.number().int().nullable(),
});
export type RecipientsCheck = z.infer<typeof recipientsCheck>;
