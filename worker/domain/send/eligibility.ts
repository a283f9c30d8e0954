import { elseVariantIndex } from "../../../shared/limits.ts";
import { dayMs, hourMs } from "../../../shared/time-lengths.ts";
import type { HoldReason, StepKind } from "../../../shared/vocabulary.ts";
import { hasCampaignEnded, isUnlaunched, parseInstant } from "../campaign.ts";
import { getLastNoteEnd } from "../compliance/last-note.ts";
import { isUnderListingGuard } from "../compliance/listing-guard.ts";
import { needsConsent } from "../compliance/mailing-country.ts";
import { needsRepresentative } from "../compliance/personal-representative.ts";
import { getSourceWaitEnd, hasReachedSourceLimit } from "../compliance/source-rules.ts";
import { engagementSettlingMs } from "../receive/machine.ts";
import { findWindowOpening, isWindowOpen, type Schedule } from "../schedule/schedule.ts";
import type { Candidate, NextStepDecision } from "./candidate.ts";
import { getNewestListing, judgeCandidateListing } from "./candidate-listing.ts";
import { type Collision, findCollision, getCollisionRecheckAt, getCoolOffEnd } from "./collision.ts";
import { type ConditionFacts, doConditionsHold, getLatestPlannedAt, judgeConditions } from "./conditions.ts";
import { decideByMessage, isSettledByPolicy } from "./message-outcome.ts";
import { findOldFacts } from "./old-facts.ts";
import { explainDomainHold, explainInvalidSlot, explainPaceHold, type PlannedSlot } from "./pacing.ts";
import { chooseWording, getTriedWording } from "./variant.ts";

/**
 * Decides whether this recipient's next step may go at `now`. If the step may not go, the decision
 * has the reason and the time of the next check. The Worker's tick every minute, the sending of an
 * email, the preflight of a launch and the explanation of a wait all use this decision.
 * @param slot the slot (planned sending time) that the email was given; null if the email has none
 */
export function decideNextStep(
  candidate: Candidate,
  now: number,
  slot: PlannedSlot | null = null,
): NextStepDecision {
  const { recipient } = candidate;
  if (recipient.status === "stopped" || recipient.status === "completed") return { kind: "ended" };
  return (
    decideByMessage(candidate, now) ??
    decideStatus(candidate, now) ??
    decideClick(candidate, now) ??
    decideTime(candidate, now) ??
    decideTaskClosing(candidate) ??
    decideRemovedStep(candidate) ??
    decideSource(candidate, now) ??
    decideUndecidedReply(candidate, now) ??
    decideConditions(candidate, now) ??
    decideListingHold(candidate, now) ??
    decideFactAge(candidate, now) ??
    decideClaims(candidate, now) ??
    decideTaskOpening(candidate, now) ??
    decideOtherCampaigns(candidate, now) ??
    decideWindow(candidate, Math.max(now, slot?.slotAt ?? now)) ??
    decideAccount(candidate, now) ??
    decideSlot(candidate, slot, now) ?? { kind: "send" }
  );
}

/**
 * Returns why no email goes to the recipient at `now`, or null if no hold (a reason to wait)
 * applies. Also returns holds that are due to the sender's pace. The result is only for display.
 */
export function explainHold(
  candidate: Candidate,
  now: number,
): { reason: HoldReason; until: number | null } | null {
  const decision = decideNextStep(candidate, now);
  if (decision.kind === "hold") return { reason: decision.reason, until: decision.until };
  if (decision.kind === "markUnknown") return { reason: "outcomeUnknown", until: decision.until };
  // The mail service is asked for the outcome before the policy for unknown outcomes applies. If
  // the service can't answer, the service is asked again later.
  if (isSettledByPolicy(candidate, decision)) {
    return { reason: "outcomeUnknown", until: candidate.recipient.dueAt };
  }
  if (decision.kind !== "send" || candidate.recipient.lease !== null) return null;
  return explainPaceHold(candidate.sender, now) ?? explainDomainHold(candidate.sender, now);
}

