import type { SendWindow } from "../../shared/campaign.ts";
import type { StepKind } from "../../shared/vocabulary.ts";
import type { PlainPhrase } from "./phrases.ts";
import { formatCount, say, translatedTable } from "./say.ts";
import type { StepDelayParts } from "./words.ts";

/**
 * Returns the text for a step's delay: "Wait 3 days", or "Right after launch". The first step's
 * delay counts from the launch, and any other step's delay from the previous step.
 */
export function describeDelay(
  { delayDays, delayHours, delayBusinessDays = 0, weekdays }: StepDelayParts,
  stepNumber: number,
  after: StepKind = "email",
): string {
  const parts = [
    delayDays > 0 && formatCount(delayDays, "day"),
    delayHours > 0 && formatCount(delayHours, "hour"),
    delayBusinessDays > 0 && formatCount(delayBusinessDays, "business day"),
  ].filter(Boolean);
  const time = parts.join(" ");
  if (weekdays) {
    const days = describeDaysOfWeek(weekdays);
    return time === ""
      ? say("On the next {days}", { days })
      : say("Wait {time}, then {days} only", { time, days });
  }
  if (parts.length === 0) return stepNumber === 1 ? say("Right after launch") : rightAfterTexts[after];
  return say("Wait {time}", { time });
}

const rightAfterTexts = translatedTable<StepKind>({
  email: "Right after the previous email",
  task: "Right after the previous task",
});

const dayNames: readonly PlainPhrase[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function describeDaysOfWeek(days: readonly number[]): string {
  const distinct = [...new Set(days)].sort();
  if (distinct.length === dayNames.length) return say("Every day");
  if (distinct.join("") === "12345") return say("Weekdays");
  if (distinct.join("") === "67") return say("Weekends");
  return distinct.map((day) => say(dayNames[day - 1] as PlainPhrase)).join(", ");
}

/**
 * Returns the text for a send window: "Weekdays, 9:00 AM to 12:00 PM and 2:00 PM to 5:00 PM; Sat,
 * 10:00 AM to 1:00 PM".
 */
export function describeSendWindow(window: SendWindow | null, clock: (time: string) => string): string {
  if (window === null) return say("Any time");
  const byDays = new Map<string, string[]>();
  for (const { days, startTime, endTime } of window) {
    const named = describeDaysOfWeek(days);
    byDays.set(named, [
      ...(byDays.get(named) ?? []),
      say("{start} to {end}", { start: clock(startTime), end: clock(endTime) }),
    ]);
  }
  return [...byDays].map(([days, hours]) => `${days}, ${hours.join(" and ")}`).join("; ");
}
