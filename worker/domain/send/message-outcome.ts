import { minuteMs } from "../../../shared/time-lengths.ts";
import type { UnknownPolicy } from "../../../shared/vocabulary.ts";
import type { Candidate, NextStepDecision } from "./candidate.ts";

/**
 * The longest time that a message may stay in `sending`. No provider call takes longer, so after
 * this time the call was cut off.
 */
export const sendingTimeoutMs = 3 * minuteMs;
/**
 * The time to wait for evidence, such as a webhook's event, before the campaign's policy settles an
 * unknown outcome.
 */
export const evidenceWindowMs = 15 * minuteMs;

/**
 * The time to wait before an unknown outcome at Mailgun is settled. Mailgun can be asked about a
 * message, but its "no" is definite only after half an hour, when its index is complete.
 */
export const mailgunEvidenceWindowMs = 31 * minuteMs;

/**
 * Tells whether only the campaign's policy would settle the message's unknown outcome. The provider
 * can still be asked first.
 */
export function isSettledByPolicy({ message }: Candidate, decision: NextStepDecision): boolean {
  if (message?.status !== "unknown" || message.hasEvidence) return false;
  return decision.kind === "resend" || decision.kind === "advance";
}

/**
 * Decides by the message row of an earlier attempt at this step. This rule precedes all other
 * rules, whatever has changed since the attempt.
 */
export function decideByMessage({ message, campaign }: Candidate, now: number): NextStepDecision | null {
  if (message === null) return null;
  const attemptedAt = message.attemptedAt ?? now;
  switch (message.status) {
    case "sent":
      return { kind: "advance", sentAt: message.sentAt ?? attemptedAt, resolved: false };
    case "sending":
    case "unknown":
      return decideUnsettledOutcome(
        { ...message, status: message.status, attemptedAt },
        campaign.unknownPolicy,
        now,
      );
    case "failed":
      return { kind: "stop", reason: "sendFailed" };
    case "retrying":
    case "skipped":
      return null;
  }
}

type UnsettledMessage = Pick<
  NonNullable<Candidate["message"]>,
  "hasEvidence" | "accountProvider" | "resends"
> & {
  status: "sending" | "unknown";
  attemptedAt: number;
};

/**
 * Decides about an outcome that is not known. The policy `resend` allows only one more email. With
 * more tries, a server that accepts an email and never confirms the email would get the email again
 * and again.
 */
function decideUnsettledOutcome(
  { status, hasEvidence, accountProvider, resends, attemptedAt }: UnsettledMessage,
  policy: UnknownPolicy,
  now: number,
): NextStepDecision {
  const cutOffAt = attemptedAt + sendingTimeoutMs;
  if (status === "sending" && now < cutOffAt)
    return { kind: "hold", reason: "outcomeUnknown", until: cutOffAt };
  if (hasEvidence) return { kind: "advance", sentAt: attemptedAt, resolved: true };
  const settleAt = attemptedAt + (accountProvider === "mailgun" ? mailgunEvidenceWindowMs : evidenceWindowMs);
  if (status === "sending") return { kind: "markUnknown", until: Math.max(settleAt, now) };
  if (now < settleAt) return { kind: "hold", reason: "outcomeUnknown", until: settleAt };
  if (policy === "resend" && resends === 0) return { kind: "resend" };
  return { kind: "advance", sentAt: attemptedAt, resolved: false };
}
