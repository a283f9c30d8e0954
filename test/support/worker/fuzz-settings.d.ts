import "vitest";

/** The number of broken inputs and their seed: `FUZZ_SEED`, `FUZZ_CASES`. */
export type FuzzSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    fuzz: FuzzSettings;
  }
}
