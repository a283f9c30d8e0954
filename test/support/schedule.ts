import type { Schedule, StepTiming } from "../../worker/domain/schedule/schedule.ts";

/** A schedule that allows every time. A test adds the rules that the test is about. */
export const anyTimeSchedule: Schedule = {
  sendWindow: null,
  skipsHolidays: false,
  holidays: [],
  startAt: null,
  endAt: null,
  jitterMinutes: 0,
};

/**
 * Returns the timing of a step that is sent right away. A test adds the delay that the test is
 * about.
 */
export function buildStepTiming(change: Partial<StepTiming> = {}): StepTiming {
  return { delayDays: 0, delayHours: 0, delayBusinessDays: 0, sendTimeHour: null, ...change };
}
