import { limits } from "../../../shared/limits.ts";
import { dayMs, hourMs, minuteMs } from "../../../shared/time-lengths.ts";
import type { HostEventType, HostWebhookDisabledReason } from "../../../shared/vocabulary.ts";

/** One round of calls to a webhook, in the webhook's log. */
export type DeliveryRound = { at: number; taken: number; refused: number; failure: string | null };

/**
 * The result of one call. `failure` is null if the receiver took the event. `isGone`: the receiver
 * answered 410 Gone.
 */
export type DeliveryResult = { sequence: number; failure: string | null; isGone: boolean };

/** The number of failures in a row after which a round of calls ends. */
export const failuresPerRound = 5;
/** The number of rounds that a webhook's log keeps. */
const roundsKept = 30;
/** The longest wait of a webhook whose receiver is down, and of an event on its own. */
const longestWebhookWaitMs = 30 * minuteMs;
const longestRetryWaitMs = 6 * hourMs;

/**
 * Tells whether a round of calls should end, because the receiver has refused the last events one
 * after the other.
 */
export function isReceiverDown(results: readonly DeliveryResult[]): boolean {
  return (
    results.some(({ isGone }) => isGone) ||
    (results.length >= failuresPerRound &&
      results.slice(-failuresPerRound).every(({ failure }) => failure !== null))
  );
}

/**
 * Judges a round of calls in the order of events. A failure before a success says that the receiver
 * works and refuses this one event, so the event is retried on its own. The failures at the end say
 * that the receiver is down, so the webhook waits and nothing overtakes these events.
 * @returns `deliveredTo` null if the round moved nothing
 */
export function judgeRound(results: readonly DeliveryResult[]): {
  deliveredTo: number | null;
  refused: readonly DeliveryResult[];
  isDown: boolean;
} {
  const lastTaken = results.findLastIndex(({ failure }) => failure === null);
  return {
    deliveredTo: results[lastTaken]?.sequence ?? null,
    refused: results.slice(0, Math.max(0, lastTaken)).filter(({ failure }) => failure !== null),
    isDown: lastTaken < results.length - 1,
  };
}

type WebhookHealth = { failures: number; failingSince: number | null; rounds: readonly DeliveryRound[] };
export type WebhookHealthChange = {
  failures: number;
  failingSince: number | null;
  nextAttemptAt: number;
  rounds: DeliveryRound[];
  disabledReason: HostWebhookDisabledReason | null;
};

/**
 * Returns a webhook's health after a round of calls. A webhook whose every call has failed for
 * three days is disabled, and one whose receiver answers 410 at once, as Standard Webhooks says.
 * @param chance a random number from 0 to 1, so that many webhooks do not come back together
 */
export function planAfterRound(
  before: WebhookHealth,
  results: readonly DeliveryResult[],
  now: number,
  chance: number,
): WebhookHealthChange {
  const { isDown, deliveredTo } = judgeRound(results);
  const failed = results.filter(({ failure }) => failure !== null);
  const round = {
    at: now,
    taken: results.length - failed.length,
    refused: failed.length,
    failure: failed[0]?.failure ?? null,
  };
  const rounds = results.length === 0 ? [...before.rounds] : [round, ...before.rounds].slice(0, roundsKept);
  if (!isDown) return { failures: 0, failingSince: null, nextAttemptAt: now, rounds, disabledReason: null };
  const isFirst = deliveredTo !== null || before.failingSince === null;
  const failingSince = isFirst ? now : (before.failingSince ?? now);
  const failures = isFirst ? 1 : before.failures + 1;
  const isLasting = now - failingSince >= limits.hostEventTryDays * dayMs;
  return {
    failures,
    failingSince,
    nextAttemptAt: now + getBackoffMs(failures, longestWebhookWaitMs, chance),
    rounds,
    disabledReason: results.some(({ isGone }) => isGone) ? "gone" : isLasting ? "failing" : null,
  };
}

/**
 * Returns the next try of an event that is retried on its own; null if the event is given up, three
 * days after its first failure.
 */
export function planRetry(
  failingSince: number,
  attempts: number,
  now: number,
  chance: number,
): number | null {
  const next = now + getBackoffMs(attempts, longestRetryWaitMs, chance);
  return next - failingSince > limits.hostEventTryDays * dayMs ? null : next;
}

/** Returns the wait after a failure: a minute, doubled at each failure, and up to a fifth more. */
function getBackoffMs(failures: number, longestMs: number, chance: number): number {
  const plain = Math.min(longestMs, minuteMs * 2 ** Math.min(20, failures - 1));
  return Math.round(plain * (1 + chance / 5));
}

export const wantsType = (types: readonly HostEventType[] | null, type: HostEventType): boolean =>
  types === null || types.includes(type);

/** Returns the header `webhook-id`: the same for every delivery of an event. */
export const buildWebhookMessageId = (tenantId: number, sequence: number): string =>
  `evt_${tenantId.toString(36)}_${sequence}`;
