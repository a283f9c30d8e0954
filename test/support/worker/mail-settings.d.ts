import "vitest";

/** The number of random emails to make and read back, and their seed: `MAIL_SEED`, `MAIL_CASES`. */
export type MailSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    mail: MailSettings;
  }
}
