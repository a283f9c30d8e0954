import { startBundledWorker, type WorkerRun } from "./bundled-worker.ts";

/*
 * The process that `KillableWorker` kills. Starts the Worker that the first argument describes (a
 * `WorkerRun` as JSON), and then runs a tick for each message and answers with its outcome.
 */
const worker = await startBundledWorker(JSON.parse(process.argv[2] ?? "") as WorkerRun);
process.on("message", () => {
  worker.runTick().then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => process.send?.(String(error)),
  );
});
process.send?.("ready");
