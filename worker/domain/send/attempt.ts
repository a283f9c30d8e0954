import type { BounceClass, FailureReason, StopReason } from "../../../shared/vocabulary.ts";
import { evidenceWindowMs } from "./eligibility.ts";
import { backoffMs, deferralMs, maxAttempts, maxDeferredMs } from "./retry.ts";

/** What a provider call came to, as far as the sequence is concerned; `worker/providers/provider.ts` says when each applies. */
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
  /** No call was made: its time was over before it could be. */
  | { kind: "missed"; detail: string };

/**
 * What it took so far. `attempts`: how many were made, this one included. `deferredMs`: how long providers have put it off
 * in all, before this one.
 */
export type Effort = { attempts: number; deferredMs: number };

/** What becomes of the message and of its recipient's clock. */
export type Conclusion =
  | { kind: "sent" }
  | { kind: "unknown"; until: number; failure: string }
  | ({ kind: "retry"; at: number; reason: FailureReason; failure: string } & Effort)
  | { kind: "failed"; stop: StopReason; reason: FailureReason; failure: string };

/**
 * Only a definite no is tried again. Being put off costs no attempt, though it does not go on for ever; an account that
 * can't send costs one, and many are allowed, because a wrong key is mended by a person and must not cost a campaign its
 * recipients.
 * @param random 0 ≤ random < 1
 */
export function conclude(outcome: CallOutcome, effort: Effort, now: number, random: number): Conclusion {
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
  { attempts, deferredMs }: Effort,
  now: number,
  random: number,
): Conclusion {
  if (deferredMs >= maxDeferredMs) {
    return { kind: "failed", stop: "sendFailed", reason: "deferred", failure: detail };
  }
  const waitMs = deferralMs(deferredMs, random, retryAfterMs);
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
  effort: Effort,
  now: number,
  random: number,
): Conclusion {
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
      if (effort.attempts >= maxAttempts) {
        return { kind: "failed", stop: "sendFailed", reason: "tooManyAttempts", failure: detail };
      }
      return {
        ...effort,
        kind: "retry",
        at: now + backoffMs(effort.attempts, random),
        reason: "accountsRefused",
        failure: detail,
      };
  }
}
