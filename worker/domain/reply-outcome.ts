import { limits } from "../../shared/limits.ts";
import { dayMs } from "../../shared/time-lengths.ts";
import type { RefusalKind, SettlingOutcome } from "../../shared/vocabulary.ts";
import type { Listing } from "./compliance/listing.ts";
import { getDayStart, toIsoDay } from "./schedule/schedule.ts";

/** The time in which the outcome of a reply can be undone. */
export const outcomeUndoMs = limits.recallSeconds * 1000;

/**
 * The standing of a recipient's reply: whether an agent still has to handle the reply, and its
 * outcome. `waitingSince`: null if an agent has nothing more to do.
 */
export type ReplyStanding = {
  outcome: SettlingOutcome | null;
  waitingSince: number | null;
  decidedBy: string | null;
  decidedAt: number | null;
};

/** A person's stored refusal at a property. */
export type PriorRefusal = {
  kind: RefusalKind;
  refusedAt: number;
  recipientId: number;
  name: string;
  note: string | null;
  replyText: string | null;
};

/** The data that a reply's outcome replaced, kept so that the outcome can be undone. */
export type ReplyUndo = {
  standing: ReplyStanding;
  /** The person's refusal at the property; null if the person had not refused. */
  refusal: PriorRefusal | null;
  /** The person's replies about which an agent had been asked and had not decided. */
  questions: { recipientId: number; stepNumber: number; dedupeKey: string }[];
  /** True if the address was already on the do-not-email list. */
  wasSuppressed: boolean;
  /** The listing of the home; null if the outcome says nothing about the listing. */
  listing: Listing | null;
  /** True if the outcome made the recipient's sequence go on. */
  hasResumed: boolean;
  /** True if the outcome ended the recipient's sequence, which no reply had ended. */
  hasStopped: boolean;
};

/**
 * Tells whether the outcome is a stage on the way to a sale. Such an outcome ends the sequences of
 * everybody at the property.
 */
export const isSaleStage = (outcome: SettlingOutcome | null): boolean =>
  outcome === "interested" || outcome === "appointment" || outcome === "listing";

/**
 * Returns the day on which a reply with the outcome "not now" is listed again, or on which its
 * sequence continues, as YYYY-MM-DD in the zone. Without a given day, the day is
 * `limits.notNowDays` after `now`.
 */
export function chooseNotNowDay(given: string | undefined, now: number, timeZone: string): string {
  return given ?? toIsoDay(now + limits.notNowDays * dayMs, timeZone);
}

/**
 * Returns the fault of a day that an agent gives for the outcome "not now"; null if the day can be
 * used.
 */
export function findNotNowFault(day: string, now: number, timeZone: string): string | null {
  const isInRange =
    day > toIsoDay(now, timeZone) && day <= toIsoDay(now + limits.notNowDaysMost * dayMs, timeZone);
  return isInRange ? null : `must be a day after today, and at most ${limits.notNowDaysMost} days from now`;
}

/**
 * Returns the instant from which a settled reply is listed again: the start of the day on which the
 * agent wants a reminder. Null: no reminder.
 */
export function findReminderAt(remindOn: string | null, timeZone: string): number | null {
  return remindOn === null ? null : getDayStart(remindOn, timeZone);
}

/** Tells whether the outcome that an agent recorded at `decidedAt` can still be undone. */
export function isOutcomeUndoable(decidedAt: number | null, hasUndo: boolean, now: number): boolean {
  return decidedAt !== null && hasUndo && now <= decidedAt + outcomeUndoMs;
}
