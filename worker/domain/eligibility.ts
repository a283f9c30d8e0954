import type { SendWindow, StepConditions } from "../../shared/campaign.ts";
import type {
  CampaignStatus,
  FailureReason,
  HoldReason,
  MessageStatus,
  RecipientStatus,
  SkipReason,
  StopReason,
} from "../../shared/vocabulary.ts";
import { paceHold, type SenderPace } from "./pacing.ts";
import { isWindowOpen, type StepTiming, windowOpening } from "./schedule.ts";

/** A message that was being sent this long ago and has no outcome was cut off: longer than any provider deadline. */
export const sendingTimeoutMs = 3 * 60_000;
/** How long evidence (a webhook) may take before an unknown outcome is settled by the campaign's policy. */
export const evidenceWindowMs = 15 * 60_000;

/** All that is needed to say whether one recipient's next step may go; read in one go by `db/candidates.ts`. */
export type Candidate = {
  recipient: {
    id: number;
    tenantId: number;
    campaignId: number;
    senderId: number;
    email: string | null;
    name: string;
    timeZone: string;
    status: RecipientStatus;
    nextStep: number;
    dueAt: number | null;
    scheduledAt: number | null;
    lease: number | null;
    lastSentAt: number | null;
    sendNow: boolean;
    data: { recipient: Record<string, unknown>; property: Record<string, unknown> };
  };
  campaign: {
    status: CampaignStatus;
    replyTo: string | null;
    sendWindow: SendWindow | null;
    startAt: number | null;
    unknownPolicy: "assumeSent" | "resend";
  };
  /** The step that would go; null when the sequence is through. */
  step: (StepTiming & { templateId: number; templateVersion: number; conditions: StepConditions }) | null;
  /** The timing of the step after it. */
  following: StepTiming | null;
  sender: SenderPace & { isPaused: boolean };
  isSuppressed: boolean;
  /** The message of the next step, where there is one already. */
  message: {
    status: MessageStatus;
    attempts: number;
    attemptedAt: number | null;
    sentAt: number | null;
    failureReason: FailureReason | null;
    /** A webhook has shown that the provider took it. */
    hasEvidence: boolean;
  } | null;
  /** The last email sent to them in this campaign; `opened` and `clicked` by a person, not a machine. */
  previous: { stepNumber: number; opened: boolean; clicked: boolean } | null;
};

export type Decision =
  | { kind: "send" }
  | { kind: "hold"; reason: HoldReason; until: number | null }
  | { kind: "skip"; reason: SkipReason }
  | { kind: "stop"; reason: StopReason }
  /** The step's message went already; only the recipient's progress is behind. `resolved`: its outcome was open until now. */
  | { kind: "advance"; sentAt: number; resolved: boolean }
  /** A provider call that never came to an end: to be listed as unknown, and not made again. */
  | { kind: "markUnknown"; until: number }
  /** The evidence window has passed and the campaign prefers a second try to a missing email. */
  | { kind: "resend" }
  | { kind: "complete" }
  /** Completed or stopped before; nothing is to be done. */
  | { kind: "ended" };

/**
 * The one judge: may this recipient's next step go at `now`, and if not, why and until when?
 * The tick, the sender right before the provider call, the preflight and the drawer all ask here.
 */
export function decide(candidate: Candidate, now: number): Decision {
  const { recipient } = candidate;
  if (recipient.status === "stopped" || recipient.status === "completed") return { kind: "ended" };
  return (
    decideOpenMessage(candidate, now) ??
    decideStanding(candidate) ??
    decideTime(candidate, now) ??
    decideConditions(candidate, now) ??
    decideWindow(candidate, now) ?? { kind: "send" }
  );
}

/** As `decide`, and also what the sender's pace says; for showing, never for deciding. Null: it is on its way. */
export function explain(
  candidate: Candidate,
  now: number,
): { reason: HoldReason; until: number | null } | null {
  const decision = decide(candidate, now);
  if (decision.kind === "hold") return { reason: decision.reason, until: decision.until };
  if (decision.kind === "markUnknown") return { reason: "outcomeUnknown", until: decision.until };
  if (decision.kind !== "send" || candidate.recipient.lease !== null) return null;
  return paceHold(candidate.sender, now);
}

