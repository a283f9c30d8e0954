/// <reference path="../worker/chaos/settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount } from "./depth.ts";

/**
 * Provides the size and the first seed of the chaos suite, which runs campaigns with random faults.
 * The seeds are the same on every run, unless the environment sets other seeds.
 */
export function provideChaosSettings(project: TestProject): void {
  project.provide("chaos", {
    seed: wholeNumber("CHAOS_SEED", 1),
    runs: wholeNumber("CHAOS_RUNS", process.env.CHAOS_SEED === undefined ? chooseRunCount(3, 40) : 1),
    recipients: wholeNumber("CHAOS_RECIPIENTS", 10),
  });
}

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on`);
  return value;
}
