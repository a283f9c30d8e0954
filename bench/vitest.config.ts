import { defineConfig } from "vitest/config";
import { workerRuntime } from "../vitest.config.ts";

/** The Worker tests' runtime, with the benches instead of the tests. */
export default defineConfig({
  ...workerRuntime,
  root: new URL("..", import.meta.url).pathname,
  test: { ...workerRuntime.test, include: ["bench/**/*.bench.ts"] },
});
