import { hourMs } from "../../../shared/time-lengths.ts";
import type { HoldReason, PreflightVerdict, SkipReason, StopReason } from "../../../shared/vocabulary.ts";
import { isUnlaunched } from "../campaign.ts";
import { findWindowOpening, getNextDayStart, planStep, toIsoDay } from "../schedule/schedule.ts";
import type { Candidate, NextStepDecision } from "./candidate.ts";
import { judgeCandidateListing } from "./candidate-listing.ts";
import { decideNextStep } from "./eligibility.ts";
import { type PaceState, planSlots, type SenderPace } from "./pacing.ts";

/**
 * The expected result for one recipient. `readyAt`: when the email could go if its sender had no
 * other email waiting; null if the email will not go.
 */
export type SendForecast = {
  candidate: Candidate;
  verdict: PreflightVerdict;
  reason: HoldReason | SkipReason | StopReason | null;
  readyAt: number | null;
};

/**
 * The most holds (reasons to wait) in a row whose ends a forecast looks at. More holds mean that
 * the window never opens.
 */
const maxHoldsFollowed = 8;

/**
 * Forecasts the decision of `decideNextStep` about a recipient's next email if the campaign is
 * launched or resumed now.
 * @param isMakeable whether every variable of the next email has a value
 */
export function forecastSend(
  candidate: Candidate,
  isMakeable: boolean,
  now: number,
  recallUntil: number | null,
): SendForecast {
  const closed = forecastClosedHome(candidate, now);
  if (closed !== null) return closed;
  const planned = applyLaunchOrResume(candidate, now, recallUntil);
  let at = Math.max(now, planned.recipient.dueAt ?? now);
  for (let turn = 0; turn < maxHoldsFollowed; turn += 1) {
    const decision = decideNextStep(makeDueBy(planned, at), at);
    const isWait =
      decision.kind === "hold" &&
      // A hold for one of these reasons can end any day or never, so no end is forecast.
      decision.reason !== "waitingForCondition" &&
      decision.reason !== "inOtherCampaign" &&
      decision.reason !== "waitingForTask" &&
      decision.until !== null &&
      decision.until > at;
    if (!isWait) return toForecast(candidate, decision, isMakeable, at);
    at = decision.until ?? at;
  }
  return { candidate, verdict: "held", reason: "outsideWindow", readyAt: null };
}

/**
 * Returns the forecast for a draft's recipient if the listing guard forbids a launch to the
 * recipient's home; null if the guard allows the launch.
 */
function forecastClosedHome(candidate: Candidate, now: number): SendForecast | null {
  const { campaign, recipient } = candidate;
  if (!isUnlaunched(campaign.status) || recipient.status === "stopped") return null;
  const verdict = judgeCandidateListing({ ...candidate, campaign: { ...campaign, launchedAt: null } }, now);
  if (verdict.kind === "open") return null;
  const none = { candidate, reason: verdict.code, readyAt: null };
  return { ...none, verdict: verdict.kind === "stop" ? "blocked" : "held" };
}

/** Returns the candidate in its state after the campaign's launch or resume. */
function applyLaunchOrResume(candidate: Candidate, now: number, recallUntil: number | null): Candidate {
  const { recipient, campaign, step } = candidate;
  const free = { ...recipient, lease: null };
  if (isUnlaunched(campaign.status)) {
    const plannedAt = step === null ? now : planStep(now, step, recipient.timeZone, campaign, 0);
    const dueAt = Math.max(plannedAt, recallUntil ?? now);
    const started = { ...campaign, status: "active" as const, recallUntil, launchedAt: now };
    return { ...candidate, campaign: started, recipient: { ...free, dueAt, scheduledAt: dueAt } };
  }
  const dueAt =
    recipient.lease === null && recipient.dueAt !== null ? recipient.dueAt : recipient.scheduledAt;
  const running = { ...candidate, recipient: { ...free, dueAt } };
  if (campaign.status !== "paused") return running;
  const isLongPaused = now - (campaign.pausedAt ?? 0) > campaign.maxLatenessHours * hourMs;
  const runningSince = isLongPaused ? now : campaign.runningSince;
  return { ...running, campaign: { ...campaign, status: "active" as const, runningSince } };
}

function makeDueBy(candidate: Candidate, at: number): Candidate {
  const dueAt = Math.min(candidate.recipient.dueAt ?? at, at);
  return { ...candidate, recipient: { ...candidate.recipient, dueAt } };
}

function toForecast(
  candidate: Candidate,
  decision: NextStepDecision,
  isMakeable: boolean,
  at: number,
): SendForecast {
  const none = { candidate, readyAt: null };
  switch (decision.kind) {
    case "send":
      if (isMakeable) return { candidate, verdict: "willSend", reason: null, readyAt: at };
      return { ...none, verdict: "held", reason: "missingVariables" };
    case "hold":
    case "skip":
      return { ...none, verdict: "held", reason: decision.reason };
    case "stop":
      return { ...none, verdict: "blocked", reason: decision.reason };
    case "openTask":
    case "closeTask":
      return { ...none, verdict: "held", reason: "waitingForTask" };
    case "markUnknown":
    case "resend":
    case "giveUp":
    case "advance":
      return { ...none, verdict: "held", reason: "outcomeUnknown" };
    case "complete":
    case "ended":
      return { ...none, verdict: "blocked", reason: null };
  }
}

