import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant, singleLine } from "./primitives.ts";
import { notNowPlans, replyOutcomes, settlingOutcomes } from "./vocabulary.ts";

/** Where a recipient's reply stands. */
export const replyStanding = z.object({
  /** When the person last replied. */
  repliedAt: instant,
  /** True if an agent still has to handle the reply. */
  isWaiting: z.boolean(),
  /** What came of the reply; null while no agent has said so. */
  outcome: z.enum(settlingOutcomes).nullable(),
  /**
   * When the reply is listed again after the outcome `notNow`; null if the reply does not come
   * back.
   */
  comesBackAt: instant.nullable(),
  decidedAt: instant.nullable(),
  /** Until when the outcome can be undone; null if it can't be undone any more. */
  undoUntil: instant.nullable(),
});
export type ReplyStanding = z.infer<typeof replyStanding>;

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
  /** Since when the reply waits: when it came in, or the day of a `notNow`. */
  waitingSince: instant,
  /** The first words of the reply; null if the reply has no text. */
  firstWords: z.string().nullable(),
  /**
   * True if the agent is asked whether the person wants no more emails, or does not want to sell.
   */
  isAsked: z.boolean(),
  /** True if the sequence can go on from a later day: a reply stopped it, and a step is left. */
  canContinue: z.boolean(),
  /** True if the reply comes back, because the person had said "not now". */
  isReminder: z.boolean(),
});
export type WaitingReply = z.infer<typeof waitingReply>;

/**
 * The outcome of a recipient's answer. `interested`: nothing more is sent by the sequence.
 * `notNow`: the reply is listed again on the day `until` (90 days from now if left out), or the
 * sequence goes on from that day. `wrongPerson` closes only this address for this property.
 * `alreadyListed`: the home is for sale through another brokerage, so nobody there is asked to list
 * it. `noMore` puts the address on the do-not-email list and closes the property to the whole
 * office. `notSelling` closes the property to the whole office until its owners change.
 * `notRefused` opens the property again if a reply only looked like a no; a team lead may also take
 * back a `notSelling` by `notRefused`.
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
