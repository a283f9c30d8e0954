import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyLocalMigrations } from "../../scripts/local-migrations.ts";
import { projectRoot, runTool } from "../../scripts/process.ts";

test("a new demo database has every migration, as wrangler itself records them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "doorknock-migrations-"));
  try {
    await applyLocalMigrations(folder);
    const args = ["d1", "migrations", "list", "DB", "--local", "--config", "demo/wrangler.toml"];
    const { code, output } = await runTool("wrangler", [...args, "--persist-to", folder], {
      cwd: projectRoot,
    });
    expect([code, output]).toEqual([0, expect.stringContaining("No migrations to apply")]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
