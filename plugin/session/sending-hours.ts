import type { SendWindow } from "../../shared/campaign.ts";
import type { SequenceRules } from "../../shared/sequence-rules.ts";

/** The sending hours that an agent can choose. */
export type SendingHoursChoice = "weekdays" | "daily" | "anytime";

/** The send window of each choice. */
export const sendWindowsByChoice: Record<SendingHoursChoice, SendWindow | null> = {
  weekdays: [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
  daily: [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "09:00", endTime: "19:00" }],
  anytime: null,
};

export const hoursChoices = Object.keys(sendWindowsByChoice) as SendingHoursChoice[];

/** Returns the choice of sending hours with this send window; null if no choice has this window. */
export function findHoursChoice(window: SendWindow | null): SendingHoursChoice | null {
  const wanted = JSON.stringify(window);
  return hoursChoices.find((choice) => JSON.stringify(sendWindowsByChoice[choice]) === wanted) ?? null;
}

/** Returns the default sending hours of a sequence. */
export const getDefaultSendWindow = (rules: SequenceRules | undefined): SendWindow | null =>
  rules?.sendWindow === undefined ? sendWindowsByChoice.weekdays : rules.sendWindow;

/** Tells whether a sequence skips holidays by default. */
export const skipsHolidaysByDefault = (rules: SequenceRules | undefined): boolean =>
  rules?.skipsHolidays ?? true;
