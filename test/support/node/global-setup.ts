import type { TestProject } from "vitest/node";
import { provideChaosSettings } from "./chaos-settings.ts";
import { provideTestDepth } from "./depth.ts";
import { provideFuzzSettings } from "./fuzz-settings.ts";
import { provideExpectedHandlebarsOutputs } from "./handlebars-expected.ts";
import { provideMailSuiteSettings } from "./mail-settings.ts";
import { startProviderServers } from "./provider-servers.ts";
import { startSpamChecker } from "./spam-checker.ts";

/**
 * Starts the servers that Worker tests call over the network, and returns a function that stops the
 * servers. Tests get the servers' addresses and the suites' settings through vitest's `provide`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  provideChaosSettings(project);
  provideTestDepth(project);
  provideFuzzSettings(project);
  provideExpectedHandlebarsOutputs(project);
  provideMailSuiteSettings(project);
  const stopServers = await startProviderServers(project);
  const stopChecker = await startSpamChecker(project);
  return async () => {
    await Promise.all([stopServers(), stopChecker()]);
  };
}