/** What an earlier attempt at this step has left behind comes first, whatever else has changed since. */
function decideOpenMessage({ message, campaign }: Candidate, now: number): Decision | null {
  if (message === null) return null;
  const attemptedAt = message.attemptedAt ?? now;
  switch (message.status) {
    case "sent":
      return { kind: "advance", sentAt: message.sentAt ?? attemptedAt, resolved: false };
    case "sending":
    case "unknown":
      return decideOpenOutcome(message.status, message.hasEvidence, attemptedAt, campaign.unknownPolicy, now);
    case "failed":
      return { kind: "stop", reason: "sendFailed" };
    case "retrying":
    case "skipped":
      return null;
  }
}

function decideOpenOutcome(
  status: "sending" | "unknown",
  hasEvidence: boolean,
  attemptedAt: number,
  policy: "assumeSent" | "resend",
  now: number,
): Decision {
  const cutOffAt = attemptedAt + sendingTimeoutMs;
  if (status === "sending" && now < cutOffAt)
    return { kind: "hold", reason: "outcomeUnknown", until: cutOffAt };
  if (hasEvidence) return { kind: "advance", sentAt: attemptedAt, resolved: true };
  const settleAt = attemptedAt + evidenceWindowMs;
  if (status === "sending") return { kind: "markUnknown", until: Math.max(settleAt, now) };
  if (now < settleAt) return { kind: "hold", reason: "outcomeUnknown", until: settleAt };
  return policy === "resend" ? { kind: "resend" } : { kind: "advance", sentAt: attemptedAt, resolved: true };
}

function decideStanding({
  recipient,
  campaign,
  step,
  sender,
  message,
  isSuppressed,
}: Candidate): Decision | null {
  if (campaign.status === "stopped" || campaign.status === "archived") {
    return { kind: "stop", reason: "campaignStopped" };
  }
  if (isSuppressed) return { kind: "stop", reason: "suppressed" };
  if (recipient.status === "paused") {
    const reason = message?.failureReason === "missingVariables" ? "missingVariables" : "recipientPaused";
    return { kind: "hold", reason, until: null };
  }
  if (recipient.status === "waitingForEmail" || recipient.email === null) {
    return { kind: "hold", reason: "waitingForEmail", until: null };
  }
  if (campaign.status !== "active") return { kind: "hold", reason: "campaignNotActive", until: null };
  if (step === null) return { kind: "complete" };
  if (sender.isPaused) return { kind: "hold", reason: "senderPaused", until: null };
  return null;
}

function decideTime({ recipient, campaign, message }: Candidate, now: number): Decision | null {
  if (campaign.startAt !== null && campaign.startAt > now) {
    return { kind: "hold", reason: "campaignNotStarted", until: campaign.startAt };
  }
  // While claimed, due_at is the lease's end and says nothing about the plan.
  const waitsUntil = recipient.lease === null ? recipient.dueAt : recipient.scheduledAt;
  if (waitsUntil === null || waitsUntil <= now) return null;
  return { kind: "hold", reason: message?.status === "retrying" ? "retrying" : "notDue", until: waitsUntil };
}

function decideConditions({ step, previous, recipient }: Candidate, now: number): Decision | null {
  if (step === null) return null;
  const { previousOpened, previousClicked, daysSinceLast } = step.conditions;
  const opened = previous?.opened ?? false;
  const clicked = previous?.clicked ?? false;
  // Somebody who clicked has seen the email, even where images were never loaded.
  if (previousOpened === true && !opened && !clicked) return { kind: "skip", reason: "notOpened" };
  if (previousOpened === false && (opened || clicked)) return { kind: "skip", reason: "opened" };
  if (previousClicked === true && !clicked) return { kind: "skip", reason: "notClicked" };
  if (previousClicked === false && clicked) return { kind: "skip", reason: "clicked" };
  if (daysSinceLast !== undefined && recipient.lastSentAt !== null) {
    if (now - recipient.lastSentAt < daysSinceLast * 86_400_000)
      return { kind: "skip", reason: "tooSoonSinceLast" };
  }
  return null;
}

function decideWindow({ recipient, campaign }: Candidate, now: number): Decision | null {
  if (recipient.sendNow || isWindowOpen(now, recipient.timeZone, campaign.sendWindow)) return null;
  return {
    kind: "hold",
    reason: "outsideWindow",
    until: windowOpening(now, recipient.timeZone, campaign.sendWindow),
  };
}
