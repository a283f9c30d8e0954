import "vitest";

/** How many random emails are made and read back, and from which seed: `MAIL_SEED`, `MAIL_CASES`. */
export type MailSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    mail: MailSettings;
  }
}
