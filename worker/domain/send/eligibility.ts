import type { StepConditions } from "../../../shared/condition.ts";
import type { StepTask } from "../../../shared/task.ts";
import type {
  CampaignStatus,
  FailureReason,
  HoldReason,
  MessageStatus,
  ProviderName,
  RecipientStatus,
  SkipReason,
  StopReason,
} from "../../../shared/vocabulary.ts";
import { hasEnded } from "../campaign.ts";
import { isWindowOpen, type Schedule, type StepTiming, windowOpening } from "../schedule/schedule.ts";
import {
  type Collision,
  collisionLooksAgainAt,
  collisionOf,
  coolOffUntil,
  type Elsewhere,
} from "./collision.ts";
import { type EarlierEmail, judgeConditions, latestPlan } from "./conditions.ts";
import { domainHold, type PlannedSlot, paceHold, type SenderPace, slotHold } from "./pacing.ts";
import type { WeightedWording, Wording } from "./variant.ts";

/** A message that was being sent this long ago and has no outcome was cut off: longer than any provider deadline. */
export const sendingTimeoutMs = 3 * 60_000;
/** How long evidence (a webhook) may take before an unknown outcome is settled by the campaign's policy. */
export const evidenceWindowMs = 15 * 60_000;

type EmailOfSequence = StepTiming &
  Wording & { kind: "email"; conditions: StepConditions; variants: readonly WeightedWording[] };
type TaskOfSequence = StepTiming & { kind: "task"; conditions: StepConditions; task: StepTask };

/** Mailgun can be asked, and its no is good once its own index has caught up with half an hour ago. */
export const mailgunWindowMs = 31 * 60_000;

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
    snoozedUntil: number | null;
    /** A person has said that it may go however late it is. */
    allowsLate: boolean;
    addedAt: number;
    data: { recipient: Record<string, unknown>; property: Record<string, unknown> };
  };
  campaign: Schedule & {
    status: CampaignStatus;
    replyTo: string | null;
    /** Until then the launch can be undone. */
    recallUntil: number | null;
    maxLatenessHours: number;
    /**
     * Since when the campaign, its tenant and the clock have been running without a break. What should have gone before
     * then is late by that much; what the sender's pace delays afterwards is not.
     */
    runningSince: number | null;
    /** Since when it is paused, or was the last time. */
    pausedAt: number | null;
    launchedAt: number | null;
    /** The launch said that who is in another campaign as well may be written to all the same. */
    ignoresCollisions: boolean;
    /** Property statuses that end the sequence. */
    exitStatuses: readonly string[];
    unknownPolicy: "assumeSent" | "resend";
  };
  /** The step that would go; null when the sequence is through. */
  step: EmailOfSequence | TaskOfSequence | null;
  /** The timing of the step after it. */
  following: StepTiming | null;
  /** `domainSlots`: how many went to the recipient's domain on `capDay`, where the sender has a cap for that. */
  sender: SenderPace & { isPaused: boolean; domainSlots: number };
  /** From when one of the sender's provider accounts may be called: 0 for now, null for none that isn't paused. */
  accountFreeAt: number | null;
  elsewhere: Elsewhere;
  isSuppressed: boolean;
  /** The tenant's panic stop. */
  isTenantStopped: boolean;
  /** What the host last said about the recipient's property. */
  propertyStatus: string | null;
  /** The message of the next step, where there is one already. */
  message: {
    status: MessageStatus;
    attempts: number;
    attemptedAt: number | null;
    sentAt: number | null;
    failureReason: FailureReason | null;
    /** The account its last call came to an end at; null while none has. */
    accountId: number | null;
    accountProvider: ProviderName | null;
    /** A webhook has shown that the provider took it. */
    hasEvidence: boolean;
  } | null;
  /** The next step's task, where it has come up. `closedAt`: it is over, and only the recipient's progress is behind. */
  task: { openedAt: number; expiresAt: number; closedAt: number | null } | null;
  /** When the task before the next step was closed; null where the step before is an email. */
  previousTaskClosedAt: number | null;
  /** The host's last word on the property's price, and when that last became another. */
  propertyPrice: { listPrice: number | null; changedAt: number | null };
  /** The last email sent to them in this campaign. */
  previousStepNumber: number | null;
  /** The emails sent to them before, where the step asks about any. */
  engagement: readonly EarlierEmail[];
};

