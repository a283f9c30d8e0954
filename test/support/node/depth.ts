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

/**
 * Returns the seed of a random test: the same one on every `npm test`, and a new one on every `npm
 * run test:deep`. The environment variable `name` sets another seed, for example to repeat a run.
 */
export function chooseSeed(name: string, usual: number): number {
  const { [name]: asked } = process.env;
  if (asked !== undefined) return Number(asked);
  return isDeep ? Date.now() % 1_000_000 : usual;
}

export function provideTestDepth(project: TestProject): void {
  project.provide("isDeep", isDeep);
}
