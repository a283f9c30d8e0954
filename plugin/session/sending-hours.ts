import type { SendWindow } from "../../shared/campaign.ts";

/** The sending hours that an agent can choose. */
export type SendingHoursChoice = "weekdays" | "daily" | "anytime";

/** The send window that each choice stands for. */
export const sendWindowsByChoice: Record<SendingHoursChoice, SendWindow | null> = {
  weekdays: [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
  daily: [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "09:00", endTime: "19:00" }],
  anytime: null,
};
