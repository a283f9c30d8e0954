import "vitest";

/** The seed (`MAIL_SEED`) and the number (`MAIL_CASES`) of the random emails. */
export type MailSettings = { seed: number; cases: number };

declare module "vitest" {
  interface ProvidedContext {
    mail: MailSettings;
  }
}
