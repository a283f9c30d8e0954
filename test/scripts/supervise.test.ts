import { expect, test } from "vitest";
import { type SupervisedRun, startSupervisor } from "../../scripts/supervise.ts";

/**
 * Returns a function that starts fake processes, which a test ends by hand, and a clock that a test
 * sets.
 */
function createRuns() {
  let now = 0;
  const runs: { end: (reason: string) => void; stops: number }[] = [];
  const start = (): SupervisedRun => {
    const run = { end: (_reason: string): void => undefined, stops: 0 };
    const ended = new Promise<string>((resolve) => {
      run.end = resolve;
    });
    runs.push(run);
    return {
      ended,
      stop: async () => {
        run.stops += 1;
        run.end("stopped");
      },
    };
  };
  const limits = { fastMs: 30_000, fastEnds: 3, now: () => now };
  const endAfter = async (ms: number) => {
    now += ms;
    runs.at(-1)?.end("exit code 1");
    await new Promise((done) => setTimeout(done));
  };
  return { start, limits, runs, endAfter };
}

test("a run that ends late is reported, cleaned up and started again each time", async () => {
  const { start, limits, runs, endAfter } = createRuns();
  const said: string[] = [];
  const supervised = startSupervisor(start, (line) => said.push(line), limits);
  for (let time = 0; time < 5; time += 1) await endAfter(60_000);
  expect(runs.map(({ stops }) => stops)).toEqual([1, 1, 1, 1, 1, 0]);
  expect(said).toEqual(Array(5).fill("The Worker ended (exit code 1); starting it again."));
  await supervised.stop();
  await supervised.finished;
});

test("three quick ends in a row stop the supervisor, and a long run resets the count", async () => {
  const { start, limits, runs, endAfter } = createRuns();
  const { finished } = startSupervisor(start, () => undefined, limits);
  const refused = expect(finished).rejects.toThrow("ended 3 times soon after its start (exit code 1)");
  for (const ms of [1000, 1000, 60_000, 1000, 1000, 1000]) await endAfter(ms);
  await refused;
  expect(runs).toHaveLength(6);
});

test("stop ends the run and starts no other", async () => {
  const { start, limits, runs } = createRuns();
  const supervised = startSupervisor(start, () => undefined, limits);
  await supervised.stop();
  await supervised.finished;
  expect(runs.map(({ stops }) => stops)).toEqual([1]);
});
