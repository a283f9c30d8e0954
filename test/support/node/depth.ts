/// <reference path="../worker/depth.d.ts" />
import type { TestProject } from "vitest/node";

/** `TEST_DEPTH=deep` is what `npm run test:deep` sets. Nothing else reads it. */
const isDeep = process.env.TEST_DEPTH === "deep";

/** Returns how often a random test runs: `usual` in `npm test`, `deep` in `npm run test:deep`. */
export function chooseRunCount(usual: number, deep: number): number {
  return isDeep ? deep : usual;
}

export function provideDepth(project: TestProject): void {
  project.provide("isDeep", isDeep);
}
