import type { Consent } from "../../shared/consent.ts";
import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/**
 * Returns the sentence about a consent: "Agreed to emails from Alder Ridge Realty on Nov 3: By
 * phone."
 */
export const describeConsent = ({ at, to, words }: Consent, format: Pick<Formats, "calendarDay">): string =>
  say("Agreed to emails from {to} on {day}: {words}", {
    to,
    day: format.calendarDay(at.slice(0, 10)),
    words,
  });
