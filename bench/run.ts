import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPlugin } from "../scripts/build.ts";
import { measurePluginFiles } from "../scripts/plugin-size.ts";
import { projectRoot, quietEnvironment, runMain, runTool, UserFacingError } from "../scripts/process.ts";
import type { EmailLifecycleCost } from "../test/support/lifecycle-cost.ts";

type CostLine = { people: number; bystanders: number; cost: EmailLifecycleCost };

/*
 * Measures the rows that D1 reads and writes, and the bytes of the plugin. These numbers are the
 * same on every machine, unlike times.
 */
await runMain(async () => {
  await buildPlugin();
  const { code, output } = await runTool("vitest", ["run", "--project", "worker", "bench/"], {
    timeoutMs: 10 * 60_000,
    env: { ...quietEnvironment, TEST_DEPTH: "deep" },
  });
  if (code !== 0) throw new UserFacingError(output);
  const costs = [...output.matchAll(/BENCH (\{.*\})$/gm)].map(
    ([, json = ""]) => JSON.parse(json) as CostLine,
  );
  if (costs.length === 0) throw new UserFacingError(`No figures came out of the bench:\n${output}`);
  console.log("Rows per email (written / read): claim, send, delivered + opened + clicked, total");
  for (const { people, bystanders, cost } of costs) {
    const stage = ({ written, read }: EmailLifecycleCost["total"]) =>
      `${written.toFixed(2)} / ${read.toFixed(1)}`;
    const stages = [cost.claimed, cost.sent, cost.cameBack, cost.total].map(stage).join("   ");
    console.log(`${String(people + bystanders).padStart(7)} recipients   ${stages}`);
  }
  const sizes = measurePluginFiles();
  console.log("Plugin, bytes gzipped");
  for (const { name, bytes, budget } of sizes)
    console.log(`${String(bytes).padStart(7)} of ${budget}   ${name}`);
  const results = { rowsPerEmail: costs, pluginBytes: sizes };
  writeFileSync(join(projectRoot, "bench", "results.json"), `${JSON.stringify(results, null, 2)}\n`);
});
