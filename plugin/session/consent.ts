import type { Consent } from "../../shared/consent.ts";

/** The fields of the consent form as the agent typed them. `on` is a day, YYYY-MM-DD. */
export type ConsentFields = Omit<Consent, "at"> & { on: string };

/**
 * Returns the consent to record; null while a field is empty, or if the day lies in the future. The
 * time of the consent is noon of the day, or midnight if noon has not passed yet, because the
 * Worker refuses a consent in the future.
 */
export function buildConsent({ by, on, words, to }: ConsentFields, now: number): Consent | null {
  const [noon, midnight] = [`${on}T12:00:00.000Z`, `${on}T00:00:00.000Z`];
  const at = Date.parse(noon) <= now ? noon : midnight;
  const isPast = Date.parse(at) <= now;
  const consent = { by: by.trim(), at, words: words.trim(), to: to.trim() };
  return isPast && consent.by && consent.words && consent.to ? consent : null;
}
