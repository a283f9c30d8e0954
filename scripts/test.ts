import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findOrInstallBrowser } from "./browser.ts";
import { buildDemo, buildPlugin } from "./build.ts";
import {
  type CheckFaultText,
  checkCommentWidth,
  checkDeploy,
  checkLint,
  checkMigrations,
  checkTypes,
} from "./checks.ts";
import { checkPluginSize } from "./plugin-size.ts";
import {
  projectRoot,
  quietEnvironment,
  runTool,
  runWhenParentEnds,
  stopRunningTools,
  UserFacingError,
} from "./process.ts";
import { formatSlowestFiles, formatSlowestTests, type TimedTest } from "./slowest.ts";

/** True if the environment has `CI=true`: adds the checks that a pull request must also pass. */
const isCi = /^(1|true|yes)$/i.test(process.env.CI ?? "");
const minuteMs = 60_000;
/** True if `--deep` is given: runs the random tests in full. */
const isDeep = process.argv.includes("--deep");
const usesBrowser = !process.argv.includes("--no-browser");

type Part = { passed: number; failed: number; output: string };

const total = { passed: 0, failed: 0 };
const timed: TimedTest[] = [];

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, endAndExit);
}
runWhenParentEnds(endAndExit);

await runPart("build", toPart(build));
// The check of the types uses one core, and the other checks run beside it.
await Promise.all([runPart("types", toPart(checkTypes)), runShortChecks()]);
await runPart("vitest", runVitest);
if (usesBrowser) await runPart("browser", runPlaywright);

console.log(`\n${formatSlowestTests(timed)}\n\n${formatSlowestFiles(timed)}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runShortChecks(): Promise<void> {
  await runPart("lint", toPart(checkLint));
  await runPart("width of comments", toPart(checkCommentWidth));
  if (!isCi) return;
  await runPart("migrations match the schema", toPart(checkMigrations));
  await runPart("deploy --dry-run", toPart(checkDeploy));
  await runPart("plugin size", toPart(checkPluginSize));
}

function endAndExit(): void {
  stopRunningTools();
  process.exit(130);
}

async function runPart(name: string, run: () => Promise<Part>): Promise<void> {
  const startedAt = performance.now();
  const { passed, failed, output } = await run();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const counts = passed + failed === 1 ? "" : `, ${passed} passed, ${failed} failed`;
  if (failed > 0) console.log(`\n${output.trim()}\n`);
  console.log(`${failed === 0 ? "ok    " : "FAILED"} ${name}${counts} (${seconds} s)`);
}

/** Returns a part of the test run that counts the check as one test. */
function toPart(run: () => Promise<CheckFaultText>): () => Promise<Part> {
  return async () => {
    const output = await run().catch((error: unknown) =>
      String(error instanceof Error ? error.message : error),
    );
    return output === "" ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
  };
}

async function build(): Promise<CheckFaultText> {
  await buildPlugin();
  await buildDemo();
  return "";
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; assertionResults: { fullName: string; duration?: number | null }[] }[];
};

async function runVitest(): Promise<Part> {
  const report = prepareReport("vitest.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code, output } = await runTool("vitest", args, {
    timeoutMs: (isDeep ? 90 : 40) * minuteMs,
    env: { ...quietEnvironment, ...(isDeep && { TEST_DEPTH: "deep" }) },
  });
  const counts = readReport<VitestReport>(report);
  for (const { name: file, assertionResults } of counts?.testResults ?? []) {
    for (const { fullName: name, duration } of assertionResults)
      timed.push({ file, name, ms: duration ?? 0 });
  }
  return sumTests(counts?.numPassedTests ?? 0, counts?.numFailedTests ?? 0, code, output);
}

type PlaywrightSuite = {
  file: string;
  specs: { title: string; tests: { results: { duration: number }[] }[] }[];
  suites?: PlaywrightSuite[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
};

function listTimedTests({ file, specs, suites = [] }: PlaywrightSuite): TimedTest[] {
  const own = specs.map(({ title, tests }) => {
    const results = tests.flatMap(({ results }) => results);
    return { file, name: title, ms: results.reduce((sum, { duration }) => sum + duration, 0) };
  });
  return [...own, ...suites.flatMap(listTimedTests)];
}

async function runPlaywright(): Promise<Part> {
  const browser = await findOrInstallBrowser();
  if ("howTo" in browser) return { passed: 0, failed: 1, output: browser.howTo };
  const report = prepareReport("playwright.json");
  const { code, output } = await runTool("playwright", ["test", "--reporter=list,json"], {
    timeoutMs: (isDeep ? 60 : 40) * minuteMs,
    env: {
      ...quietEnvironment,
      ...(isDeep && { TEST_DEPTH: "deep" }),
      CHROMIUM_PATH: browser.path,
      // The part "build" has built the pages that the demo serves.
      E2E_BUILT: "1",
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  const counts = readReport<PlaywrightReport>(report);
  const stats = counts?.stats;
  timed.push(...(counts?.suites ?? []).flatMap(listTimedTests));
  // A test that passed only on a second try counts as failed.
  return sumTests(stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0), code, output);
}

/**
 * Returns the counts of a part. Counts one failure if the tool failed without a failed test or ran
 * no test, for example because a test file does not load.
 */
function sumTests(passed: number, failed: number, code: number, output: string): Part {
  const isUnexplained = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: isUnexplained ? 1 : failed, output };
}

function prepareReport(name: string): string {
  const folder = join(projectRoot, ".wrangler", "reports");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  rmSync(path, { force: true });
  return path;
}

function readReport<Report>(path: string): Report | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    throw new UserFacingError(`${path} was cut off.`);
  }
}
