import { z } from "zod";
import { hasExactlyOneSequence, newCampaignRules } from "./campaign.ts";
import { gateFault } from "./gate-reason.ts";
import { limits } from "./limits.ts";
import { listingFinding } from "./listing-finding.ts";
import { id, instant, sequenceId } from "./primitives.ts";
import { recipientInput } from "./recipient.ts";
import { stepsInput } from "./step.ts";
import { campaignTypes } from "./vocabulary.ts";

const { timeZone, propertyId, source, consent, templateData, property } = recipientInput.shape;

/**
 * The body of a request for a plan: the parts of a launch that decide its dates. The Worker saves
 * nothing.
 */
export const campaignPlanInput = z
  .object({
    sendWindow: newCampaignRules.sendWindow,
    schedule: newCampaignRules.schedule,
    steps: stepsInput.optional(),
    presetId: z.string().max(50).optional(),
    sequenceId: sequenceId.optional(),
    /** The sender, whose license the warnings are about. */
    senderId: id.optional(),
    /**
     * The campaign's type, by default the sequence's type. The listing guard, which forbids emails
     * about homes listed for sale, needs the type.
     */
    type: z.enum(campaignTypes).optional(),
    /**
     * If `timeZone` is left out, the recipient's time zone is found from the mailing address in
     * `templateData`. Without a mailing address, the zone is found from the property's address.
     */
    recipients: z
      .array(z.object({ timeZone, propertyId, source, consent, templateData, property }).strict())
      .min(1)
      .max(limits.recipientsPerPlan),
  })
  .strict()
  .refine(hasExactlyOneSequence, { message: "give either steps, presetId or sequenceId", path: ["steps"] });
export type CampaignPlanInput = z.input<typeof campaignPlanInput>;

/**
 * The date of each step, as if the campaign started now and every step were on time. Jitter,
 * conditions and the sender's pace may delay a step. The plan assumes that the agent does each task
 * at once.
 */
export const campaignPlan = z.object({
  /** The warnings that a person should read before the launch. No warning prevents the launch. */
  warnings: z.array(gateFault),
  /**
   * The assumed moment of the launch. A step planned for this moment is sent right after the
   * launch.
   */
  launchAt: instant,
  /** One item per recipient, in the order of the request. */
  items: z.array(
    z.object({
      timeZone: z.string(),
      /**
       * The reason why the listing guard would refuse the launch for this recipient; null if the
       * guard would not refuse the launch.
       */
      listing: listingFinding.nullable(),
      /**
       * True if the mailing address is in another country and no consent is recorded. Emails to
       * this recipient are then never sent.
       */
      needsConsent: z.boolean(),
      /**
       * True if the recipient comes from a probate filing and is not known to be the estate's
       * personal representative. Emails to this recipient wait until somebody says so.
       */
      needsRepresentative: z.boolean(),
      steps: z.array(
        z.object({
          stepNumber: z.number().int().positive(),
          /** The planned time; null if the campaign ends before this step. */
          plannedAt: instant.nullable(),
        }),
      ),
    }),
  ),
});
export type CampaignPlan = z.infer<typeof campaignPlan>;