function decideStatus(candidate: Candidate, now: number): NextStepDecision | null {
  const { recipient, campaign, step, sender, message } = candidate;
  if (campaign.status === "stopped" || campaign.status === "archived") {
    return { kind: "stop", reason: "campaignStopped" };
  }
  if (candidate.isSuppressed) return { kind: "stop", reason: "suppressed" };
  if (
    candidate.isHomeListed &&
    isUnderListingGuard({ campaignType: campaign.type, hasConsent: recipient.consent !== null })
  ) {
    return { kind: "stop", reason: "doNotSolicit" };
  }
  // Before the launch, no sequence runs that a property status could end.
  const exit = isUnlaunched(campaign.status) ? null : decidePropertyExit(candidate, now);
  if (exit !== null) return exit;
  if (recipient.status === "paused") {
    return { kind: "hold", reason: explainPause(message), until: null };
  }
  if (recipient.status === "waitingForEmail" || recipient.email === null) {
    return { kind: "hold", reason: "waitingForEmail", until: null };
  }
  if (campaign.status !== "active") return { kind: "hold", reason: "campaignNotActive", until: null };
  if (step === null) return { kind: "complete" };
  if (candidate.isTenantStopped) return { kind: "hold", reason: "tenantStopped", until: null };
  if (candidate.agentPause !== null) return { kind: "hold", reason: "agentPaused", until: null };
  // A task has no sender, so a paused sender does not hold a task.
  if (sender.isPaused && step.kind === "email") return { kind: "hold", reason: "senderPaused", until: null };
  return decideConsent(recipient, step.kind);
}

/** Returns why the recipient is paused: the next email can't be sent, or an agent paused them. */
function explainPause(message: Candidate["message"]): HoldReason {
  if (message?.failureReason === "missingVariables") return "missingVariables";
  return message?.failureReason === "contentRefused" ? "faultyEmail" : "recipientPaused";
}

/**
 * Returns a stop if the person has clicked a link of a campaign that stops on a click. While a
 * click may still turn out to be a program's, returns a hold.
 */
function decideClick({ stoppingClickAt }: Candidate, now: number): NextStepDecision | null {
  if (stoppingClickAt === null) return null;
  const settledAt = stoppingClickAt + engagementSettlingMs;
  if (settledAt <= now) return { kind: "stop", reason: "linkClicked" };
  return { kind: "hold", reason: "checkingClick", until: settledAt };
}

/**
 * Holds an email to a person abroad until consent is recorded, and to a person from a probate
 * filing until the person is known to represent the estate. A task sends no email.
 */
function decideConsent(recipient: Candidate["recipient"], kind: StepKind): NextStepDecision | null {
  if (kind === "task") return null;
  if (needsRepresentative(recipient)) return { kind: "hold", reason: "needsRepresentative", until: null };
  if (!needsConsent(recipient.consent, recipient.data)) return null;
  return { kind: "hold", reason: "needsConsent", until: null };
}

/** Returns a stop if the listing guard or one of the campaign's exit statuses ends the sequence. */
function decidePropertyExit(candidate: Candidate, now: number): NextStepDecision | null {
  const verdict = judgeCandidateListing(candidate, now);
  if (verdict.kind === "stop") return { kind: "stop", reason: verdict.code };
  return hasExitStatus(candidate) ? { kind: "stop", reason: "propertyStatusChanged" } : null;
}

/**
 * Tells whether the property has got one of the campaign's exit statuses. A status that came with
 * the launch, such as the status of the office's own listing, is no exit.
 */
function hasExitStatus({ campaign, recipient, listing: { stored } }: Candidate): boolean {
  if (stored.status === null || !campaign.exitStatuses.includes(stored.status)) return false;
  return stored.source === "host" || (stored.since ?? 0) > recipient.addedAt;
}

/** Returns a hold while the listing guard waits for a date, or for somebody to check the status. */
function decideListingHold(candidate: Candidate, now: number): NextStepDecision | null {
  const verdict = judgeCandidateListing(candidate, now);
  if (verdict.kind !== "hold") return null;
  return { kind: "hold", reason: verdict.code, until: verdict.until };
}

/** Returns a hold while the email states a value that is older than the office allows. */
function decideFactAge(candidate: Candidate, now: number): NextStepDecision | null {
  if (candidate.step?.kind !== "email" || findOldFacts(candidate, now).length === 0) return null;
  return { kind: "hold", reason: "factTooOld", until: null };
}

/** How long an email with an unattested claim waits before the next check for an attestation. */
const claimRecheckMs = hourMs;

/**
 * Returns a hold while the email makes a claim that the office has not attested. The office may
 * have withdrawn the attestation since the launch.
 */
function decideClaims(candidate: Candidate, now: number): NextStepDecision | null {
  const { step, recipient, unattestedWordings, message } = candidate;
  if (step?.kind !== "email" || unattestedWordings.length === 0) return null;
  const email = { recipientId: recipient.id, stepNumber: recipient.nextStep, isElse: false };
  const { templateId } = chooseWording(step, { ...email, tried: getTriedWording(message) });
  // Zero is the personal wording. The else email may go in place of the main email, so its claims
  // hold the step as well.
  const mayGo = [0, templateId, ...(step.elseEmail === null ? [] : [step.elseEmail.templateId])];
  if (!mayGo.some((id) => unattestedWordings.includes(id))) return null;
  return { kind: "hold", reason: "unattestedClaim", until: now + claimRecheckMs };
}

