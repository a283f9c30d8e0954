import "vitest";

/**
 * The size of the chaos suite: `CHAOS_SEED`, `CHAOS_RUNS` and `CHAOS_RECIPIENTS`. Node and the
 * Worker's runtime read this file.
 */
export type ChaosSettings = { seed: number; runs: number; recipients: number };

declare module "vitest" {
  interface ProvidedContext {
    chaos: ChaosSettings;
  }
}
