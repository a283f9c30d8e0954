import { z } from "zod";
import { id } from "./primitives.ts";
import { campaignPauseReasons } from "./vocabulary.ts";

/** One person of a campaign about whom the agent is asked. */
const personInNeed = z.object({ recipientId: id, name: z.string(), email: z.string().nullable() });

/** A campaign that goes on only, or better, once an agent has done something about it. */
export const campaignInNeed = z.object({
  campaignId: id,
  campaignName: z.string(),
  propertyId: z.string().nullable(),
  /** Why a guardrail has paused the campaign; null if none has. */
  pauseReason: z.enum(campaignPauseReasons).nullable(),
  /** People whose next email lacks a value. */
  heldPeople: z.int().min(0),
  /** People whose address has bounced, so that the sequence has stopped for them. */
  bouncedPeople: z.int().min(0),
  /** The first of the held and bounced people; null if there is nobody. */
  firstPerson: personInNeed.nullable(),
});
export type CampaignInNeed = z.infer<typeof campaignInNeed>;

/** What needs an agent besides replies and tasks, the newest campaign first. */
export const attentionList = z.object({
  items: z.array(campaignInNeed),
  /** True if more campaigns or people need an agent than were read. */
  hasMore: z.boolean(),
});
export type AttentionList = z.infer<typeof attentionList>;
