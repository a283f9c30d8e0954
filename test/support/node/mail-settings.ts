/// <reference path="../worker/mail-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount } from "./depth.ts";

/**
 * Provides the seed and the number of cases of the mail suite, which composes random emails. The
 * seed is new on every run. The suite prints the seed, and `MAIL_SEED` repeats a run.
 */
export function provideMailSuiteSettings(project: TestProject): void {
  project.provide("mail", {
    seed: Number(process.env.MAIL_SEED ?? Date.now() % 1_000_000),
    cases: Number(process.env.MAIL_CASES ?? chooseRunCount(1500, 10_000)),
  });
}
