import { limits } from "../../shared/limits.ts";
import type { Task } from "../../shared/task.ts";
import type { TaskKind, TaskOutcome, TaskResult } from "../../shared/vocabulary.ts";
import { formatCount, say, translatedTable } from "./say.ts";

/* The texts for tasks. The types require a text for every kind, result and outcome of a task. */

const titles: Record<TaskKind, (whom: string) => string> = {
  call: (whom) => say("Call {whom}", { whom }),
  visit: (whom) => say("Visit {whom}", { whom }),
  card: (whom) => say("Send a card to {whom}", { whom }),
  other: (whom) => say("For {whom}", { whom }),
  agencyForm: (whom) => say("Send {whom} the state’s form", { whom }),
};

/** Returns the title of one recipient's task: "Call Jane Doe". */
export function formatTaskTitle({ kind, recipientName }: Pick<Task, "kind" | "recipientName">): string {
  return titles[kind](recipientName || say("the owner"));
}

/** The names of task steps in a sequence, without a recipient's name: "Call". */
export const taskKindTexts = translatedTable<TaskKind>({
  call: "Call",
  visit: "Visit",
  card: "Send a card",
  other: "Task",
  agencyForm: "Send the state’s form",
});

const resultTexts = translatedTable<Exclude<TaskResult, "notNow">>({
  reached: "Reached",
  voicemail: "Left a voicemail",
  wrongNumber: "Wrong number",
});

const formatNotNowDays = () => formatCount(limits.notNowDays, "day");

export const formatTaskResult = (result: TaskResult) =>
  result === "notNow" ? say("Not now, wait {days}", { days: formatNotNowDays() }) : resultTexts[result];

/** Returns the sentence about what follows after a task with the result `notNow`. */
export const describeNotNowEffect = () =>
  say("The next email will wait {days}.", { days: formatNotNowDays() });

/** Returns the text for postponing a task: "Until tomorrow", "For 3 days". */
export const formatPostponement = (days: number) =>
  days === 1 ? say("Until tomorrow") : say("For {days}", { days: formatCount(days, "day") });

export const taskOutcomeTexts = translatedTable<TaskOutcome>({
  done: "Done~one",
  skipped: "Skipped~one",
  expired: "Not marked as done in time, so the sequence continued",
  stopped: "Closed when the sequence stopped",
});

const dayMs = 86_400_000;
/**
 * Returns the number of days from 1970 to the calendar day of `ms` in the agent's own time zone.
 * `formatTaskTimes` compares calendar days, so a task that opened late last night is "Assigned
 * yesterday" this morning.
 */
const toCalendarDay = (ms: number) => Math.floor((ms - new Date(ms).getTimezoneOffset() * 60_000) / dayMs);

function formatPastDays(days: number): string {
  if (days <= 0) return say("today");
  return days === 1 ? say("yesterday") : say("{days} ago", { days: formatCount(days, "day") });
}

function formatFutureDays(days: number): string {
  if (days <= 0) return say("today");
  return days === 1 ? say("tomorrow") : say("in {days}", { days: formatCount(days, "day") });
}

/** Returns the text for a task's times: "Assigned today · continues on its own in 3 days". */
export function formatTaskTimes({ openedAt, expiresAt, isPaused }: Task, now: number): string {
  const asked = say("Assigned {day}", {
    day: formatPastDays(toCalendarDay(now) - toCalendarDay(Date.parse(openedAt))),
  });
  if (expiresAt === null) return asked;
  if (isPaused) return say("{asked} · on hold while paused", { asked });
  return say("{asked} · continues on its own {day}", {
    asked,
    day: formatFutureDays(toCalendarDay(Date.parse(expiresAt)) - toCalendarDay(now)),
  });
}
