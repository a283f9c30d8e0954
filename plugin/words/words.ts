import type { CampaignSummary } from "../../shared/campaign.ts";
import type { CampaignStatus, StepKind } from "../../shared/vocabulary.ts";
import type { PlainPhrase } from "./phrases.ts";
import { formatCount, say } from "./say.ts";

/*
 * The texts that the tab's first view shows. The words of a view that is loaded later are in other
 * files, which are loaded together with the view.
 */

export type Tone = "neutral" | "info" | "good" | "warning" | "bad";
export type TonedText = {
  text: PlainPhrase;
  tone: Tone;
};

export const campaignStatusLabels: Record<CampaignStatus, TonedText> = {
  draft: { text: "Draft", tone: "neutral" },
  waitingForApproval: { text: "Waiting for approval", tone: "warning" },
  active: { text: "Active", tone: "good" },
  paused: { text: "Paused", tone: "warning" },
  completed: { text: "Completed", tone: "neutral" },
  stopped: { text: "Stopped", tone: "neutral" },
  archived: { text: "Archived", tone: "neutral" },
};

export type StepDelayParts = {
  delayDays: number;
  delayHours: number;
  /** The number of business days before the step; undefined for a step of a preset. */
  delayBusinessDays?: number;
  weekdays?: readonly number[] | null | undefined;
};

/** Returns the text for a sequence's length: "3 emails over 10 days". */
export function describeSequenceSpan(
  steps: readonly (StepDelayParts & { kind?: StepKind; task?: object })[],
): string {
  // Five business days are counted as one week.
  const hours = steps.reduce(
    (sum, { delayDays, delayHours, delayBusinessDays = 0 }) =>
      sum + delayDays * 24 + delayHours + delayBusinessDays * 24 * 1.4,
    0,
  );
  const tasks = steps.filter(({ kind, task }) => kind === "task" || task !== undefined).length;
  const written = formatCount(steps.length - tasks, "email");
  const emails =
    tasks === 0
      ? written
      : say("{emails} and {tasks}", { emails: written, tasks: formatCount(tasks, "task") });
  return hours < 24
    ? emails
    : say("{emails} over {days}", { emails, days: formatCount(Math.round(hours / 24), "day") });
}

export const isUnfinishedCampaign = ({ status }: Pick<CampaignSummary, "status">) =>
  ["active", "paused", "draft", "waitingForApproval"].includes(status);
