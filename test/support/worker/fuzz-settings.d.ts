import "vitest";

/** How many broken inputs are made, and from which seed: `FUZZ_SEED`, `FUZZ_CASES`. */
export type FuzzSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    fuzz: FuzzSettings;
  }
}
