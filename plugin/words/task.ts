import { limits } from "../../shared/limits.ts";
import type { Task } from "../../shared/task.ts";
import type { TaskKind, TaskOutcome, TaskResult } from "../../shared/vocabulary.ts";
import { formatCount } from "./words.ts";

/* The texts for tasks. The types require an entry for every word of the vocabulary. */

const titles: Record<TaskKind, (whom: string) => string> = {
  call: (whom) => `Call ${whom}`,
  visit: (whom) => `Visit ${whom}`,
  card: (whom) => `Send a card to ${whom}`,
  other: (whom) => `For ${whom}`,
  agencyForm: (whom) => `Send ${whom} the state’s form`,
};

/** Returns the title of one recipient's task: "Call Jane Doe". */
export function formatTaskTitle({ kind, recipientName }: Pick<Task, "kind" | "recipientName">): string {
  return titles[kind](recipientName || "the owner");
}

/** The names of task steps, without a recipient: "Call". */
export const taskKindTexts: Record<TaskKind, string> = {
  call: "Call",
  visit: "Visit",
  card: "Send a card",
  other: "Task",
  agencyForm: "Send the state’s form",
};

export const taskResultTexts: Record<TaskResult, string> = {
  reached: "Reached",
  voicemail: "Left a voicemail",
  wrongNumber: "Wrong number",
  notNow: `Not now, wait ${formatCount(limits.notNowDays, "day")}`,
};

/** The consequence of a task with the result `notNow`. */
export const notNowText = `The next email will wait ${formatCount(limits.notNowDays, "day")}.`;

/** Returns the text for putting a task off: "Until tomorrow", "For 3 days". */
export const formatPutOff = (days: number) =>
  days === 1 ? "Until tomorrow" : `For ${formatCount(days, "day")}`;

export const taskOutcomeTexts: Record<TaskOutcome, string> = {
  done: "Done",
  skipped: "Skipped",
  expired: "Not marked as done in time, so the sequence continued",
  stopped: "Closed when the sequence stopped",
};

const dayMs = 86_400_000;
/**
 * Returns the number of days from 1970 to the calendar day in the agent's own time zone. Times are
 * compared by calendar day, so a task that opened late last night reads "Assigned yesterday" this
 * morning.
 */
const toCalendarDay = (ms: number) => Math.floor((ms - new Date(ms).getTimezoneOffset() * 60_000) / dayMs);

function formatPastDays(days: number): string {
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : `${formatCount(days, "day")} ago`;
}

function formatFutureDays(days: number): string {
  if (days <= 0) return "today";
  return days === 1 ? "tomorrow" : `in ${formatCount(days, "day")}`;
}

/** Returns the text for a task's times: "Assigned today · continues on its own in 3 days". */
export function formatTaskTimes({ openedAt, expiresAt, isPaused }: Task, now: number): string {
  const asked = `Assigned ${formatPastDays(toCalendarDay(now) - toCalendarDay(Date.parse(openedAt)))}`;
  if (expiresAt === null) return asked;
  if (isPaused) return `${asked} · on hold while paused`;
  return `${asked} · continues on its own ${formatFutureDays(toCalendarDay(Date.parse(expiresAt)) - toCalendarDay(now))}`;
}