export type Decision =
  | { kind: "send" }
  | { kind: "hold"; reason: HoldReason; until: number | null }
  | { kind: "skip"; reason: SkipReason }
  | { kind: "stop"; reason: StopReason }
  /** The step's message went already; only the recipient's progress is behind. `resolved`: its outcome was open until now. */
  | { kind: "advance"; sentAt: number; resolved: boolean }
  /** What the step asks of the agent comes up now; the sequence goes on at `expiresAt` at the latest. */
  | { kind: "openTask"; expiresAt: number }
  /** Nobody did it in time, or somebody asked to go on: the next step's wait begins at `closedAt`. */
  | { kind: "closeTask"; closedAt: number }
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
 * @param slot what it is to be sent in, once it has been given one
 */
export function decide(candidate: Candidate, now: number, slot: PlannedSlot | null = null): Decision {
  const { recipient } = candidate;
  if (recipient.status === "stopped" || recipient.status === "completed") return { kind: "ended" };
  return (
    decideOpenMessage(candidate, now) ??
    decideStanding(candidate) ??
    decideTime(candidate, now) ??
    closeTask(candidate) ??
    decideConditions(candidate, now) ??
    openTask(candidate, now) ??
    decideElsewhere(candidate, now) ??
    decideWindow(candidate, Math.max(now, slot?.slotAt ?? now)) ??
    decideAccount(candidate, now) ??
    decideSlot(candidate, slot, now) ?? { kind: "send" }
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
  return paceHold(candidate.sender, now) ?? domainHold(candidate.sender, now);
}

/** Whether it would settle an unknown outcome by nothing but the campaign's policy. The service may still be asked. */
export function settlesBlindly({ message }: Candidate, decision: Decision): boolean {
  if (message?.status !== "unknown" || message.hasEvidence) return false;
  return decision.kind === "resend" || (decision.kind === "advance" && decision.resolved);
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
      return decideOpenOutcome(
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

type OpenMessage = Pick<NonNullable<Candidate["message"]>, "hasEvidence" | "accountProvider"> & {
  status: "sending" | "unknown";
  attemptedAt: number;
};

function decideOpenOutcome(
  { status, hasEvidence, accountProvider, attemptedAt }: OpenMessage,
  policy: "assumeSent" | "resend",
  now: number,
): Decision {
  const cutOffAt = attemptedAt + sendingTimeoutMs;
  if (status === "sending" && now < cutOffAt)
    return { kind: "hold", reason: "outcomeUnknown", until: cutOffAt };
  if (hasEvidence) return { kind: "advance", sentAt: attemptedAt, resolved: true };
  const settleAt = attemptedAt + (accountProvider === "mailgun" ? mailgunWindowMs : evidenceWindowMs);
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
  isTenantStopped,
  propertyStatus,
}: Candidate): Decision | null {
  if (campaign.status === "stopped" || campaign.status === "archived") {
    return { kind: "stop", reason: "campaignStopped" };
  }
  if (isSuppressed) return { kind: "stop", reason: "suppressed" };
  // A draft has not begun, so nothing of it can have ended.
  if (
    campaign.status !== "draft" &&
    propertyStatus !== null &&
    campaign.exitStatuses.includes(propertyStatus)
  ) {
    return { kind: "stop", reason: "propertyStatusChanged" };
  }
  if (recipient.status === "paused") {
    const reason = message?.failureReason === "missingVariables" ? "missingVariables" : "recipientPaused";
    return { kind: "hold", reason, until: null };
  }
  if (recipient.status === "waitingForEmail" || recipient.email === null) {
    return { kind: "hold", reason: "waitingForEmail", until: null };
  }
  if (campaign.status !== "active") return { kind: "hold", reason: "campaignNotActive", until: null };
  if (step === null) return { kind: "complete" };
  if (isTenantStopped) return { kind: "hold", reason: "tenantStopped", until: null };
  // What an agent is asked to do has no sender.
  if (sender.isPaused && step.kind === "email") return { kind: "hold", reason: "senderPaused", until: null };
  return null;
}

function decideTime(candidate: Candidate, now: number): Decision | null {
  const { recipient, campaign, message, sender } = candidate;
  if (hasEnded(campaign, now)) return { kind: "stop", reason: "campaignEnded" };
  if (campaign.startAt !== null && campaign.startAt > now) {
    return { kind: "hold", reason: "campaignNotStarted", until: campaign.startAt };
  }
  // While claimed, due_at is the lease's end and says nothing about the plan.
  const waitsUntil = recipient.lease === null ? recipient.dueAt : recipient.scheduledAt;
  const { recallUntil } = campaign;
  if (recallUntil !== null && recallUntil > now && (waitsUntil ?? now) <= recallUntil) {
    return { kind: "hold", reason: "recallWindow", until: recallUntil };
  }
  if (recipient.snoozedUntil !== null && recipient.snoozedUntil > now) {
    return holdUntil("snoozed", recipient.snoozedUntil, campaign);
  }
  if (isTaskOpen(candidate, now)) return waitForTask(candidate);
  if (waitsUntil === null || waitsUntil <= now) {
    const scheduledAt = latestPlan(recipient.scheduledAt, candidate.step?.conditions);
    return isTooLate({ ...recipient, scheduledAt }, campaign) ? tooLate : null;
  }
  if (message?.status === "retrying") return holdUntil("retrying", waitsUntil, campaign);
  const isPlanned = recipient.scheduledAt === null || recipient.scheduledAt > now;
  // It came due and was put off: what it waits for says more than the hour at which it is looked at again.
  const waiting = isPlanned ? null : (decideConditions(candidate, now) ?? decideElsewhere(candidate, now));
  if (waiting?.kind === "hold") {
    // Nobody can tell when the other campaign will be through: this is when it is asked again.
    return waiting.reason === "inOtherCampaign" ? { ...waiting, until: waitsUntil } : waiting;
  }
  const hold = isPlanned || candidate.step?.kind === "task" ? null : domainHold(sender, now);
  return holdUntil(hold?.reason ?? "notDue", waitsUntil, campaign);
}

/** What waits past the campaign's end waits for nothing: at the end it is stopped. */
function holdUntil(reason: HoldReason, until: number, { endAt }: Schedule): Decision {
  const isInTime = endAt === null || until < endAt;
  return isInTime
    ? { kind: "hold", reason, until }
    : { kind: "hold", reason: "campaignEndsFirst", until: endAt };
}

function isTaskOpen({ task }: Candidate, now: number): boolean {
  return task !== null && task.closedAt === null && now < task.expiresAt;
}

/** Named also where the campaign ends first: it is open all the same, and the agent may do it. */
function waitForTask({ task }: Candidate): Decision {
  return { kind: "hold", reason: "waitingForTask", until: task?.expiresAt ?? null };
}

/** One that came up is over by now, done or not, whatever has become of its step's conditions. */
function closeTask({ task }: Candidate): Decision | null {
  return task && { kind: "closeTask", closedAt: task.closedAt ?? task.expiresAt };
}

/** Neither sending hours nor a sender's pace are asked: nothing leaves. */
function openTask({ step, campaign }: Candidate, now: number): Decision | null {
  if (step?.kind !== "task") return null;
  const expiresAt = now + step.task.waitDays * 86_400_000;
  return { kind: "openTask", expiresAt: Math.min(expiresAt, campaign.endAt ?? expiresAt) };
}

const tooLate: Decision = { kind: "hold", reason: "tooLate", until: null };

/** Measured when sending became possible again (a resume, the clock's return), so that a slow sender's long queue is never late. */
export function isTooLate(
  { scheduledAt, allowsLate }: Pick<Candidate["recipient"], "scheduledAt" | "allowsLate">,
  { runningSince, maxLatenessHours }: Pick<Candidate["campaign"], "runningSince" | "maxLatenessHours">,
): boolean {
  if (allowsLate || scheduledAt === null || runningSince === null) return false;
  return runningSince - scheduledAt > maxLatenessHours * 3_600_000;
}

function decideConditions(candidate: Candidate, now: number): Decision | null {
  const { step, recipient, campaign, previousStepNumber, engagement } = candidate;
  if (step === null) return null;
  const { scheduledAt, lastSentAt } = recipient;
  const { propertyStatus, isPriceChanged } = propertyFactsOf(candidate);
  const facts = { scheduledAt, lastSentAt, previousStepNumber, engagement, propertyStatus, isPriceChanged };
  const verdict = judgeConditions(step.conditions, facts, now);
  if (verdict === null || verdict.kind === "skip") return verdict;
  if (verdict.kind === "stop") return { kind: "stop", reason: "conditionNotMet" };
  // What it waits for may come before the campaign's end, so this is no `campaignEndsFirst`.
  const until = Math.min(verdict.until, campaign.endAt ?? verdict.until);
  return { kind: "hold", reason: "waitingForCondition", until };
}

/** The campaign that goes on while this one waits. */
export function otherCampaignOf({ recipient, campaign, elsewhere }: Candidate): Collision | null {
  return collisionOf({ ...campaign, campaignId: recipient.campaignId }, elsewhere);
}

/** One campaign at a time for a person and a property, and a pause between the emails of two. */
function decideElsewhere(candidate: Candidate, now: number): Decision | null {
  const { recipient, campaign, elsewhere, step } = candidate;
  // A task writes to nobody.
  if (step?.kind === "task") return null;
  const collision = otherCampaignOf(candidate);
  if (collision !== null) {
    // It may be over before the campaign ends, so this is no `campaignEndsFirst`.
    const until = Math.min(collisionLooksAgainAt(collision, now), campaign.endAt ?? Number.POSITIVE_INFINITY);
    return { kind: "hold", reason: "inOtherCampaign", until };
  }
  const until = coolOffUntil(recipient, elsewhere, now);
  return until === null ? null : holdUntil("coolOff", until, campaign);
}

/** What the host has told since; where it has told nothing, what it said when it added the recipient. */
function propertyFactsOf({ recipient, propertyStatus, propertyPrice }: Candidate) {
  const { standardStatus, listPrice } = recipient.data.property;
  const givenStatus = typeof standardStatus === "string" ? standardStatus.replace(/\s+/g, "") : null;
  const hasChanged = propertyPrice.changedAt !== null && propertyPrice.changedAt > recipient.addedAt;
  const isOther =
    typeof listPrice === "number" &&
    propertyPrice.listPrice !== null &&
    Math.round(listPrice) !== propertyPrice.listPrice;
  return { propertyStatus: propertyStatus ?? givenStatus, isPriceChanged: hasChanged || isOther };
}

/** @param leavesAt now, or the slot that is still waited for: a window can shut in between, and a campaign end */
function decideWindow({ recipient, campaign }: Candidate, leavesAt: number): Decision | null {
  const isOpen = recipient.sendNow || isWindowOpen(leavesAt, recipient.timeZone, campaign);
  if (isOpen && !hasEnded(campaign, leavesAt)) return null;
  return holdUntil("outsideWindow", windowOpening(leavesAt, recipient.timeZone, campaign), campaign);
}

/** Left alone until it has rested, an account costs no email an attempt. */
function decideAccount({ accountFreeAt }: Candidate, now: number): Decision | null {
  if (accountFreeAt !== null && accountFreeAt <= now) return null;
  return { kind: "hold", reason: "providerUnavailable", until: accountFreeAt };
}

/** A slot was good when it was handed out; since then the sender's caps or pace may have been cut. */
function decideSlot({ sender }: Candidate, slot: PlannedSlot | null, now: number): Decision | null {
  const hold = slot === null ? null : slotHold(sender, slot, now);
  return hold === null ? null : { kind: "hold", ...hold };
}
