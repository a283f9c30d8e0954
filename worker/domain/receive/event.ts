import type {
  BounceClass,
  EngagementKind,
  EventKind,
  RecipientOutcome,
  RejectReason,
} from "../../../shared/vocabulary.ts";
import type { MachineSign } from "./machine.ts";

/** Details that only some kinds have; stored with the event as JSON. Bounded by whoever makes it: `diagnostic` ≤ 500 characters, `text` ≤ 10,000, `url` ≤ 2,000. */
export type EventData = {
  bounceClass?: BounceClass;
  /** Enhanced status code (RFC 3463), such as 5.1.1. */
  status?: string;
  diagnostic?: string;
  rejectReason?: RejectReason;
  url?: string;
  userAgent?: string;
  /** What gave away the machine that opened or clicked. */
  machineSign?: MachineSign;
  /** A reply's own words. */
  text?: string;
  subject?: string;
  /** Who wrote it, or whom it is about, where that is not the recipient. */
  email?: string;
};

/**
 * A fact about a message in our words, whichever service or door it came through.
 * `recipientId` and `stepNumber` are null where the payload does not say; `messageId` (our Message-ID, no angle
 * brackets) and `providerMessageId` are what it may be tied to a message by instead.
 * `dedupeKey` is equal for the same fact delivered twice and different for two facts of one kind about one message.
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

/** Whether it is what a step's condition may wait for: a person's open or click. */
export function isEngagement({ kind, isMachine }: Pick<NormalizedEvent, "kind" | "isMachine">): boolean {
  return !isMachine && isEngagementKind(kind);
}

/** What a person reads as a recipient's status: the strongest thing that is known, whatever the order it came in. */
const outcomeRank = {
  pending: 0,
  sent: 1,
  delivered: 2,
  opened: 3,
  clicked: 4,
  bounced: 5,
  replied: 6,
  unsubscribed: 7,
} as const satisfies Record<RecipientOutcome, number>;

const outcomeOfKind: Partial<Record<EventKind, RecipientOutcome>> = {
  accepted: "sent",
  delivered: "delivered",
  opened: "opened",
  clicked: "clicked",
  bounced: "bounced",
  complained: "unsubscribed",
  unsubscribed: "unsubscribed",
  replied: "replied",
};

/**
 * @param facts the kinds recorded for one recipient; what machines did counts for nothing here
 * @param hasSent whether any message of theirs was sent
 */
export function outcomeOf(
  facts: readonly { kind: EventKind; isMachine: boolean }[],
  hasSent: boolean,
): RecipientOutcome {
  let best: RecipientOutcome = hasSent ? "sent" : "pending";
  for (const fact of facts) {
    const outcome = fact.isMachine ? undefined : outcomeOfKind[fact.kind];
    if (outcome !== undefined && outcomeRank[outcome] > outcomeRank[best]) best = outcome;
  }
  return best;
}