/**
 * Returns when each email would leave, in the order of the forecasts; null for an email that will
 * not go. The times keep to the senders' paces and caps, and to the window.
 */
export function simulateSends(
  forecasts: readonly SendForecast[],
  clocks: ReadonlyMap<number, PaceState>,
): (number | null)[] {
  const sendAts: (number | null)[] = forecasts.map(() => null);
  const states = new Map(clocks);
  const domains = createDomainCounters();
  const waiting = forecasts.flatMap(({ candidate, readyAt }, index) =>
    readyAt === null ? [] : [{ index, candidate, readyAt, turns: 0 }],
  );
  const byTime = (one: { readyAt: number }, other: { readyAt: number }) => one.readyAt - other.readyAt;
  for (let round = waiting.toSorted(byTime); round.length > 0; ) {
    const again: typeof waiting = [];
    for (const one of round) {
      const { sender, recipient, campaign } = one.candidate;
      const state = states.get(recipient.senderId) ?? sender;
      const { slots, after } = planSlots({ ...sender, ...state }, 1, one.readyAt);
      const slotAt = slots[0] ?? one.readyAt;
      const opensAt = findWindowOpening(slotAt, recipient.timeZone, campaign);
      if (opensAt > slotAt && one.turns < maxHoldsFollowed) {
        again.push({ ...one, readyAt: opensAt, turns: one.turns + 1 });
        continue;
      }
      const freeAt = domains.freeFrom(one.candidate, slotAt);
      if (freeAt > slotAt) {
        again.push({ ...one, readyAt: freeAt });
        continue;
      }
      domains.take(one.candidate, slotAt);
      states.set(recipient.senderId, after);
      sendAts[one.index] = slotAt;
    }
    round = again.toSorted(byTime);
  }
  return sendAts;
}

/**
 * Creates counters of emails per sender, recipient domain and day. The counters begin with the
 * emails to the domain that already have a slot (a sending time).
 */
function createDomainCounters() {
  const taken = new Map<string, number>();
  const domainOf = ({ recipient }: Candidate) => recipient.email?.slice(recipient.email.indexOf("@")) ?? "";
  const keyOf = (candidate: Candidate, at: number) => {
    const { senderId } = candidate.recipient;
    return `${senderId} ${domainOf(candidate)} ${toIsoDay(at, candidate.sender.timeZone)}`;
  };
  const takenOn = (candidate: Candidate, at: number) => {
    const { capDay, domainSlots, timeZone } = candidate.sender;
    const before = toIsoDay(at, timeZone) === capDay ? domainSlots : 0;
    return before + (taken.get(keyOf(candidate, at)) ?? 0);
  };
  return {
    /** Returns `at` if the domain has room then, or else the start of the next day with room. */
    freeFrom(candidate: Candidate, at: number): number {
      const { domainDailyCap, timeZone } = candidate.sender;
      let freeAt = at;
      while (domainDailyCap !== null && takenOn(candidate, freeAt) >= domainDailyCap) {
        freeAt = getNextDayStart(freeAt, timeZone);
      }
      return freeAt;
    },
    take(candidate: Candidate, at: number): void {
      const key = keyOf(candidate, at);
      taken.set(key, (taken.get(key) ?? 0) + 1);
    },
  };
}

/** Returns a sender's next sending time and today's count after `count` more emails. */
export function advanceSlotClock(pace: SenderPace, count: number, from: number): PaceState {
  return planSlots(pace, count, from).after;
}

export type FirstSendingDay = {
  firstAt: number;
  lastAt: number;
  emails: number;
  hours: { startsAt: number; emails: number }[];
};

/**
 * Returns the emails of the first sending day, counted by hour. Returns null if no email will go.
 */
export function summarizeFirstSendingDay(
  sendAts: readonly (number | null)[],
  timeZone: string,
): FirstSendingDay | null {
  const all = sendAts.filter((at) => at !== null).toSorted((a, b) => a - b);
  const [firstAt] = all;
  if (firstAt === undefined) return null;
  const endsAt = getNextDayStart(firstAt, timeZone);
  const today = all.filter((at) => at < endsAt);
  const hours = new Map<number, number>();
  for (const at of today) {
    const startsAt = Math.floor(at / hourMs) * hourMs;
    hours.set(startsAt, (hours.get(startsAt) ?? 0) + 1);
  }
  return {
    firstAt,
    lastAt: today.at(-1) ?? firstAt,
    emails: today.length,
    hours: [...hours].map(([startsAt, emails]) => ({ startsAt, emails })),
  };
}
