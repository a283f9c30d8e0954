/// <reference path="../worker/mail-settings.d.ts" />
import type { TestProject } from "vitest/node";
import { chooseRunCount } from "./depth.ts";

/** Provides a new seed on every run, which the suite prints. MAIL_SEED repeats a run. */
export function provideMailSettings(project: TestProject): void {
  project.provide("mail", {
    seed: Number(process.env.MAIL_SEED ?? Date.now() % 1_000_000),
    cases: Number(process.env.MAIL_CASES ?? chooseRunCount(1500, 10_000)),
  });
}
