/// <reference path="../worker/fuzz-settings.d.ts" />
import type { TestProject } from "vitest/node";

/** A new seed every time, which the suite prints; FUZZ_SEED runs one again. */
export function provideFuzzSettings(project: TestProject): void {
  project.provide("fuzz", {
    seed: Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000),
    cases: Number(process.env.FUZZ_CASES ?? 10_000),
  });
}
