import "vitest";

/** The seed of the broken inputs (`FUZZ_SEED`) and their number (`FUZZ_CASES`). */
export type FuzzSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    fuzz: FuzzSettings;
  }
}
