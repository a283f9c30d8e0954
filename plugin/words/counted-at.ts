import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/** Returns "Figures as of 10:42 AM", in the agent's own time zone. */
export function describeCountedAt(iso: string, clock: Formats["clock"]): string {
  const at = new Date(iso);
  const pad = (part: number) => String(part).padStart(2, "0");
  return say("Figures as of {time}", { time: clock(`${pad(at.getHours())}:${pad(at.getMinutes())}`) });
}

/** Figures of this age or younger are shown without their age. */
const freshMs = 15_000;

/** Returns the sentence on when figures were counted; null if they are fresh. */
export const describeAge = (iso: string | null, now: number, clock: Formats["clock"]): string | null =>
  iso !== null && now - Date.parse(iso) > freshMs ? describeCountedAt(iso, clock) : null;
