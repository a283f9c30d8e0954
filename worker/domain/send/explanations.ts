import type { CampaignBacklog } from "../../../shared/campaign.ts";
import {
  type CampaignPauseReason,
  type EmailFault,
  emailFaults,
  type HoldReason,
  type PreflightVerdict,
  type SkipReason,
  type StopReason,
} from "../../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import type { AgentPause } from "./candidate.ts";
import type { Collision } from "./collision.ts";

/**
 * What a hold (a reason why an email waits) is about: the other campaign for `inOtherCampaign`, the
 * oldest value for `factTooOld`, the fault for `faultyEmail`.
 */
export type HoldSubject = {
  /** Null also if the reader may not see the other campaign. */
  other: Collision | null;
  oldValue: { label: string; ageDays: number; mostDays: number } | null;
  emailFault: EmailFault | null;
  agentPause: AgentPause | null;
};

const faultPatterns: Readonly<Record<EmailFault, RegExp>> = {
  subjectTooLong: /subject must be at most/,
  subjectEmpty: /subject must not be empty/,
  subjectIsAnswer: /subject must not begin/,
  bodyEmpty: /^rendered\.html (must not be empty|has nothing left)/,
  tooLarge: /makes an email of more than/,
};

/**
 * Returns the fault for which an email could not be sent, by the text that the Worker stored; null
 * for any other fault.
 */
export function findEmailFault(failure: string | null): EmailFault | null {
  return emailFaults.find((fault) => faultPatterns[fault].test(failure ?? "")) ?? null;
}

/**
 * Returns the sentence that says why no email goes to a recipient now. The sentence names the
 * hold's subject.
 */
export function formatHoldReason(reason: HoldReason, subject: HoldSubject): string {
  const { other, oldValue, emailFault, agentPause } = subject;
  if (reason === "inOtherCampaign" && other !== null)
    return englishReasonTexts.inOtherCampaign[other.by](other.campaignName);
  if (reason === "factTooOld" && oldValue !== null)
    return englishReasonTexts.factTooOld(oldValue.label, oldValue.ageDays, oldValue.mostDays);
  if (reason === "agentPaused" && agentPause?.agent && agentPause.pausedBy)
    return englishReasonTexts.agentPaused(agentPause.agent, agentPause.pausedBy);
  if (reason === "faultyEmail" && emailFault !== null) return englishReasonTexts.faultyEmail[emailFault];
  return englishReasonTexts.hold[reason];
}

/**
 * Returns sentences about a resumed campaign: how many emails went, how many people remain, and how
 * many emails are late.
 */
export function formatResumeResult(
  { backlog }: { backlog: CampaignBacklog },
  pauseReason: CampaignPauseReason | null,
): string {
  const { sent, remaining, overdue, needsConfirmation } = backlog;
  const sentences = [
    ...(pauseReason === null
      ? []
      : [
          `The campaign had paused automatically. ${englishReasonTexts.pause[pauseReason]} Only new bounces and complaints count from now on.`,
        ]),
    `${formatCount(sent, "email has", "emails have")} gone out so far; ${formatCount(remaining, "person has", "people have")} emails still to come.`,
    ...(overdue > 0
      ? [
          `${formatCount(overdue, "email is", "emails are")} overdue and will go out one by one at the sender's pace.`,
        ]
      : []),
    ...(needsConfirmation > 0
      ? [
          `${formatCount(needsConfirmation, "email is", "emails are")} so late that you have to confirm before sending them.`,
        ]
      : []),
  ];
  return sentences.join(" ");
}

const formatCount = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * Returns the sentence about one recipient in a preflight, which forecasts the emails of a launch.
 */
export function formatForecast(
  verdict: PreflightVerdict,
  reason: HoldReason | SkipReason | StopReason | null,
  subject: HoldSubject,
): string {
  if (reason === null)
    return verdict === "willSend" ? "This email will go out." : "They’ve finished this campaign.";
  if (isSkip(reason)) return `This email would be skipped. ${englishReasonTexts.skip[reason]}`;
  return isHold(reason) ? formatHoldReason(reason, subject) : englishReasonTexts.stop[reason];
}

const isSkip = (reason: string): reason is SkipReason => reason in englishReasonTexts.skip;
const isHold = (reason: string): reason is HoldReason => reason in englishReasonTexts.hold;
