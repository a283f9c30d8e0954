import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/** Returns "Figures as of 10:42 AM", in the agent's own time zone. */
export function describeCountedAt(iso: string, clock: Formats["clock"]): string {
  const at = new Date(iso);
  const pad = (part: number) => String(part).padStart(2, "0");
  return say("Figures as of {time}", { time: clock(`${pad(at.getHours())}:${pad(at.getMinutes())}`) });
}
