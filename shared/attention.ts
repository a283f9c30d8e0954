import { z } from "zod";
import { id } from "./primitives.ts";
import { campaignPauseReasons } from "./vocabulary.ts";

/** A person because of whom a campaign needs an agent. */
const personInNeed = z.object({ recipientId: id, name: z.string(), email: z.string().nullable() });

/** A campaign that needs an agent before it can continue, or continue for everybody. */
export const campaignInNeed = z.object({
  campaignId: id,
  campaignName: z.string(),
  propertyId: z.string().nullable(),
  /** The guardrail that has paused the campaign; null if no guardrail has. */
  pauseReason: z.enum(campaignPauseReasons).nullable(),
  /** The number of people whose next email lacks a value. */
  heldPeople: z.int().min(0),
  /** The number of people whose address has bounced. The sequence has stopped for these people. */
  bouncedPeople: z.int().min(0),
  /** The first of the held and bounced people; null if there are no such people. */
  firstPerson: personInNeed.nullable(),
});
export type CampaignInNeed = z.infer<typeof campaignInNeed>;

/** The campaigns that need an agent for another reason than a reply or a task, the newest first. */
export const attentionList = z.object({
  items: z.array(campaignInNeed),
  /** True if more campaigns or people need an agent than the Worker has read. */
  hasMore: z.boolean(),
});
export type AttentionList = z.infer<typeof attentionList>;
