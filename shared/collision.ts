import { z } from "zod";
import { limits } from "./limits.ts";
import { emailAddress } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { otherCampaign } from "./recipient.ts";

/**
 * People whom an agent is about to add as recipients. The check finds the people to whom another
 * campaign writes. A person without an email address is checked by property.
 */
export const collisionsInput = z
  .object({
    recipients: z
      .array(
        z
          .object({
            email: emailAddress.nullable().default(null),
            propertyId: propertyId.nullable().default(null),
          })
          .strict(),
      )
      .min(1)
      .max(limits.recipientsPerRequest),
  })
  .strict();
export type CollisionsInput = z.input<typeof collisionsInput>;

/**
 * The people whose emails would have to wait for another campaign after a launch. `index` is the
 * person's position in the request.
 */
export const campaignCollisions = z.object({
  items: z.array(z.object({ index: z.number().int(), otherCampaign })),
  /** If true, a launch may write to these people anyway. */
  mayIgnore: z.boolean(),
});
export type CampaignCollisions = z.infer<typeof campaignCollisions>;
