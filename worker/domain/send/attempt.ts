import type { BounceClass, MessageFailureReason, StopReason } from "../../../shared/vocabulary.ts";
import { evidenceWindowMs } from "./message-outcome.ts";
import {
  calculateBackoffMs,
  calculateDeferralMs,
  maxAttemptsPerMessage,
  maxMessageDeferralMs,
} from "./retry.ts";

/**
 * The outcome of one call to a mail provider, as far as it decides how the sequence goes on.
 * `worker/providers/provider.ts` says when each outcome applies.
 */
export type CallOutcome =
  | { kind: "accepted" }
  | {
      kind: "refused";
      fault: "recipient" | "message" | "channel";
      bounceClass?: BounceClass;
      detail: string;
    }
  | { kind: "deferred"; retryAfterMs: number | null; detail: string }
  | { kind: "unknown"; detail: string }
  /** No call was made, because the time in which the email may leave ended first. */
  | { kind: "missed"; detail: string };

/**
 * The effort spent on a message. `attempts`: the provider calls made, the present call included,
 * without earlier deferrals. `deferredMs`: the total wait after earlier deferrals.
 */
export type MessageEffort = { attempts: number; deferredMs: number };

/** The next state of a message after a call, and when its recipient is checked next. */
export type CallConclusion =
  | { kind: "sent" }
  | { kind: "unknown"; until: number; failure: string }
  | ({ kind: "retry"; at: number; reason: MessageFailureReason; failure: string } & MessageEffort)
  | { kind: "failed"; stop: StopReason; reason: MessageFailureReason; failure: string };

/**
 * Returns the next state of a message after a provider call. Only a message that was definitely not
 * sent is retried.
 * - A deferral costs no attempt, but deferrals end after `maxMessageDeferralMs` in total.
 * - An account that cannot send costs an attempt. Many attempts are allowed, because a person has
 *   to correct a wrong key and no recipient must be lost in the meantime.
 * @param random 0 ≤ random < 1
 */
export function decideAfterCall(
  outcome: CallOutcome,
  effort: MessageEffort,
  now: number,
  random: number,
): CallConclusion {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "sent" };
    case "unknown":
      return { kind: "unknown", until: now + evidenceWindowMs, failure: outcome.detail };
    case "missed": {
      const attempts = effort.attempts - 1;
      return { ...effort, kind: "retry", at: now, attempts, reason: "deferred", failure: outcome.detail };
    }
    case "deferred":
      return concludeDeferral(outcome, effort, now, random);
    case "refused":
      return concludeRefusal(outcome, effort, now, random);
  }
}

function concludeDeferral(
  { retryAfterMs, detail }: Extract<CallOutcome, { kind: "deferred" }>,
  { attempts, deferredMs }: MessageEffort,
  now: number,
  random: number,
): CallConclusion {
  if (deferredMs >= maxMessageDeferralMs) {
    return { kind: "failed", stop: "sendFailed", reason: "deferred", failure: detail };
  }
  const waitMs = calculateDeferralMs(deferredMs, random, retryAfterMs);
  return {
    kind: "retry",
    at: now + waitMs,
    attempts: attempts - 1,
    deferredMs: deferredMs + waitMs,
    reason: "deferred",
    failure: detail,
  };
}

function concludeRefusal(
  { fault, bounceClass, detail }: Extract<CallOutcome, { kind: "refused" }>,
  effort: MessageEffort,
  now: number,
  random: number,
): CallConclusion {
  switch (fault) {
    case "recipient":
      return {
        kind: "failed",
        stop: bounceClass === "hard" ? "bounced" : "sendFailed",
        reason: "addressRefused",
        failure: detail,
      };
    case "message":
      return { kind: "failed", stop: "sendFailed", reason: "contentRefused", failure: detail };
    case "channel":
      if (effort.attempts >= maxAttemptsPerMessage) {
        return { kind: "failed", stop: "sendFailed", reason: "tooManyAttempts", failure: detail };
      }
      return {
        ...effort,
        kind: "retry",
        at: now + calculateBackoffMs(effort.attempts, random),
        reason: "accountsRefused",
        failure: detail,
      };
  }
}
