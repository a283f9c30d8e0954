import type { AnswerKind, EventKind, FilterableOutcome } from "../../../shared/vocabulary.ts";

/**
 * The facts that decide an outcome, from the weakest outcome to the strongest: a kind of event, or
 * the kind that an agent has given to an answer.
 */
export const outcomeSigns = [
  { outcome: "sent", event: "accepted" },
  { outcome: "delivered", event: "delivered" },
  { outcome: "opened", event: "opened" },
  { outcome: "clicked", event: "clicked" },
  { outcome: "bounced", event: "bounced" },
  { outcome: "replied", reading: "replied" },
  { outcome: "replied", event: "replied" },
  { outcome: "unsubscribed", event: "unsubscribed" },
  { outcome: "unsubscribed", reading: "unsubscribed" },
  { outcome: "complained", event: "complained" },
] as const satisfies readonly ({ outcome: FilterableOutcome } & (
  | { event: EventKind }
  | { reading: AnswerKind }
))[];
