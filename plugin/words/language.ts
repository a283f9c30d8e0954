export type Language = "en" | "es";

/** Returns the language of the tab's words for a BCP 47 language tag. English is the default. */
export const toLanguage = (locale: string): Language => (/^es(?![a-z])/i.test(locale) ? "es" : "en");

/**
 * Returns the locale of a tab. The host's choice comes first. Without a choice, the page's language
 * is used if it differs from the browser's language, so that the tab matches the CRM around it.
 * Otherwise the browser's locale is used.
 */
export function chooseLocale(wanted: string | null | undefined, page: string, browser: string): string {
  if (wanted) return wanted;
  return page !== "" && toLanguage(page) !== toLanguage(browser) ? page : browser;
}
