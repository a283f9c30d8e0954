import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

// wrangler.toml names this folder, and the pool refuses to start without it: the tests need nothing that is in it.
mkdirSync(join(import.meta.dirname, "dist", "plugin"), { recursive: true });

const migrations = await readD1Migrations("./migrations");

/** The network as a Worker has it, which also trusts the authority of the test mail servers' certificates (PEM). */
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

/** Two runtimes: rules and tools in Node; everything that touches the platform in workerd, on real D1 and real queues. */
export default defineConfig({
  test: {
    // A file's Worker takes longer to start than to test: on two cores, two at once.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
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
