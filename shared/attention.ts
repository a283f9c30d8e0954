import { z } from "zod";
import { id } from "./primitives.ts";
import { campaignPauseReasons } from "./vocabulary.ts";

/** A person for whom an agent has to act, so that the campaign can continue. */
const personInNeed = z.object({ recipientId: id, name: z.string(), email: z.string().nullable() });

/** A campaign that can't continue for some or all people until an agent acts. */
export const campaignInNeed = z.object({
  campaignId: id,
  campaignName: z.string(),
  propertyId: z.string().nullable(),
  /**
   * The guardrail (the limit of bounces or complaints) that has paused the campaign; null if no
   * guardrail has paused the campaign.
   */
  pauseReason: z.enum(campaignPauseReasons).nullable(),
  /** The number of people whose next email lacks a value. */
  heldPeople: z.int().min(0),
  /** The number of people whose next email can't be sent with their values. */
  faultyPeople: z.int().min(0),
  /** The number of people whose address has bounced. The sequence has stopped for these people. */
  bouncedPeople: z.int().min(0),
  /** The first of these people; null if there are no such people. */
  firstPerson: personInNeed.nullable(),
});
export type CampaignInNeed = z.infer<typeof campaignInNeed>;

/** The campaigns that need an agent for a reason other than a reply or a task, the newest first. */
export const attentionList = z.object({
  items: z.array(campaignInNeed),
  /** True if more campaigns or people need an agent than the Worker has read. */
  hasMore: z.boolean(),
});
export type AttentionList = z.infer<typeof attentionList>;
