import { rmSync } from "node:fs";
import { relative } from "node:path";
import { demoState, holderOf } from "./demo-state.ts";
import { main, root, Stop } from "./process.ts";

await main(async () => {
  const state = demoState();
  const holder = holderOf(state);
  if (holder !== null)
    throw new Stop(`The demo is running (process ${holder.pid}); end it first with Ctrl-C.`);
  rmSync(state.folder, { recursive: true, force: true });
  console.log(`${relative(root, state.folder)} is empty; the next \`npm start\` begins afresh.`);
});
