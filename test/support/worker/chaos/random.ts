/**
 * A stream of repeatable random numbers. The same seed and the same stream name produce the same
 * numbers in the same order.
 */
export type Random = {
  /** Returns a number x with 0 ≤ x < 1. */
  next(): number;
  chance(probability: number): boolean;
  /** Returns a whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
};

/**
 * Creates a stream of random numbers. Each part of a run has its own stream, so that a new draw in
 * one part does not change the numbers of another part.
 */
export function createRandom(seed: number, stream: string): Random {
  let state = hash(`${seed} ${stream}`);
  // This is mulberry32. Its 32 bits of state give enough different runs.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
  };
}

/** Returns the text's FNV-1a hash. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value;
}