/** How long an email waits before the next check whether an agent has decided about a reply. */
const replyRecheckMs = hourMs;

/**
 * Holds every email to a person while an agent has yet to decide whether the person's reply, in any
 * campaign, asks for no more. An opt-out that was not understood must not lead to another email.
 */
function decideUndecidedReply({ hasUndecidedReply, step }: Candidate, now: number): NextStepDecision | null {
  if (!hasUndecidedReply || step?.kind === "task") return null;
  return { kind: "hold", reason: "undecidedReply", until: now + replyRecheckMs };
}

/** Tells whether a hold has no known end, so that its `until` is only the next check. */
const isRecheckedHold = (reason: HoldReason): boolean =>
  reason === "inOtherCampaign" || reason === "unattestedClaim" || reason === "undecidedReply";

function decideTime(candidate: Candidate, now: number): NextStepDecision | null {
  const { recipient, campaign, message, sender } = candidate;
  if (hasCampaignEnded(campaign, now)) return { kind: "stop", reason: "campaignEnded" };
  if (campaign.startAt !== null && campaign.startAt > now) {
    return { kind: "hold", reason: "campaignNotStarted", until: campaign.startAt };
  }
  const waitsUntil = getWaitEnd(recipient);
  const { recallUntil } = campaign;
  if (recallUntil !== null && recallUntil > now && (waitsUntil ?? now) <= recallUntil) {
    return { kind: "hold", reason: "recallWindow", until: recallUntil };
  }
  // A snooze sets `sendNow` to 0, so a later snooze outweighs an earlier "send now".
  const { snoozedUntil, sendNow } = recipient;
  if (snoozedUntil !== null && snoozedUntil > now && sendNow === 0) {
    return holdUntil("snoozed", snoozedUntil, campaign);
  }
  if (isTaskOpen(candidate, now)) return holdForTask(candidate);
  if (waitsUntil === null || waitsUntil <= now) {
    const scheduledAt = getLatestPlannedAt(recipient.scheduledAt, candidate.step?.conditions);
    return isTooLate({ ...recipient, scheduledAt }, campaign) ? tooLateHold : null;
  }
  if (message?.status === "retrying") return holdUntil("retrying", waitsUntil, campaign);
  if (sendNow > 0) return explainSendNowWait(candidate, waitsUntil, now);
  const isPlanned = recipient.scheduledAt === null || recipient.scheduledAt > now;
  // The recipient's step was due and was held. The reason for the hold says more than the time of
  // the next check.
  const waiting = isPlanned
    ? null
    : (decideSource(candidate, now) ??
      decideUndecidedReply(candidate, now) ??
      decideConditions(candidate, now) ??
      decideListingHold(candidate, now) ??
      decideFactAge(candidate, now) ??
      decideClaims(candidate, now) ??
      decideOtherCampaigns(candidate, now));
  if (waiting?.kind === "hold") {
    // The end of the other campaign is unknown, so `until` is the instant of the next check.
    return isRecheckedHold(waiting.reason) ? { ...waiting, until: waitsUntil } : waiting;
  }
  const hold = isPlanned || candidate.step?.kind === "task" ? null : explainDomainHold(sender, now);
  return holdUntil(hold?.reason ?? "notDue", waitsUntil, campaign);
}

/**
 * Returns the instant until which a recipient waits; null if the recipient waits for no instant.
 * While a process has claimed the recipient to send an email, `due_at` is the end of the claim. If
 * an agent asked to send now, a claimed recipient does not wait for the planned time.
 */
function getWaitEnd({ lease, dueAt, scheduledAt, sendNow }: Candidate["recipient"]): number | null {
  if (lease === null) return dueAt;
  return sendNow > 0 ? null : scheduledAt;
}

/** Returns why an email that an agent asked to send now has not gone yet. */
function explainSendNowWait(candidate: Candidate, waitsUntil: number, now: number): NextStepDecision {
  const hold =
    decideListingHold(candidate, now) ??
    decideFactAge(candidate, now) ??
    decideClaims(candidate, now) ??
    decideOtherCampaigns(candidate, now) ??
    (candidate.step?.kind === "task" ? null : decideWindow(candidate, now));
  return hold ?? holdUntil("sendingSoon", waitsUntil, candidate.campaign);
}

