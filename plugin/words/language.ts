export type Language = "en" | "es";

/** Returns the language of the tab's words for a BCP 47 language tag. English is the default. */
export const toLanguage = (locale: string): Language => (/^es(?![a-z])/i.test(locale) ? "es" : "en");

/**
 * Returns the locale of a tab: the host's locale, or else the browser's. If the page is in the
 * other of the two languages, the page decides before the browser, so that a tab matches the CRM
 * around it.
 */
export function chooseLocale(wanted: string | null | undefined, page: string, browser: string): string {
  if (wanted) return wanted;
  return page !== "" && toLanguage(page) !== toLanguage(browser) ? page : browser;
}
