import { z } from "zod";
import { namedAgent } from "./agent.ts";
import { limits } from "./limits.ts";
import { id, instant, singleLine } from "./primitives.ts";
import { notNowPlans, replyOutcomes, settlingOutcomes } from "./vocabulary.ts";

/** The state of a recipient's reply. */
export const replyState = z.object({
  /** The time of the person's last reply. */
  repliedAt: instant,
  /** True if an agent still has to handle the reply. */
  isWaiting: z.boolean(),
  /** The outcome of the reply; null while no agent has recorded an outcome. */
  outcome: z.enum(settlingOutcomes).nullable(),
  /**
   * The time at which the reply is listed again after the outcome `notNow`; null if the reply is
   * not listed again.
   */
  comesBackAt: instant.nullable(),
  decidedAt: instant.nullable(),
  /** The time until which an agent can undo the outcome; null if the time is over. */
  undoUntil: instant.nullable(),
  /** The agent who handles the replies; null if nobody in particular does. */
  assignedTo: namedAgent.nullable(),
});
export type ReplyState = z.infer<typeof replyState>;

/** A reply that an agent has to handle. */
export const waitingReply = z.object({
  recipientId: id,
  recipientName: z.string(),
  email: z.string().nullable(),
  campaignId: id,
  campaignName: z.string(),
  propertyId: z.string().nullable(),
  /** The street address of the property; null if the host gave none. */
  address: z.string().nullable(),
  repliedAt: instant,
  /**
   * The time since which the reply waits: its receipt, or the day on which the reply is listed
   * again after the outcome `notNow`.
   */
  waitingSince: instant,
  /** The first words of the reply; null if the reply has no text. */
  firstWords: z.string().nullable(),
  /**
   * True if the reply may be a refusal, and an agent has to confirm it. The person may want no more
   * emails, or may not want to sell.
   */
  isAsked: z.boolean(),
  /**
   * True if the sequence can continue from a later day: a reply stopped the sequence, and a step is
   * left.
   */
  canContinue: z.boolean(),
  /** True if the reply is listed again because the outcome was "not now". */
  isReminder: z.boolean(),
  /** The agent who handles the reply; null if nobody in particular does. */
  assignedTo: namedAgent.nullable(),
});
export type WaitingReply = z.infer<typeof waitingReply>;

/**
 * The numbers of replies that wait for the caller and for the office. A count ends at
 * `limits.countedReplies`.
 */
export const waitingReplyCounts = z.object({ mine: z.int().min(0), office: z.int().min(0) });
export type WaitingReplyCounts = z.infer<typeof waitingReplyCounts>;

/**
 * A page of the replies that wait. `counts` is null for a list of some properties only, and after
 * the first page.
 */
export const waitingReplyPage = z.object({
  items: z.array(waitingReply),
  nextCursor: z.string().nullable(),
  counts: waitingReplyCounts.nullable(),
});
export type WaitingReplyPage = z.infer<typeof waitingReplyPage>;

/**
 * Assigns a recipient's replies to an agent. `assignedTo`: the agent's id, or null for nobody in
 * particular. `assignedFrom`: the agent whom the caller saw; if another agent handles the replies
 * by now, the request is refused.
 */
export const replyAssignmentInput = z
  .object({
    assignedTo: singleLine(limits.agentIdLength).nullable(),
    assignedFrom: singleLine(limits.agentIdLength).nullable(),
  })
  .strict();
export type ReplyAssignmentInput = z.input<typeof replyAssignmentInput>;

/**
 * The outcome of a recipient's reply. `interested`, `appointment` and `listing` are the stages of a
 * sale, and end the sequences of everybody at the property. `notNow`: on
 * the day `until` (by default 90 days from now), the reply is listed again or the sequence
 * continues. `wrongPerson` forbids emails to this address at this property. `alreadyListed`: the
 * home is for sale through another brokerage, so the office asks nobody there to list the home.
 * `noMore` puts the address on the do-not-email list and forbids all emails of the office to the
 * property. `notSelling` forbids all emails of the office to the property until its owners change.
 * `notRefused` allows emails to the property again if a reply only looked like a refusal; a team
 * lead may also reverse a `notSelling` by `notRefused`.
 */
export const replyOutcomeInput = z
  .object({
    outcome: z.enum(replyOutcomes),
    note: singleLine(limits.noteLength).optional(),
    until: z.iso.date().optional(),
    plan: z.enum(notNowPlans).optional(),
  })
  .strict()
  .superRefine(({ outcome, until, plan }, context) => {
    const faulty = outcome === "notNow" ? [] : Object.entries({ until, plan }).filter(([, value]) => value);
    for (const [name] of faulty) {
      context.addIssue({ code: "custom", path: [name], message: "belongs only to the outcome notNow" });
    }
  });
export type ReplyOutcomeInput = z.input<typeof replyOutcomeInput>;
