import type { Schedule, StepTiming } from "../../worker/domain/schedule/schedule.ts";

/** No rules at all; a test adds what it is about. */
export const anyTime: Schedule = {
  sendWindow: null,
  skipsHolidays: false,
  holidays: [],
  startAt: null,
  endAt: null,
  jitterMinutes: 0,
};

/** A step that goes right away; a test adds the delay it is about. */
export function timing(change: Partial<StepTiming> = {}): StepTiming {
  return { delayDays: 0, delayHours: 0, delayBusinessDays: 0, sendTimeHour: null, ...change };
}
