/*
 * Slots are planned a minute ahead, and a queue delivers some of them late. So the spacing that a sender promises is
 * kept a second time, for what really leaves: from its last departure on, nothing leaves for one interval.
 */

/** An interval is this much longer than the rate asks, so that an email may leave this much after its moment. */
const spareShare = 1 / 50;
const minuteMs = 60_000;

/**
 * Milliseconds between two emails at this rate. A fiftieth of the rate stays unused: it is the room within which an
 * email may leave late without any minute (or interval, where that is longer) having one too many. Rates so fast that whole
 * milliseconds can't express it have no such room.
 */
export function intervalOf(ratePerSecond: number): number {
  const exactMs = 1000 / ratePerSecond;
  const roomyMs = Math.floor(exactMs / (1 - spareShare));
  return Math.max(Math.ceil(exactMs), roomyMs);
}

/** The plainest rate that gives this interval, so that a form shows again what was typed into it. */
export function rateOf(intervalMs: number): number {
  const exact = 1000 / intervalMs;
  const plain = [exact, exact / (1 - spareShare)].flatMap((rate) =>
    [0, 1, 2, 3, 4].map((digits) => Number(rate.toFixed(digits))),
  );
  return plain.find((rate) => rate > 0 && intervalOf(rate) === intervalMs) ?? exact;
}

/** How long after its moment an email may still leave: what its interval is longer by than what was promised. */
export function toleranceOf(intervalMs: number): number {
  return Math.floor(Math.max(intervalMs, minuteMs) * spareShare);
}

/** When emails that stand in line leave: none before its slot, each one interval after the one before. */
export function departuresFrom(freeAt: number, slots: readonly number[], intervalMs: number): number[] {
  const departures: number[] = [];
  for (const slotAt of slots) {
    const before = departures.at(-1);
    departures.push(Math.max(slotAt, before === undefined ? freeAt : before + intervalMs));
  }
  return departures;
}

/**
 * Whether it can leave in its own slot's time. Slots are an interval apart, so that such departures need not be noted to
 * keep their distance; late ones are. Only where no slot outlives its successor's beginning.
 */
export function isPunctual(slotAt: number, intervalMs: number, now: number): boolean {
  return intervalMs >= minuteMs && now <= slotAt + toleranceOf(intervalMs) / 2;
}
