/// <reference path="../worker/mail-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount, chooseSeed } from "./depth.ts";

/**
 * Provides the seed and the number of cases of the mail suite, which composes random emails. The
 * suite prints the seed, and `MAIL_SEED` repeats a run.
 */
export function provideMailSuiteSettings(project: TestProject): void {
  project.provide("mail", {
    seed: chooseSeed("MAIL_SEED", 633_070),
    cases: Number(process.env.MAIL_CASES ?? chooseRunCount(600, 10_000)),
  });
}
