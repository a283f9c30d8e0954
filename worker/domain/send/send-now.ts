import { limits } from "../../../shared/limits.ts";
import type { Candidate } from "./candidate.ts";

/** The longest time for which "send now" can be undone. */
const longestSendNowRecallMs = limits.sendNowRecallSecondsMost * 1000;

/**
 * Returns the instant until which "send now" can be undone, or null if nothing is to be undone at
 * `now`.
 */
export function getSendNowRecallEnd(
  { sendNow, lease, dueAt }: Pick<Candidate["recipient"], "sendNow" | "lease" | "dueAt">,
  now: number,
): number | null {
  if (sendNow === 0 || lease !== null || dueAt === null) return null;
  return dueAt > now && dueAt <= now + longestSendNowRecallMs ? dueAt : null;
}
