import { rmSync } from "node:fs";
import { relative } from "node:path";
import { findDemoLockHolder, getDemoPaths } from "./demo-state.ts";
import { projectRoot, runMain, UserFacingError } from "./process.ts";

await runMain(async () => {
  const state = getDemoPaths();
  const holder = findDemoLockHolder(state);
  if (holder !== null)
    throw new UserFacingError(`The demo is running (process ${holder.pid}); end it first with Ctrl-C.`);
  rmSync(state.folder, { recursive: true, force: true });
  console.log(`${relative(projectRoot, state.folder)} is empty; the next \`npm start\` begins afresh.`);
});