/**
 * Returns a hold until `until`. If the campaign ends first, the hold lasts until the campaign's
 * end, because the recipient is then stopped.
 */
function holdUntil(reason: HoldReason, until: number, { endAt }: Schedule): NextStepDecision {
  const isInTime = endAt === null || until < endAt;
  return isInTime
    ? { kind: "hold", reason, until }
    : { kind: "hold", reason: "campaignEndsFirst", until: endAt };
}

function isTaskOpen({ task }: Candidate, now: number): boolean {
  return task !== null && task.closedAt === null && now < task.expiresAt;
}

/**
 * Returns the hold for an open task. The reason stays `waitingForTask` even if the campaign ends
 * first, because the agent may still do the task.
 */
function holdForTask({ task }: Candidate): NextStepDecision {
  return { kind: "hold", reason: "waitingForTask", until: task?.expiresAt ?? null };
}

/**
 * Returns the decision to close the step's task, or null if no task was opened. `decideTime` has
 * already held a recipient with an open task, so the task is done or expired here. The step's
 * conditions no longer matter.
 */
function decideTaskClosing({ task }: Candidate): NextStepDecision | null {
  return task && { kind: "closeTask", closedAt: task.closedAt ?? task.expiresAt };
}

/**
 * Skips a step that was taken out of the sequence while its email was being tried. The email was
 * not sent; for a sent email, `decideByMessage` decides first.
 */
function decideRemovedStep({ isStepRemoved }: Candidate): NextStepDecision | null {
  return isStepRemoved ? { kind: "skip", reason: "stepRemoved" } : null;
}

/**
 * Returns the decision to open the step's task, or null for an email. Sending hours and the
 * sender's pace do not apply, because no email leaves.
 */
function decideTaskOpening({ step, campaign }: Candidate, now: number): NextStepDecision | null {
  if (step?.kind !== "task") return null;
  const expiresAt = now + step.task.waitDays * dayMs;
  return { kind: "openTask", expiresAt: Math.min(expiresAt, campaign.endAt ?? expiresAt) };
}

const tooLateHold: NextStepDecision = { kind: "hold", reason: "tooLate", until: null };

/**
 * Tells whether an email would be too late. Lateness is measured from the planned time to
 * `runningSince`, when sending last became possible again. So a wait in a slow sender's queue adds
 * no lateness.
 */
export function isTooLate(
  {
    scheduledAt,
    allowsLate,
    sendNow,
  }: Pick<Candidate["recipient"], "scheduledAt" | "allowsLate" | "sendNow">,
  { runningSince, maxLatenessHours }: Pick<Candidate["campaign"], "runningSince" | "maxLatenessHours">,
): boolean {
  if (allowsLate || sendNow > 0 || scheduledAt === null || runningSince === null) return false;
  return runningSince - scheduledAt > maxLatenessHours * hourMs;
}

/**
 * Decides by the recipient's source: after a court filing, the first email waits, and only few
 * emails are sent. An agent's request to send now lifts neither rule.
 */
function decideSource(candidate: Candidate, now: number): NextStepDecision | null {
  const { recipient, campaign, step, emailsSent, sourceRules } = candidate;
  if (step?.kind !== "email") return null;
  if (hasReachedSourceLimit(recipient, emailsSent, sourceRules))
    return { kind: "skip", reason: "sourceLimit" };
  const until = getSourceWaitEnd(recipient, recipient.addedAt, sourceRules);
  return until > now ? holdUntil("sourceWait", until, campaign) : null;
}

/**
 * Decides by the step's conditions. A step that an agent asks to send now goes whether its
 * conditions hold or not.
 */
function decideConditions(candidate: Candidate, now: number): NextStepDecision | null {
  const { step, recipient, campaign } = candidate;
  if (step === null || recipient.sendNow > 0 || hasChosenEmail(candidate)) return null;
  const verdict = judgeConditions(step.conditions, getConditionFacts(candidate, now), now);
  if (verdict === null || verdict.kind === "skip") return verdict;
  if (verdict.kind === "else") return null;
  if (verdict.kind === "stop") return { kind: "stop", reason: "conditionNotMet" };
  // The condition may be met before the campaign's end, so the reason is not `campaignEndsFirst`.
  const until = Math.min(verdict.until, campaign.endAt ?? verdict.until);
  return { kind: "hold", reason: "waitingForCondition", until };
}

