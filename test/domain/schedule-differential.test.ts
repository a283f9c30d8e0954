import { beforeAll, describe, expect, test } from "vitest";
import {
  applyJitter,
  planSendRange,
  type Schedule,
  type SendRange,
  type StepTiming,
} from "../../worker/domain/schedule/schedule.ts";
import { chooseRunCount, chooseSeed } from "../support/node/depth.ts";
import {
  chooseScheduleCase,
  monthsOfReadings,
  type ScheduleCase,
  testZones,
} from "../support/node/schedule-cases.ts";
import {
  buildSendingCalendar,
  isOpenThroughout,
  planStepIndependently,
} from "../support/node/schedule-oracle.ts";
import { readWallClock, type WallClockReadings } from "../support/node/wall-readings.ts";
import { createRandom } from "../support/worker/chaos/random.ts";

/** `SCHEDULE_SEED=…` repeats a run, and `SCHEDULE_CASES=…` sets the number of cases. */
const seed = chooseSeed("SCHEDULE_SEED", 20_261);
const cases = Number(process.env.SCHEDULE_CASES ?? chooseRunCount(4000, 100_000));
const timeoutMs = 120_000;

type Planner = (anchorAt: number, step: StepTiming, timeZone: string, schedule: Schedule) => SendRange;

let all: { readings: WallClockReadings; hasHolidays: boolean }[] = [];
beforeAll(() => {
  all = testZones.map(([zone, from, hasHolidays]) => ({
    readings: readWallClock(zone, from, monthsOfReadings),
    hasHolidays,
  }));
}, timeoutMs);

/**
 * Returns the fault in a planner's answer to one case; null if there is no fault. Returns undefined
 * if the independent computation (the oracle) has no answer for the case.
 */
function faultOf(planner: Planner, one: ScheduleCase): string | null | undefined {
  const { readings, anchorAt, step, schedule, random } = one;
  const open = buildSendingCalendar(schedule);
  const expected = planStepIndependently(readings, anchorAt, step, schedule, open);
  if (expected === null) return undefined;
  const plan = planner(anchorAt, step, readings.timeZone, schedule);
  if (plan.at !== expected.at) return `planned for ${iso(plan.at)}, but the earliest is ${iso(expected.at)}`;
  const rolled = applyJitter(plan, random);
  if (rolled < anchorAt) return "planned for before now";
  if (rolled > plan.at + schedule.jitterMinutes * 60_000) return "put off by more than the jitter";
  const { endAt } = schedule;
  if (endAt !== null && plan.at >= endAt)
    return rolled === plan.at ? null : "put off after the campaign's end";
  if (endAt !== null && rolled >= endAt) return "put off past the campaign's end";
  return isOpenThroughout(readings, plan.at, rolled, open.isOpen)
    ? null
    : `put off to ${iso(rolled)}, when it is shut`;
}

const iso = (at: number) => new Date(at).toISOString();

/**
 * Runs at most `count` cases, until one case fails. Returns the number of cases that the oracle
 * judged, and the first fault.
 */
function compare(planner: Planner, count: number): { judged: number; fault: string | null } {
  const random = createRandom(seed, "schedule");
  let judged = 0;
  for (let index = 0; index < count; index += 1) {
    const one = chooseScheduleCase(random, all);
    const fault = faultOf(planner, one);
    if (fault === undefined) continue;
    judged += 1;
    if (fault !== null) return { judged, fault: `seed ${seed}, case ${index}: ${fault}\n${inWords(one)}` };
  }
  return { judged, fault: null };
}

function inWords({ readings, ...rest }: ScheduleCase): string {
  return JSON.stringify({ timeZone: readings.timeZone, anchor: iso(rest.anchorAt), ...rest });
}

test(
  "every plan matches the earliest open moment of an independent calendar, also with jitter",
  () => {
    console.info(`schedule: seed ${seed}, ${cases} cases`);
    const { judged, fault } = compare(planSendRange, cases);
    expect(fault).toBeNull();
    expect(judged).toBeGreaterThan(cases * 0.99);
  },
  timeoutMs,
);

const withHours = (
  schedule: Schedule,
  change: (hours: { days: number[]; startTime: string; endTime: string }) => object,
): Schedule => ({
  ...schedule,
  sendWindow: schedule.sendWindow?.map((hours) => ({ ...hours, ...change(hours) })) ?? null,
});
const asOffset = (at: number, zone: string) => {
  const name = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  return name === "GMT" || name === undefined ? "UTC" : name.replace("GMT", "");
};

describe("the comparison with an independent calendar catches a planted bug:", () => {
  test.each<[string, Planner]>([
    [
      "the time zone's offset at the start kept for later dates",
      (at, step, zone, all) => planSendRange(at, step, asOffset(at, zone), all),
    ],
    [
      "a night's start and end swapped",
      (at, step, zone, schedule) =>
        planSendRange(
          at,
          step,
          zone,
          withHours(schedule, ({ startTime, endTime }) =>
            startTime < endTime ? {} : { startTime: endTime, endTime: startTime },
          ),
        ),
    ],
    [
      "days counted as 24 hours",
      (at, step, zone, schedule) =>
        planSendRange(at + step.delayDays * 86_400_000, { ...step, delayDays: 0 }, zone, schedule),
    ],
    [
      "weekdays counted from Sunday",
      (at, step, zone, schedule) =>
        planSendRange(
          at,
          step,
          zone,
          withHours(schedule, ({ days }) => ({ days: days.map((day) => (day % 7) + 1) })),
        ),
    ],
    [
      "holidays forgotten",
      (at, step, zone, all) => planSendRange(at, step, zone, { ...all, skipsHolidays: false }),
    ],
    [
      "weekends counted as business days",
      (at, step, zone, schedule) =>
        planSendRange(
          at,
          { ...step, delayDays: step.delayDays + step.delayBusinessDays, delayBusinessDays: 0 },
          zone,
          schedule,
        ),
    ],
    [
      "no wait for a window that is closed now",
      (at, step, zone, schedule) => planSendRange(at, step, zone, { ...schedule, sendWindow: null }),
    ],
    [
      "jitter that ignores the window",
      (at, step, zone, schedule) => ({
        ...planSendRange(at, step, zone, schedule),
        spreadMs: schedule.jitterMinutes * 60_000,
      }),
    ],
    [
      "an end that is ignored",
      (at, step, zone, schedule) => planSendRange(at, step, zone, { ...schedule, endAt: null }),
    ],
  ])("%s", (_, planner) => {
    expect(compare(planner, 20_000).fault).not.toBeNull();
  });
});
