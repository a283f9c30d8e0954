/// <reference path="../worker/fuzz-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount } from "./depth.ts";

/**
 * Provides the seed and the number of cases of the fuzz suite, which tests with broken input. The
 * seed is the same on every run, unless `FUZZ_SEED` sets another seed.
 */
export function provideFuzzSettings(project: TestProject): void {
  project.provide("fuzz", {
    seed: Number(process.env.FUZZ_SEED ?? 124_343),
    cases: Number(process.env.FUZZ_CASES ?? chooseRunCount(1000, 10_000)),
  });
}
