import type { CampaignPlan } from "../../shared/campaign-plan.ts";
import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/**
 * Returns the text for the date on which the first recipient of a plan gets a step. Examples:
 * "Right after launch", "From Mon, Nov 30, 9:00 AM MST", "About Thu, Dec 3". Only the first step
 * shows a time of day. The time of a later step depends on when the earlier emails are really sent.
 */
export function formatStepDate(
  { launchAt, items: [item] }: CampaignPlan,
  stepNumber: number,
  format: Formats,
): string {
  const plannedAt = item?.steps[stepNumber - 1]?.plannedAt;
  if (!item || !plannedAt) return say("The campaign ends before this");
  const { timeZone } = item;
  if (plannedAt === launchAt) return say("Right after launch");
  return stepNumber === 1
    ? say("From {time}", { time: format.instant(plannedAt, timeZone) })
    : say("About {day}", { day: format.day(plannedAt, timeZone) });
}

/**
 * Returns the text for the date of the earliest email of a launch, for all recipients of the plan.
 * @param index the index of the first step that is an email; a sequence may begin with a task
 */
export function formatFirstSendDate(
  { launchAt, items }: CampaignPlan,
  index: number,
  format: Formats,
): string {
  const starts = items.flatMap(({ steps, timeZone }) => {
    const at = steps[index]?.plannedAt;
    return at ? [{ at, timeZone }] : [];
  });
  const [first] = starts.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  if (first === undefined) return say("The campaign ends before this");
  return first.at === launchAt ? say("Right after launch") : format.instant(first.at, first.timeZone);
}
