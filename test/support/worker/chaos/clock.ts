/** When something happened: its place among everything that did, the time that had really passed, and what the clock showed. */
export type Stamp = { order: number; at: number; seen: number };

/**
 * Simulated time. Whatever happens outside the engine is an event in it; between two events the engine runs as far as
 * it can, and the clock stands still.
 */
export type Clock = {
  /** The time that has really passed, as ms UTC. Never goes back. */
  now(): number;
  /** What the engine reads: behind by as much as the clock was set back. */
  seen(): number;
  setBack(ms: number): void;
  stamp(): Stamp;
  after(ms: number, happens: () => void | Promise<void>): void;
  /** When the next event happens; null when nothing is to come. */
  nextAt(): number | null;
  /** Moves on to the next event, lets it happen, and waits until the engine has done what it can. */
  step(): Promise<void>;
};

export function createClock(start: number): Clock {
  let now = start;
  let behind = 0;
  let order = 0;
  const events: { at: number; happens: () => void | Promise<void> }[] = [];
  return {
    now: () => now,
    seen: () => now - behind,
    setBack(ms) {
      behind = ms;
    },
    stamp() {
      order += 1;
      return { order, at: now, seen: now - behind };
    },
    after(ms, happens) {
      const at = now + Math.max(0, Math.round(ms));
      // Behind all of the same time, so that what was asked for first happens first.
      const later = events.findLastIndex((event) => event.at <= at);
      events.splice(later + 1, 0, { at, happens });
    },
    nextAt: () => events[0]?.at ?? null,
    async step() {
      const event = events.shift();
      if (event === undefined) return;
      now = event.at;
      await event.happens();
      await engineIsIdle();
    },
  };
}

/** A turn of the event loop: every promise the engine can settle by itself has settled when it comes round. */
function engineIsIdle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
