/** Lengths of time in milliseconds, without clock changes: a day is 24 hours. */

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
