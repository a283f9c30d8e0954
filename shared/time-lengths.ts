/** Lengths of time in milliseconds. A day has 24 hours, even if the clocks change on that day. */

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
