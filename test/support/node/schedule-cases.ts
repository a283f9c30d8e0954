import type { SendHours } from "../../../shared/campaign.ts";
import type { Schedule, StepTiming } from "../../../worker/domain/schedule/schedule.ts";
import type { Random } from "../worker/chaos/random.ts";
import { minuteMs, type WallClockReadings } from "./wall-readings.ts";

export type ScheduleCase = {
  readings: WallClockReadings;
  anchorAt: number;
  step: StepTiming;
  schedule: Schedule;
  random: number;
};

/**
 * The time zones of the cases. Each entry has the day on which the stored readings of the zone's
 * wall clock begin. `hasHolidays` tells whether the table of holidays has the years of the
 * readings.
 */
export const testZones: readonly (readonly [zone: string, from: string, hasHolidays: boolean])[] = [
  ["America/New_York", "2026-01-01", true],
  ["America/Los_Angeles", "2025-10-01", true],
  ["America/Phoenix", "2026-05-01", true],
  ["America/St_Johns", "2026-02-01", true],
  ["America/Havana", "2026-02-01", true],
  ["America/Santiago", "2026-01-01", true],
  ["Europe/London", "2026-02-01", true],
  ["Africa/Casablanca", "2026-01-01", true],
  ["Asia/Kolkata", "2026-01-01", true],
  ["Asia/Beirut", "2026-02-01", true],
  ["Australia/Lord_Howe", "2026-02-01", true],
  ["Australia/Sydney", "2026-02-01", true],
  ["Pacific/Chatham", "2026-02-01", true],
  ["Antarctica/Troll", "2026-02-01", true],
  ["Pacific/Kiritimati", "1994-11-01", false],
  ["Pacific/Apia", "2011-08-01", false],
  ["Pacific/Kwajalein", "1993-06-01", false],
];
export const monthsOfReadings = 12;
const dayMs = 86_400_000;
/**
 * Every case starts at least this long before the end of the readings, so that the planned time
 * also lies within the readings.
 */
const reserveMs = 60 * dayMs;

export function chooseScheduleCase(
  random: Random,
  all: readonly { readings: WallClockReadings; hasHolidays: boolean }[],
) {
  const { readings, hasHolidays } = random.pick(all);
  const schedule = chooseSchedule(random, hasHolidays);
  const anchorAt = chooseInstant(random, readings);
  if (random.chance(0.15)) schedule.startAt = anchorAt + random.between(-3 * dayMs, 10 * dayMs);
  if (random.chance(0.15)) schedule.endAt = anchorAt + random.between(-dayMs, 20 * dayMs);
  if (schedule.skipsHolidays) {
    schedule.holidays = [1, 2].map(() =>
      new Date(anchorAt + random.between(0, 12) * dayMs).toISOString().slice(0, 10),
    );
  }
  return {
    readings,
    anchorAt,
    step: chooseStep(random),
    schedule,
    random: random.next(),
  } satisfies ScheduleCase;
}

/**
 * Returns an instant within the readings. If the zone's clock changes, half of the instants are
 * near a change.
 */
function chooseInstant(random: Random, { fromMs, untilMs, changes }: WallClockReadings): number {
  const latest = untilMs - reserveMs;
  const near = changes.filter((at) => at < latest - 3 * dayMs && at > fromMs + 3 * dayMs);
  const at =
    near.length > 0 && random.chance(0.5)
      ? random.pick(near) + random.between(-3 * dayMs, dayMs)
      : random.between(fromMs + dayMs, latest);
  return random.chance(0.5) ? at : Math.floor(at / minuteMs) * minuteMs;
}

function chooseStep(random: Random): StepTiming {
  return {
    delayDays: random.chance(0.4) ? random.between(0, 9) : 0,
    delayHours: random.chance(0.3) ? random.between(0, 23) : 0,
    delayBusinessDays: random.chance(0.3) ? random.between(1, 8) : 0,
    sendTimeHour: random.chance(0.3) ? random.between(0, 23) : null,
    weekdays: random.chance(0.3)
      ? [1, 2, 3, 4, 5, 6, 7].filter((weekday) => random.chance(0.3) || weekday === 2)
      : null,
  };
}

type Draft = { -readonly [Key in keyof Schedule]: Schedule[Key] };

function chooseSchedule(random: Random, hasHolidays: boolean): Draft {
  return {
    sendWindow: random.chance(0.1)
      ? null
      : Array.from({ length: random.pick([1, 1, 2, 3]) }, () => chooseHours(random)),
    skipsHolidays: hasHolidays && random.chance(0.4),
    holidays: [],
    startAt: null,
    endAt: null,
    jitterMinutes: random.chance(0.5) ? random.between(1, 300) : 0,
  };
}

/**
 * Returns random sending hours. Many of the results start or end at night, because clocks change at
 * night.
 */
function chooseHours(random: Random): SendHours {
  const startTime = chooseClock(random);
  let endTime = chooseClock(random);
  while (endTime === startTime) endTime = chooseClock(random);
  const days = [1, 2, 3, 4, 5, 6, 7].filter(() => random.chance(0.6));
  return { days: days.length > 0 ? days : [random.between(1, 7)], startTime, endTime };
}

function chooseClock(random: Random): string {
  const hour = random.chance(0.5) ? random.pick([22, 23, 0, 1, 2, 3]) : random.between(0, 23);
  const minute = random.pick([0, 0, 15, 30, random.between(0, 59)]);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
