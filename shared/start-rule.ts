import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant, sequenceId } from "./primitives.ts";
import { propertyStatuses, startModes } from "./vocabulary.ts";

/** The status in the path of a rule. A property that gets this status starts the rule. */
export const startRuleStatus = z.enum(propertyStatuses);

/** A rule of the office: which sequence a property's new status proposes or launches. */
export const startRuleInput = z.strictObject({
  sequenceId,
  senderId: id,
  mode: z.enum(startModes),
  /**
   * The most campaigns that the rule launches by itself in a day of the office's clock. Further
   * campaigns wait until an agent starts them.
   */
  dailyLimit: z.number().int().min(1).max(limits.startsPerDay).default(10),
});
export type StartRuleInput = z.input<typeof startRuleInput>;

export const startRule = z.object({
  status: startRuleStatus,
  ...startRuleInput.shape,
  dailyLimit: z.number().int(),
  /** The name of the sequence; null if the sequence was deleted. */
  sequenceName: z.string().nullable(),
  /** The agent who saved the rule. The rule's launches are this agent's campaigns. */
  savedBy: z.object({ id: z.string(), name: z.string().nullable() }),
  savedAt: instant,
});
export type StartRule = z.infer<typeof startRule>;

/** A campaign that a rule proposes for one property. It waits until an agent starts it. */
export const startProposal = z.object({
  id,
  propertyId: z.string(),
  address: z.string().nullable(),
  status: startRuleStatus,
  /** The number of people whom the host has named for the property. */
  people: z.number().int(),
  sequenceName: z.string().nullable(),
  /** Why the rule has not launched the campaign by itself; null if nobody has tried. */
  refusal: z.string().nullable(),
  createdAt: instant,
});
export type StartProposal = z.infer<typeof startProposal>;

export const startProposals = z.object({
  items: z.array(startProposal),
  /** True if more proposals wait than are listed. */
  hasMore: z.boolean(),
});
export type StartProposals = z.infer<typeof startProposals>;

/** The campaign that an agent started from a proposal. */
export const startedProposal = z.object({ campaignId: id });
export type StartedProposal = z.infer<typeof startedProposal>;
