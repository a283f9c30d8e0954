import { describe, expect, test } from "vitest";
import { planSlots, type SenderPace, slotCapacity } from "../../worker/domain/pacing.ts";
import { monday10 } from "../support/candidate.ts";

const pace = (change: Partial<SenderPace> = {}): SenderPace => ({
  intervalMs: 1000,
  dailyCap: null,
  timeZone: "America/New_York",
  nextSlotAt: 0,
  capDay: "2026-10-05",
  slotsToday: 0,
  ...change,
});

/** Takes everything a sender offers, tick after tick, and gives the slots handed out. */
function run(start: SenderPace, ticks: number, everyMs: number): number[] {
  let current = start;
  const slots: number[] = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    const now = monday10 + tick * everyMs;
    const planned = planSlots(current, slotCapacity(current, now, 90_000), now);
    slots.push(...planned.slots);
    current = { ...current, ...planned.after };
  }
  return slots;
}

describe("the slot clock", () => {
  test.each([60_000, 30_000, 1000, 20])(
    "never has two emails closer than %d ms, however the ticks fall",
    (intervalMs) => {
      const slots = run(pace({ intervalMs }), 5, 61_000);
      const gaps = slots.slice(1).map((slot, index) => slot - (slots[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(intervalMs);
    },
  );

  test.each([60_000, 1000, 20])(
    "leaves none of the rate unused between ticks at one per %d ms",
    (intervalMs) => {
      const slots = run(pace({ intervalMs }), 10, 60_000);
      const minutes = 10;
      const inTime = slots.filter((slot) => slot < monday10 + minutes * 60_000).length;
      expect(inTime).toBe((minutes * 60_000) / intervalMs);
    },
  );

  test("starts from now after a rest, without a burst", () => {
    expect(planSlots(pace({ nextSlotAt: monday10 - 3_600_000 }), 3, monday10).slots).toEqual([
      monday10,
      monday10 + 1000,
      monday10 + 2000,
    ]);
  });

  test("offers nothing while its next slot is beyond the horizon", () => {
    expect(slotCapacity(pace({ nextSlotAt: monday10 + 90_000 }), monday10, 90_000)).toBe(0);
  });
});

describe("the daily cap", () => {
  test("is never exceeded by one, and the clock then waits for the sender's next day", () => {
    const capped = pace({ dailyCap: 30, slotsToday: 28 });
    expect(slotCapacity(capped, monday10, 90_000)).toBe(2);
    const { after } = planSlots(capped, 2, monday10);
    expect(after).toMatchObject({ slotsToday: 30, nextSlotAt: Date.UTC(2026, 9, 6, 4) });
    expect(slotCapacity({ ...capped, ...after }, monday10, 90_000)).toBe(0);
  });

  test("is whole again on the next day", () => {
    const tomorrow = monday10 + 24 * 3_600_000;
    expect(slotCapacity(pace({ dailyCap: 30, slotsToday: 30 }), tomorrow, 90_000)).toBe(30);
  });
});
