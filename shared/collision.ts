import { z } from "zod";
import { emailAddress } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { otherCampaign } from "./recipient.ts";
import { limits } from "./vocabulary.ts";

/** People who are about to be made recipients; those without an address of their own may still be at a property. */
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

/** Who of them a campaign launched now would have to wait for, by their place in the request. */
export const collisions = z.object({
  items: z.array(z.object({ index: z.number().int(), otherCampaign })),
  /** Whether a launch may write to them all the same. */
  mayIgnore: z.boolean(),
});
export type Collisions = z.infer<typeof collisions>;
