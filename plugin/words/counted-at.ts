import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/**
 * Returns the sentence with the time at which figures were counted, such as "Figures as of 10:42
 * AM", in the agent's own time zone.
 */
export function describeCountedAt(iso: string, clock: Formats["clock"]): string {
  const at = new Date(iso);
  const pad = (part: number) => String(part).padStart(2, "0");
  return say("Figures as of {time}", { time: clock(`${pad(at.getHours())}:${pad(at.getMinutes())}`) });
}

/** If figures are at most this old, the tab does not show when the figures were counted. */
const freshMs = 15_000;

/**
 * Returns the sentence with the time at which figures were counted; null if the figures are at most
 * `freshMs` old.
 */
export const describeFiguresAge = (
  iso: string | null,
  now: number,
  clock: Formats["clock"],
): string | null => (iso !== null && now - Date.parse(iso) > freshMs ? describeCountedAt(iso, clock) : null);
