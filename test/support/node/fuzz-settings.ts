/// <reference path="../worker/fuzz-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { share } from "./depth.ts";

/** The same seed every time, so that the suite says the same; FUZZ_SEED runs another. */
export function provideFuzzSettings(project: TestProject): void {
  project.provide("fuzz", {
    seed: Number(process.env.FUZZ_SEED ?? 124_343),
    cases: Number(process.env.FUZZ_CASES ?? share(2000, 10_000)),
  });
}
