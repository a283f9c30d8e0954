/// <reference path="../worker/depth.d.ts" />
import type { TestProject } from "vitest/node";

/** True in `npm run test:deep`, which sets `TEST_DEPTH=deep`. */
export const isDeep = process.env.TEST_DEPTH === "deep";

/**
 * Returns the number of cases that a random test should run: `usual` in `npm test`, `deep` in `npm
 * run test:deep`.
 */
export function chooseRunCount(usual: number, deep: number): number {
  return isDeep ? deep : usual;
}

export function provideTestDepth(project: TestProject): void {
  project.provide("isDeep", isDeep);
}