function getConditionFacts(candidate: Candidate, now: number): ConditionFacts {
  const { recipient, previousStepNumber, engagement } = candidate;
  const { scheduledAt, lastSentAt } = recipient;
  const { propertyStatus, isPriceChanged } = resolvePropertyFacts(candidate, now);
  return { scheduledAt, lastSentAt, previousStepNumber, engagement, propertyStatus, isPriceChanged };
}

/**
 * Tells whether an earlier attempt has chosen between the step's two emails. Every later attempt
 * sends the same email, because the first attempt's email may have arrived.
 */
const hasChosenEmail = ({ step, message }: Candidate): boolean =>
  step?.kind === "email" && step.elseEmail !== null && message !== null && message.attemptedAt !== null;

/**
 * Tells whether the next step's else email goes in place of its main email, as the conditions stand
 * at `now`. An agent's request to send now does not decide which email goes.
 */
export function goesWithElseEmail(candidate: Candidate, now: number): boolean {
  const { step, message } = candidate;
  if (step?.kind !== "email" || step.elseEmail === null) return false;
  if (hasChosenEmail(candidate)) return message?.variant === elseVariantIndex;
  return !doConditionsHold(step.conditions, getConditionFacts(candidate, now), now);
}

/** Returns the other campaign that this recipient waits for, or null. */
export function findBlockingCampaign({ recipient, campaign, elsewhere }: Candidate): Collision | null {
  return findCollision({ ...campaign, campaignId: recipient.campaignId }, elsewhere);
}

/**
 * Returns a hold while another campaign has the person or the property in its sequence. Also
 * returns a hold in the hours after another campaign's email (the cool-off), and while the office
 * must keep the promise of an earlier "last email".
 */
function decideOtherCampaigns(candidate: Candidate, now: number): NextStepDecision | null {
  const { recipient, campaign, elsewhere, step, lastNote } = candidate;
  // A task sends no email, so a task collides with no campaign.
  if (step?.kind === "task") return null;
  const collision = findBlockingCampaign(candidate);
  if (collision !== null) {
    // The other campaign may end before this campaign, so the reason is not `campaignEndsFirst`.
    const until = Math.min(getCollisionRecheckAt(collision, now), campaign.endAt ?? Number.POSITIVE_INFINITY);
    return { kind: "hold", reason: "inOtherCampaign", until };
  }
  const promisedUntil = getLastNoteEnd(lastNote, parseInstant(recipient.consent?.at ?? null), now);
  if (promisedUntil !== null) return holdUntil("lastNote", promisedUntil, campaign);
  const until = getCoolOffEnd(recipient, elsewhere, now);
  return until === null ? null : holdUntil("coolOff", until, campaign);
}

/** Returns the property's newest known status and whether its price has changed. */
function resolvePropertyFacts(candidate: Candidate, now: number) {
  const { recipient, propertyPrice } = candidate;
  const { listPrice } = recipient.data.property;
  const hasChanged = propertyPrice.changedAt !== null && propertyPrice.changedAt > recipient.addedAt;
  const isOther =
    typeof listPrice === "number" &&
    propertyPrice.listPrice !== null &&
    Math.round(listPrice) !== propertyPrice.listPrice;
  return { propertyStatus: getNewestListing(candidate, now).status, isPriceChanged: hasChanged || isOther };
}

/**
 * Returns a hold if, at the time the email would leave, the window is closed or the campaign has
 * ended.
 * @param leavesAt the later of `now` and the email's slot
 */
function decideWindow({ recipient, campaign }: Candidate, leavesAt: number): NextStepDecision | null {
  const isOpen = recipient.sendNow === 2 || isWindowOpen(leavesAt, recipient.timeZone, campaign);
  if (isOpen && !hasCampaignEnded(campaign, leavesAt)) return null;
  return holdUntil("outsideWindow", findWindowOpening(leavesAt, recipient.timeZone, campaign), campaign);
}

/**
 * Returns a hold while no provider account may be called. A call to an account with an open circuit
 * would cost the email an attempt.
 */
function decideAccount({ accountFreeAt }: Candidate, now: number): NextStepDecision | null {
  if (accountFreeAt !== null && accountFreeAt <= now) return null;
  return { kind: "hold", reason: "providerUnavailable", until: accountFreeAt };
}

/**
 * Returns a hold if the slot is no longer valid: midnight has passed, or the sender's caps or pace
 * were cut after the slot was handed out.
 */
function decideSlot({ sender }: Candidate, slot: PlannedSlot | null, now: number): NextStepDecision | null {
  const hold = slot === null ? null : explainInvalidSlot(sender, slot, now);
  return hold === null ? null : { kind: "hold", ...hold };
}
