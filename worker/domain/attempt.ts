import type { BounceClass, FailureReason, StopReason } from "../../shared/vocabulary.ts";
import { evidenceWindowMs } from "./eligibility.ts";
import { backoffMs, maxAttempts } from "./retry.ts";

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
  | { kind: "unknown"; detail: string };

/** What becomes of the message and of its recipient's clock. */
export type Conclusion =
  | { kind: "sent" }
  | { kind: "unknown"; until: number; failure: string }
  | { kind: "retry"; at: number; attempts: number; reason: FailureReason; failure: string }
  | { kind: "failed"; stop: StopReason; reason: FailureReason; failure: string };

/**
 * Only a definite no is tried again. Being put off costs no attempt; an account that can't send costs one, and many
 * are allowed, because a wrong key is mended by a person and must not cost a campaign its recipients.
 * @param attempts how many were made, this one included
 * @param random 0 ≤ random < 1
 */
export function conclude(outcome: CallOutcome, attempts: number, now: number, random: number): Conclusion {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "sent" };
    case "unknown":
      return { kind: "unknown", until: now + evidenceWindowMs, failure: outcome.detail };
    case "deferred": {
      const at = now + backoffMs(attempts, random, outcome.retryAfterMs);
      return { kind: "retry", at, attempts: attempts - 1, reason: "deferred", failure: outcome.detail };
    }
    case "refused":
      return concludeRefusal(outcome, attempts, now, random);
  }
}

function concludeRefusal(
  { fault, bounceClass, detail }: Extract<CallOutcome, { kind: "refused" }>,
  attempts: number,
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
      if (attempts >= maxAttempts) {
        return { kind: "failed", stop: "sendFailed", reason: "tooManyAttempts", failure: detail };
      }
      return {
        kind: "retry",
        at: now + backoffMs(attempts, random, null),
        attempts,
        reason: "accountsRefused",
        failure: detail,
      };
  }
}
