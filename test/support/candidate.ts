import type { Candidate } from "../../worker/domain/eligibility.ts";

/** Monday 5 October 2026, 10:00 in New York. */
export const monday10 = Date.UTC(2026, 9, 5, 14);
export const hour = 3_600_000;
export const day = 24 * hour;

type Parts = {
  [Part in keyof Candidate]?: Candidate[Part] extends object | null
    ? Partial<Candidate[Part]> | null
    : Candidate[Part];
};

/** A claimed recipient at step 2 of 3 whose email may go at `monday10`; `parts` changes what a test is about. */
export function candidate(parts: Parts = {}): Candidate {
  const base: Candidate = {
    recipient: {
      id: 7,
      tenantId: 1,
      campaignId: 3,
      senderId: 2,
      email: "jane.doe@example.com",
      name: "Jane Doe",
      timeZone: "America/New_York",
      status: "active",
      nextStep: 2,
      dueAt: monday10 + hour,
      scheduledAt: monday10,
      lease: 99,
      lastSentAt: monday10 - 3 * day,
      sendNow: false,
      data: { recipient: {}, property: {} },
    },
    campaign: {
      status: "active",
      replyTo: null,
      sendWindow: null,
      startAt: null,
      unknownPolicy: "assumeSent",
    },
    step: {
      templateId: 5,
      templateVersion: 1,
      delayDays: 3,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
    },
    following: { delayDays: 4, delayHours: 0, sendTimeHour: null },
    sender: {
      isPaused: false,
      intervalMs: 1000,
      dailyCap: null,
      timeZone: "America/New_York",
      nextSlotAt: 0,
      capDay: "",
      slotsToday: 0,
    },
    isSuppressed: false,
    message: null,
    previous: { stepNumber: 1, opened: false, clicked: false },
  };
  const merged = Object.entries(parts).map(([part, change]) => {
    const before: unknown = base[part as keyof Candidate];
    const isMerge =
      typeof before === "object" && before !== null && typeof change === "object" && change !== null;
    return [part, isMerge ? { ...before, ...change } : change];
  });
  return { ...base, ...(Object.fromEntries(merged) as Partial<Candidate>) };
}

/** The message of the next step, as an earlier attempt left it. */
export function message(
  change: Partial<NonNullable<Candidate["message"]>>,
): NonNullable<Candidate["message"]> {
  return {
    status: "sending",
    attempts: 1,
    attemptedAt: monday10,
    sentAt: null,
    failureReason: null,
    hasEvidence: false,
    ...change,
  };
}
