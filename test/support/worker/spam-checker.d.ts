import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /**
     * The URL to which a test posts an email for SpamAssassin; null if the machine has no
     * SpamAssassin.
     */
    spamChecker: string | null;
  }
}
