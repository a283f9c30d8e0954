import type { Schedule, StepTiming } from "../../worker/domain/schedule/schedule.ts";

/** A schedule that allows emails at every time. Each test adds the rules that it checks. */
export const anyTimeSchedule: Schedule = {
  sendWindow: null,
  skipsHolidays: false,
  holidays: [],
  startAt: null,
  endAt: null,
  jitterMinutes: 0,
};

/**
 * Returns the timing of a step that is sent right away. Each test adds the delay that it checks.
 */
export function buildStepTiming(change: Partial<StepTiming> = {}): StepTiming {
  return { delayDays: 0, delayHours: 0, delayBusinessDays: 0, sendTimeHour: null, ...change };
}
