import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The address to which a test posts an email for SpamAssassin; null without SpamAssassin. */
    spamChecker: string | null;
  }
}
