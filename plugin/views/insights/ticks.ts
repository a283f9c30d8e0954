/** The most lines that a chart has above its base line. */
const mostSteps = 4;

/**
 * Returns the values of a chart's lines, from 0 to at least `largest`. The distance between two
 * lines is a round number: 1, 2, 5, 10, 20 and so on.
 */
export function listChartLineValues(largest: number): number[] {
  const step = findStep(Math.max(largest, 1) / mostSteps);
  const count = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function findStep(least: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((factor) => factor * power).find((one) => one >= least);
    if (step !== undefined) return step;
  }
}

/** Returns the indexes of at most `most` labels among `count` columns, evenly spaced. */
export function chooseLabelIndexes(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
