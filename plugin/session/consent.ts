import type { Consent } from "../../shared/consent.ts";

/** What an agent typed about a person's consent. `on` is a day, YYYY-MM-DD. */
export type ConsentFields = Omit<Consent, "at"> & { on: string };

/**
 * Returns the consent to record, or null while a field is empty or the day has yet to come. The
 * consent gets a time of its day that has passed, because the Worker refuses a consent in the
 * future.
 */
export function buildConsent({ by, on, words, to }: ConsentFields, now: number): Consent | null {
  const [noon, midnight] = [`${on}T12:00:00.000Z`, `${on}T00:00:00.000Z`];
  const at = Date.parse(noon) <= now ? noon : midnight;
  const isPast = Date.parse(at) <= now;
  const consent = { by: by.trim(), at, words: words.trim(), to: to.trim() };
  return isPast && consent.by && consent.words && consent.to ? consent : null;
}
