import type {
  BounceClass,
  EngagementKind,
  EventKind,
  RecipientOutcome,
  RefusalKind,
  RejectReason,
} from "../../../shared/vocabulary.ts";
import type { MachineSign } from "./machine.ts";

/**
 * Details that only some event kinds have, stored with the event as JSON. The code that creates the
 * event limits the lengths: `diagnostic` ≤ 500 characters, `text` ≤ 10,000, `url` ≤ 2,000.
 */
export type EventData = {
  bounceClass?: BounceClass;
  /** True if the recipient's own mail rule refused the email. */
  isRefusal?: true;
  /** Enhanced status code (RFC 3463), such as 5.1.1. */
  status?: string;
  diagnostic?: string;
  rejectReason?: RejectReason;
  url?: string;
  userAgent?: string;
  /** The sign that the open or click was automated. */
  machineSign?: MachineSign;
  /** The text of a reply, without quotes and signature. */
  text?: string;
  subject?: string;
  /** The day on which the writer of an automatic answer is back, YYYY-MM-DD. */
  awayUntil?: string;
  /** The time from which the next email may go after the writer's absence, ms UTC. */
  resumesAt?: number;
  /** True if the writer of a reply may want no more emails; the agent decides. */
  mayWantOut?: true;
  /** True if the writer of a reply may have refused to sell, or to be asked; the agent decides. */
  mayRefuse?: true;
  /** The kind of the person's refusal that was recorded for the property before the opt-out. */
  priorRefusal?: RefusalKind;
  /**
   * An address other than the recipient's: the address of a reply's writer, or the address that a
   * bounce is about.
   */
  email?: string;
};

/**
 * An event about a message, in a form that is the same for every mail service.
 * - `recipientId` and `stepNumber` are null if the service's report does not have the value.
 * - `messageId` (our Message-ID without angle brackets) and `providerMessageId` can identify the
 *   message instead.
 * - `dedupeKey` is the same each time that a service reports the same event. Two events of one kind
 *   about one message have different keys.
 */
export type NormalizedEvent = {
  kind: EventKind;
  recipientId: number | null;
  stepNumber: number | null;
  email: string | null;
  occurredAt: number;
  dedupeKey: string;
  isMachine: boolean;
  messageId: string | null;
  providerMessageId: string | null;
  data: EventData;
};

export function isEngagementKind(kind: EventKind): kind is EngagementKind {
  return kind === "opened" || kind === "clicked";
}

/**
 * Tells whether an event is a person's open or click. A step's condition may wait for such an
 * event.
 */
export function isHumanEngagement({ kind, isMachine }: Pick<NormalizedEvent, "kind" | "isMachine">): boolean {
  return !isMachine && isEngagementKind(kind);
}

/**
 * The rank of each status that is shown for a recipient. The highest known status is shown, in
 * whatever order the events arrived.
 */
const outcomeRank = {
  pending: 0,
  sent: 1,
  probablySent: 2,
  delivered: 3,
  opened: 4,
  clicked: 5,
  bounced: 6,
  replied: 7,
  unsubscribed: 8,
  complained: 9,
} as const satisfies Record<RecipientOutcome, number>;

const outcomeOfKind: Partial<Record<EventKind, RecipientOutcome>> = {
  accepted: "sent",
  delivered: "delivered",
  opened: "opened",
  clicked: "clicked",
  bounced: "bounced",
  complained: "complained",
  unsubscribed: "unsubscribed",
  replied: "replied",
};

/**
 * Returns the status that is shown for a recipient.
 * @param facts the event kinds recorded for the recipient; automated opens and clicks are ignored
 * @param sent `certain`: whether a message to the recipient was sent. `uncertain`: whether the
 * recipient has a message that may or may not have been sent. With an uncertain message, the status
 * is at least `probablySent`, never `sent`.
 */
export function deriveRecipientOutcome(
  facts: readonly { kind: EventKind; isMachine: boolean }[],
  sent: { certain: boolean; uncertain: boolean },
): RecipientOutcome {
  let best: RecipientOutcome = sent.uncertain ? "probablySent" : sent.certain ? "sent" : "pending";
  for (const fact of facts) {
    const outcome = fact.isMachine ? undefined : outcomeOfKind[fact.kind];
    if (outcome !== undefined && outcomeRank[outcome] > outcomeRank[best]) best = outcome;
  }
  return best;
}
