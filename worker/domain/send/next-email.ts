import type { Candidate } from "./candidate.ts";
import { explainHold } from "./eligibility.ts";
import { advanceSlotClock } from "./forecast.ts";

/**
 * The forecast for a campaign's next email. `planned`: the email is not due yet. `queued`: the
 * email is due, and `ahead` emails of its sender go first. `held`: the email is due and may not go
 * before `at`; `at` is null if a person has to act first.
 */
export type NextEmailForecast =
  | { state: "planned"; at: number; hold: ReturnType<typeof explainHold> }
  | { state: "queued"; at: number; ahead: number }
  | { state: "held"; at: number | null; hold: NonNullable<ReturnType<typeof explainHold>> };

/**
 * Returns when a campaign's next email goes, and why the email has not gone yet.
 * @param plannedAt when the email comes due
 * @param ahead how many due emails of the same sender go before this email
 */
export function forecastNextEmail(
  candidate: Candidate,
  plannedAt: number,
  ahead: number,
  now: number,
): NextEmailForecast {
  const hold = explainHold(candidate, now);
  if (plannedAt > now) return { state: "planned", at: plannedAt, hold };
  const isInLine = ahead > 0 && hold?.reason === "dailyCapReached";
  if (hold !== null && hold.reason !== "senderBusy" && !isInLine)
    return { state: "held", at: hold.until, hold };
  const { nextSlotAt } = advanceSlotClock(candidate.sender, ahead, now);
  return { state: "queued", at: Math.max(ahead > 0 ? nextSlotAt : candidate.sender.nextSlotAt, now), ahead };
}
