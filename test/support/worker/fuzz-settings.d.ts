import "vitest";

/** The seed (`FUZZ_SEED`) and the number (`FUZZ_CASES`) of the broken inputs. */
export type FuzzSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    fuzz: FuzzSettings;
  }
}
