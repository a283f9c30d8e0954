import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** True in `npm run test:deep`, which runs random tests in full. */
    isDeep: boolean;
  }
}
