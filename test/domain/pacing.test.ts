import { describe, expect, test } from "vitest";
import { toIsoDay } from "../../worker/domain/schedule/schedule.ts";
import {
  computeSlotIntervalMs,
  getDepartureToleranceMs,
  toIntervalMs,
  toRatePerSecond,
} from "../../worker/domain/send/interval.ts";
import {
  applyNewPaceLimits,
  countFreeSlots,
  countSlotsToday,
  divideFairly,
  explainInvalidSlot,
  explainPaceHold,
  findNextFreeSlot,
  getEffectiveDailyCap,
  planSlots,
  type SenderPace,
} from "../../worker/domain/send/pacing.ts";
import { mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour, minute } from "../support/time.ts";

const horizon = 90_000;
/** Midnight in New York between October 5 and 6, 2026. */
const midnight = Date.UTC(2026, 9, 6, 4);

const pace = (change: Partial<SenderPace> = {}): SenderPace => ({
  intervalMs: 1000,
  dailyCap: null,
  ramp: null,
  domainDailyCap: null,
  timeZone: "America/New_York",
  nextSlotAt: 0,
  capDay: "2026-10-05",
  slotsToday: 0,
  ...change,
});

/**
 * In each tick (the Worker's run every minute), takes every slot (a planned moment for an email)
 * that a sender's pace allows. Returns all slots.
 */
function run(start: SenderPace, ticks: number, everyMs: number, from = mondayAt10InNewYork): number[] {
  let current = start;
  const slots: number[] = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    const now = from + tick * everyMs;
    const planned = planSlots(current, countFreeSlots(current, now, horizon), now);
    slots.push(...planned.slots);
    current = { ...current, ...planned.after };
  }
  return slots;
}

