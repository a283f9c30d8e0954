export type Language = "en" | "es";

/** Returns the language of the tab's words for a BCP 47 language tag. English is the default. */
export const toLanguage = (locale: string): Language => (/^es(?![a-z])/i.test(locale) ? "es" : "en");

/**
 * Returns the locale of a tab: the host's choice, or else the browser's locale. If the host chose
 * no locale and the page's language differs from the browser's, the page's language is used, so
 * that the tab matches the CRM around it.
 */
export function chooseLocale(wanted: string | null | undefined, page: string, browser: string): string {
  if (wanted) return wanted;
  return page !== "" && toLanguage(page) !== toLanguage(browser) ? page : browser;
}
