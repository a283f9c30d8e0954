import "vitest";

/**
 * The size of the chaos suite, from the variables `CHAOS_SEED`, `CHAOS_RUNS` and
 * `CHAOS_RECIPIENTS`. Code in Node and in the Worker's runtime imports this file.
 */
export type ChaosSettings = { seed: number; runs: number; recipients: number };

declare module "vitest" {
  interface ProvidedContext {
    chaos: ChaosSettings;
  }
}
