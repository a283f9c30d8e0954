/// <reference path="../worker/fuzz-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount } from "./depth.ts";

/**
 * Provides the same seed on every run, so that the suite always has the same result. FUZZ_SEED sets
 * another one.
 */
export function provideFuzzSettings(project: TestProject): void {
  project.provide("fuzz", {
    seed: Number(process.env.FUZZ_SEED ?? 124_343),
    cases: Number(process.env.FUZZ_CASES ?? chooseRunCount(2000, 10_000)),
  });
}
