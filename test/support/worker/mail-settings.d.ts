import "vitest";

/** The seed of the random emails (`MAIL_SEED`) and their number (`MAIL_CASES`). */
export type MailSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    mail: MailSettings;
  }
}
