/// <reference path="../worker/fuzz-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount } from "./depth.ts";

/**
 * Provides the fuzz suite's seed and number of cases. The seed and so the result are the same on
 * every run; `FUZZ_SEED` sets another seed.
 */
export function provideFuzzSettings(project: TestProject): void {
  project.provide("fuzz", {
    seed: Number(process.env.FUZZ_SEED ?? 124_343),
    cases: Number(process.env.FUZZ_CASES ?? chooseRunCount(2000, 10_000)),
  });
}
