import type { Backlog } from "../../../shared/campaign.ts";
import type {
  HoldReason,
  PauseReason,
  PreflightVerdict,
  SkipReason,
  StopReason,
} from "../../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import type { Collision } from "./collision.ts";

/**
 * Says why nothing goes to a recipient right now, with the name of the campaign that holds the
 * email back.
 */
export function formatHoldReason(reason: HoldReason, other: Collision | null): string {
  if (reason !== "inOtherCampaign" || other === null) return englishReasonTexts.hold[reason];
  return englishReasonTexts.inOtherCampaign[other.by](other.campaignName);
}

/** Says how a resumed campaign stands: what went, what is still to come, and what is late. */
export function formatResumeResult(
  { backlog }: { backlog: Backlog },
  pauseReason: PauseReason | null,
): string {
  const { sent, remaining, overdue, needsConfirmation } = backlog;
  const sentences = [
    ...(pauseReason === null
      ? []
      : [
          `The campaign had paused by itself. ${englishReasonTexts.pause[pauseReason]} Only what comes back from now on is judged.`,
        ]),
    `${formatCount(sent, "email")} went so far; ${formatCount(remaining, "person is", "people are")} still to be written to.`,
    ...(overdue > 0
      ? [`${formatCount(overdue, "email")} should have gone by now; they go one by one at the sender's pace.`]
      : []),
    ...(needsConfirmation > 0
      ? [
          `${formatCount(needsConfirmation, "email is", "emails are")} too late to go without your confirmation.`,
        ]
      : []),
  ];
  return sentences.join(" ");
}

const formatCount = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Says what a preflight found for one recipient. */
export function formatForecast(
  verdict: PreflightVerdict,
  reason: HoldReason | SkipReason | StopReason | null,
  other: Collision | null,
): string {
  if (reason === null)
    return verdict === "willSend" ? "Will be sent." : "They are through with this campaign.";
  if (isSkip(reason)) return `This email would be left out. ${englishReasonTexts.skip[reason]}`;
  return isHold(reason) ? formatHoldReason(reason, other) : englishReasonTexts.stop[reason];
}

const isSkip = (reason: string): reason is SkipReason => reason in englishReasonTexts.skip;
const isHold = (reason: string): reason is HoldReason => reason in englishReasonTexts.hold;
