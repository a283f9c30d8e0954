import { basename } from "node:path";

/** A test with its duration. `file` is the path of the test's file. */
export type TimedTest = { file: string; name: string; ms: number };

const shown = 20;

/** Returns a text table of the slowest tests, the slowest first. */
export function formatSlowestTests(tests: readonly TimedTest[]): string {
  const slowest = [...tests].sort((one, other) => other.ms - one.ms).slice(0, shown);
  const rows = slowest.map(({ file, name, ms }) => formatRow(ms, `${basename(file)}  ${name}`));
  return [`The slowest ${rows.length} of ${tests.length} tests`, ...rows].join("\n");
}

/** Returns a text table of the slowest test files. A file's duration is the sum of its tests. */
export function formatSlowestFiles(tests: readonly TimedTest[]): string {
  const files = new Map<string, number>();
  for (const { file, ms } of tests) files.set(file, (files.get(file) ?? 0) + ms);
  const slowest = [...files].sort(([, one], [, other]) => other - one).slice(0, shown);
  return [
    `The slowest ${slowest.length} files`,
    ...slowest.map(([file, ms]) => formatRow(ms, basename(file))),
  ].join("\n");
}

function formatRow(ms: number, text: string): string {
  const oneLine = text.replace(/\s+/g, " ");
  const short = oneLine.length > 110 ? `${oneLine.slice(0, 109)}…` : oneLine;
  return `${(ms / 1000).toFixed(1).padStart(7)} s  ${short}`;
}
