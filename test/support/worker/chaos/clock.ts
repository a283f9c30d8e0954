/**
 * The moment of an event: its number in the order of all events, the true time, and the time that
 * the engine's clock showed.
 */
export type EventStamp = { order: number; at: number; seen: number };

/**
 * A clock of simulated time. Everything that happens outside the engine is an event. Between two
 * events, the clock stands still, and the engine runs until the engine has to wait for an event.
 */
export type SimulatedClock = {
  /** Returns the true time, as ms UTC. The true time never goes back. */
  now(): number;
  /**
   * Returns the time that the engine's clock shows. While the engine's clock is set back, this time
   * is behind the true time.
   */
  seen(): number;
  setBack(ms: number): void;
  stamp(): EventStamp;
  after(ms: number, happens: () => void | Promise<void>): void;
  /** Returns the time of the next event, or null if no event is planned. */
  nextAt(): number | null;
  /**
   * Moves the clock to the next event, runs the event, and waits until the engine has to wait for
   * another event.
   */
  step(): Promise<void>;
};

export function createSimulatedClock(start: number): SimulatedClock {
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
      // Events of the same time run in the order in which they were added.
      const later = events.findLastIndex((event) => event.at <= at);
      events.splice(later + 1, 0, { at, happens });
    },
    nextAt: () => events[0]?.at ?? null,
    async step() {
      const event = events.shift();
      if (event === undefined) return;
      now = event.at;
      await event.happens();
      await waitForIdleEngine();
    },
  };
}

/**
 * Waits for one turn of the event loop. In this turn, every promise settles that does not wait for
 * an event of the simulation.
 */
function waitForIdleEngine(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