function perDay(slots: readonly number[]): number[] {
  const counts = new Map<string, number>();
  for (const slot of slots) {
    const date = toIsoDay(slot, "America/New_York");
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe("a sender's slot clock", () => {
  test.each([60_000, 30_000, 1000, 20])(
    "never puts two emails closer than %d ms, whenever the ticks come",
    (intervalMs) => {
      const slots = run(pace({ intervalMs }), 5, 61_000);
      const gaps = slots.slice(1).map((slot, index) => slot - (slots[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(intervalMs);
    },
  );

  test.each([60_000, 1000, 20])("leaves no slot unused between ticks at one per %d ms", (intervalMs) => {
    const slots = run(pace({ intervalMs }), 10, 60_000);
    const minutes = 10;
    const inTime = slots.filter((slot) => slot < mondayAt10InNewYork + minutes * 60_000).length;
    expect(inTime).toBe((minutes * 60_000) / intervalMs);
  });

  test.each([1, 2])("allows exactly %d in each hour, over several hours", (perHour) => {
    const slots = run(pace({ intervalMs: hour / perHour }), 6 * 60, minute);
    const perWindow = Array.from(
      { length: 6 },
      (_, index) =>
        slots.filter(
          (slot) =>
            slot >= mondayAt10InNewYork + index * hour && slot < mondayAt10InNewYork + (index + 1) * hour,
        ).length,
    );
    expect(perWindow).toEqual(Array(6).fill(perHour));
  });

  test("starts from now after a pause, without a burst", () => {
    expect(
      planSlots(pace({ nextSlotAt: mondayAt10InNewYork - 3_600_000 }), 3, mondayAt10InNewYork).slots,
    ).toEqual([mondayAt10InNewYork, mondayAt10InNewYork + 1000, mondayAt10InNewYork + 2000]);
  });

  test("offers no slot while its next slot is beyond the horizon", () => {
    expect(
      countFreeSlots(pace({ nextSlotAt: mondayAt10InNewYork + 90_000 }), mondayAt10InNewYork, 90_000),
    ).toBe(0);
  });

  test("never hands out a slot twice, even when the clock goes back", () => {
    const first = planSlots(pace(), 3, mondayAt10InNewYork);
    const second = planSlots({ ...pace(), ...first.after }, 2, mondayAt10InNewYork - hour);
    expect(second.slots).toEqual([mondayAt10InNewYork + 3000, mondayAt10InNewYork + 4000]);
  });
});

describe("a sending rate", () => {
  test("is rounded to the slower interval, never to the faster one", () => {
    for (const rate of [0.1, 0.2, 1, 3, 7, 14, 50]) {
      expect(1000 / toIntervalMs(rate)).toBeLessThanOrEqual(rate);
      expect(1000 / toIntervalMs(rate)).toBeGreaterThan(rate * 0.98);
    }
  });

  test("is shown as it was typed", () => {
    for (const rate of [0.01, 0.05, 0.1, 0.2, 1, 2, 3, 7, 14, 50, 1000])
      expect(toRatePerSecond(toIntervalMs(rate))).toBe(rate);
  });
});

describe("a sender's daily cap", () => {
  test("is never exceeded by one, and the next slot is on the sender's next day", () => {
    const capped = pace({ dailyCap: 30, slotsToday: 28 });
    expect(countFreeSlots(capped, mondayAt10InNewYork, 90_000)).toBe(2);
    const { after, places } = planSlots(capped, 2, mondayAt10InNewYork);
    expect(places).toEqual([29, 30]);
    expect(after).toMatchObject({ slotsToday: 30, nextSlotAt: midnight });
    expect(countFreeSlots({ ...capped, ...after }, mondayAt10InNewYork, 90_000)).toBe(0);
  });

  test("is full again on the next day", () => {
    const tomorrow = mondayAt10InNewYork + 24 * 3_600_000;
    expect(countFreeSlots(pace({ dailyCap: 30, slotsToday: 30 }), tomorrow, 90_000)).toBe(30);
  });

  test("counts a slot after midnight on the new day", () => {
    const capped = pace({ dailyCap: 12, slotsToday: 10, intervalMs: 10_000 });
    const now = midnight - 45_000;
    const planned = planSlots(capped, countFreeSlots(capped, now, horizon), now);
    expect(planned.slots).toEqual([
      now,
      now + 10_000,
      midnight,
      midnight + 10_000,
      midnight + 20_000,
      midnight + 30_000,
      midnight + 40_000,
    ]);
    expect(planned.places).toEqual([11, 12, 1, 2, 3, 4, 5]);
    expect(planned.after).toMatchObject({ capDay: "2026-10-06", slotsToday: 5 });
  });

  test("holds on every day of a week, also when the clocks change", () => {
    const saturday = Date.UTC(2026, 9, 31, 16);
    const start = pace({ dailyCap: 50, intervalMs: 20_000, capDay: "", nextSlotAt: 0 });
    expect(perDay(run(start, 7 * 1440, minute, saturday))).toEqual(Array(8).fill(50));
  });
});

describe("a sender's ramp", () => {
  const ramp = { start: 10, step: 5, ceiling: 22, startedOn: "2026-10-05" };

  test("adds its step each day up to its ceiling", () => {
    const caps = ["2026-10-01", "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-12-01"].map(
      (date) => getEffectiveDailyCap(pace({ ramp }), date),
    );
    expect(caps).toEqual([10, 10, 15, 20, 22, 22]);
  });

  test("and its daily cap together allow the smaller of the two", () => {
    expect(getEffectiveDailyCap(pace({ ramp, dailyCap: 12 }), "2026-10-05")).toBe(10);
    expect(getEffectiveDailyCap(pace({ ramp, dailyCap: 12 }), "2026-10-07")).toBe(12);
    expect(getEffectiveDailyCap(pace({ dailyCap: 12 }), "2026-10-07")).toBe(12);
    expect(getEffectiveDailyCap(pace(), "2026-10-07")).toBeNull();
  });

  test("warms up a new mailbox day by day, and is never exceeded by one", () => {
    const slots = run(pace({ ramp, intervalMs: 60_000 }), 5 * 1440, minute);
    expect(perDay(slots)).toEqual([10, 15, 20, 22, 22, 22]);
  });
});

describe("the explanation of a sender's pace", () => {
  test("says why no email leaves now and until when", () => {
    expect(explainPaceHold(pace(), mondayAt10InNewYork)).toBeNull();
    const busy = pace({ nextSlotAt: mondayAt10InNewYork + minute });
    expect(explainPaceHold(busy, mondayAt10InNewYork)).toEqual({
      reason: "senderBusy",
      until: mondayAt10InNewYork + minute,
    });
    const full = pace({ dailyCap: 5, slotsToday: 5 });
    expect(explainPaceHold(full, mondayAt10InNewYork)).toEqual({
      reason: "dailyCapReached",
      until: midnight,
    });
    expect(findNextFreeSlot(full, mondayAt10InNewYork)).toBe(midnight);
    expect(countSlotsToday(full, mondayAt10InNewYork)).toBe(5);
    expect(countSlotsToday(full, mondayAt10InNewYork + day)).toBe(0);
  });
});

describe("a slot that was handed out", () => {
  const slot = { slotAt: mondayAt10InNewYork, intervalMs: 1000, place: 8, domainPlace: null };

  test("is kept while the sender's limits are no stricter than when it was handed out", () => {
    expect(explainInvalidSlot(pace(), slot, mondayAt10InNewYork)).toBeNull();
    expect(explainInvalidSlot(pace({ dailyCap: 8, intervalMs: 500 }), slot, mondayAt10InNewYork)).toBeNull();
  });

  test("is given up for today if the cap was cut below its place", () => {
    const hold = { reason: "dailyCapReached", until: midnight };
    expect(explainInvalidSlot(pace({ dailyCap: 7 }), slot, mondayAt10InNewYork)).toEqual(hold);
    const ramp = { start: 7, step: 1, ceiling: 50, startedOn: "2026-10-05" };
    expect(explainInvalidSlot(pace({ ramp }), slot, mondayAt10InNewYork)).toEqual(hold);
  });

  test("is planned again if the pace was slowed, or if midnight has passed under a cap", () => {
    const anew = (now: number) => ({ reason: "senderBusy", until: now });
    expect(explainInvalidSlot(pace({ intervalMs: 1001 }), slot, mondayAt10InNewYork)).toEqual(
      anew(mondayAt10InNewYork),
    );
    const late = { ...slot, slotAt: midnight - 1000 };
    expect(explainInvalidSlot(pace({ dailyCap: 50 }), late, midnight)).toEqual(anew(midnight));
    expect(explainInvalidSlot(pace(), late, midnight)).toBeNull();
  });

  test("is held to the cap for its domain, even if the cap is newer than the slot", () => {
    const placed = { ...slot, domainPlace: 3 };
    expect(explainInvalidSlot(pace({ domainDailyCap: 3 }), placed, mondayAt10InNewYork)).toBeNull();
    const hold = { reason: "domainCapReached", until: midnight };
    expect(explainInvalidSlot(pace({ domainDailyCap: 2 }), placed, mondayAt10InNewYork)).toEqual(hold);
    expect(explainInvalidSlot(pace({ domainDailyCap: 2 }), slot, mondayAt10InNewYork)?.reason).toBe(
      "senderBusy",
    );
  });
});

describe("a changed sender pace", () => {
  test("keeps the new distance from the last slot handed out", () => {
    const before = pace({ nextSlotAt: mondayAt10InNewYork + 10_000 });
    const slower = applyNewPaceLimits(before, pace({ intervalMs: 60_000 }), mondayAt10InNewYork, horizon);
    expect(slower.nextSlotAt).toBe(mondayAt10InNewYork + 9000 + 60_000);
    expect(
      applyNewPaceLimits(before, pace({ intervalMs: 100 }), mondayAt10InNewYork, horizon).nextSlotAt,
    ).toBe(mondayAt10InNewYork + 9100);
    expect(
      applyNewPaceLimits(pace(), pace({ intervalMs: 100 }), mondayAt10InNewYork, horizon).nextSlotAt,
    ).toBe(0);
  });

  test("lets a capped sender continue when its cap is raised, by no more than the raise", () => {
    const before = pace({ dailyCap: 5, slotsToday: 5, nextSlotAt: midnight });
    const limits = pace({ dailyCap: 6 });
    const after = { ...limits, ...applyNewPaceLimits(before, limits, mondayAt10InNewYork, horizon) };
    expect(after.nextSlotAt).toBe(mondayAt10InNewYork + horizon + 1000);
    expect(countFreeSlots(after, mondayAt10InNewYork + horizon, horizon)).toBe(1);
  });

  test("gives a sender no second day when it moves to another time zone", () => {
    const before = pace({ dailyCap: 5, slotsToday: 5, nextSlotAt: midnight });
    const limits = pace({ dailyCap: 5, timeZone: "Pacific/Auckland" });
    const after = { ...limits, ...applyNewPaceLimits(before, limits, mondayAt10InNewYork, horizon) };
    expect(after).toMatchObject({ capDay: "2026-10-06", slotsToday: 5 });
    expect(countFreeSlots(after, mondayAt10InNewYork + horizon, horizon)).toBe(0);
  });
});

describe("the capacity of one tick", () => {
  test("is divided evenly, and what one sender does not need goes to the others", () => {
    expect(divideFairly([10, 5000, 10], 100)).toEqual([10, 80, 10]);
    expect(divideFairly([5000, 5000, 10], 110)).toEqual([50, 50, 10]);
    expect(divideFairly([3, 4], 100)).toEqual([3, 4]);
    expect(divideFairly([5, 5, 5], 2)).toEqual([0, 1, 1]);
    expect(divideFairly([], 100)).toEqual([]);
  });
});

describe("a least gap between two emails", () => {
  test("is kept even by an email that leaves late by the tolerance", () => {
    for (const seconds of [1, 30, 59, 60, 61, 540, 86_400]) {
      const interval = computeSlotIntervalMs(1, seconds);
      expect(interval - getDepartureToleranceMs(interval)).toBeGreaterThanOrEqual(seconds * 1000);
    }
  });

  test("does not shorten the interval of a slow rate", () => {
    expect(computeSlotIntervalMs(90_000, 60)).toBe(90_000);
    expect(computeSlotIntervalMs(90_000, 0)).toBe(90_000);
  });
});
