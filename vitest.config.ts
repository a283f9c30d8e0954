import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { keepTemporaryFilesInMemory } from "./test/support/node/memory-files.ts";

keepTemporaryFilesInMemory();

// wrangler.toml names this folder. The Worker tests need it to start, and use no file of it.
mkdirSync(join(import.meta.dirname, "dist", "plugin"), { recursive: true });

const migrations = await readD1Migrations("./migrations");

/** Gives a Worker its network, which also trusts the test mail servers' authority (PEM). */
const networkTrusting = (authority: string) => ({
  network: {
    allow: ["public", "private"],
    tlsOptions: { trustBrowserCas: true, trustedCertificates: [authority] },
  },
});

/** workerd, with real D1, real migrations and real queues. */
const workerRuntime = {
  plugins: [
    cloudflareTest(({ inject }) => ({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        outboundService: networkTrusting(inject("providerServers").certificateAuthority),
        bindings: {
          TEST_MIGRATIONS: migrations,
          CREDENTIALS_KEY: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
          LINK_KEY: "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
          PUBLIC_URL: "https://mail.test",
          INBOUND_DOMAIN: "reply.test",
        },
      },
    })),
  ],
  test: { globalSetup: ["./test/support/node/global-setup.ts"] },
};

/**
 * Tells whether an unhandled error is workerd's own. If a server resets a connection, workerd now
 * and then rejects a promise of its `node:net` that no caller holds, so no code can handle it. The
 * email's own result is asserted by the test that resets the connection.
 */
const isResetConnection = ({ message, retryable }: { message: string; retryable?: unknown }) =>
  message === "Network connection lost." && retryable === true;

/** Rules and tools run in Node. What touches the platform runs in workerd, on D1 and queues. */
export default defineConfig({
  test: {
    // One more than the cores, because Worker tests wait often.
    maxWorkers: availableParallelism() + 1,
    // Enough for a machine that is busy with other work: most tests take under a second. A deep run
    // has no limit for a single test, and ends by the limit of the whole run in scripts/test.ts.
    testTimeout: process.env.TEST_DEPTH === "deep" ? 0 : 60_000,
    hookTimeout: 60_000,
    onUnhandledError: (error) => !isResetConnection(error),
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          // The files of one worker share their modules. Loading the modules anew for each file
          // took as much processor time as the tests.
          isolate: false,
          include: [
            "test/domain/**/*.test.ts",
            "test/plugin/**/*.test.{ts,tsx}",
            "test/scripts/**/*.test.ts",
            "test/architecture.test.ts",
          ],
        },
      },
      {
        extends: true,
        ...workerRuntime,
        test: {
          ...workerRuntime.test,
          name: "worker",
          // The files of one worker share a runtime and a database, which each test empties.
          // A runtime for each file took more time to start than the tests took to run.
          isolate: false,
          include: [
            "test/worker/**/*.test.ts",
            "test/providers/**/*.test.ts",
            "test/stories/**/*.test.ts",
            "bench/**/*.bench.ts",
          ],
        },
      },
    ],
  },
});
