import "vitest";

/**
 * The size of the chaos suite: `CHAOS_SEED`, `CHAOS_RUNS` and `CHAOS_RECIPIENTS`. Both runtimes,
 * Node and the Worker's, read this file.
 */
export type ChaosSettings = { seed: number; runs: number; recipients: number };

declare module "vitest" {
  interface ProvidedContext {
    chaos: ChaosSettings;
  }
}
