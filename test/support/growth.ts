/**
 * The greatest number of tries of one measurement. Another process can slow down a single try, but
 * not all tries.
 */
const mostTries = 10;
/**
 * The shortest time, in ms, that counts for the short text in the ratio. A shorter measured time
 * would mostly be the clock's error.
 */
const leastMs = 5;

/**
 * The greatest ratio that counts as linear growth. For a text of eight times the length, linear
 * work takes 8 times as long, and quadratic work takes 64 times as long.
 */
export const maxLinearTimeGrowth = 40;

/**
 * Returns how many times longer `run` takes for a text that is eight times as long. Returns the
 * smallest ratio of several tries, which a test compares with `maxLinearTimeGrowth`.
 * @param part the piece of text to repeat, or a function that builds a text of a given length
 * @param longest the length of the longer text, in characters
 */
export function measureTimeGrowth(
  run: (text: string) => unknown,
  part: string | ((length: number) => string),
  longest: number,
): number {
  const build =
    typeof part === "string" ? (length: number) => part.repeat(Math.ceil(length / part.length)) : part;
  const [long, short] = [build(longest), build(longest / 8)];
  const time = (text: string) => {
    const startedAt = performance.now();
    run(text);
    return performance.now() - startedAt;
  };
  time(short);
  let growth = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < mostTries && growth >= maxLinearTimeGrowth; tries += 1) {
    const longMs = time(long);
    growth = Math.min(growth, longMs / Math.max(Math.min(time(short), time(short)), leastMs));
  }
  return growth;
}
