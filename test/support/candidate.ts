import type { Listing } from "../../worker/domain/compliance/listing.ts";
import { unknownListing } from "../../worker/domain/compliance/listing-report.ts";
import type { Candidate } from "../../worker/domain/send/candidate.ts";
import { day, hour } from "./time.ts";

/** Monday, October 5, 2026, 10:00 in New York. */
export const mondayAt10InNewYork = Date.UTC(2026, 9, 5, 14);

type Parts = {
  [Part in keyof Candidate]?: Candidate[Part] extends readonly unknown[]
    ? Candidate[Part]
    : Candidate[Part] extends object | null
      ? Partial<Candidate[Part]> | null
      : Candidate[Part];
};

/**
 * Returns a recipient at step 2 of 3 whom the engine has claimed for sending, and whose email may
 * be sent at `monday10`. `parts` replaces some of the fields.
 */
export function buildCandidate(parts: Parts = {}): Candidate {
  const base: Candidate = {
    recipient: {
      id: 7,
      tenantId: 1,
      campaignId: 3,
      senderId: 2,
      propertyId: "p-1",
      email: "jane.doe@example.com",
      name: "Jane Doe",
      contactKey: null,
      timeZone: "America/New_York",
      status: "active",
      nextStep: 2,
      dueAt: mondayAt10InNewYork + hour,
      scheduledAt: mondayAt10InNewYork,
      lease: 99,
      lastSentAt: mondayAt10InNewYork - 3 * day,
      sendNow: 0,
      snoozedUntil: null,
      allowsLate: false,
      addedAt: mondayAt10InNewYork - 3 * day,
      source: "host",
      sourceDate: null,
      consent: null,
      data: { recipient: {}, property: {} },
    },
    campaign: {
      status: "active",
      type: "sellerOutreach",
      replyTo: null,
      sendWindow: null,
      startAt: null,
      endAt: null,
      jitterMinutes: 0,
      skipsHolidays: false,
      holidays: [],
      recallUntil: null,
      maxLatenessHours: 72,
      runningSince: null,
      pausedAt: null,
      launchedAt: mondayAt10InNewYork - 3 * day,
      ignoresCollisions: false,
      exitStatuses: [],
      approval: null,
      unknownPolicy: "assumeSent",
      stepsVersion: 1,
    },
    step: {
      kind: "email",
      templateId: 5,
      templateVersion: 1,
      delayDays: 3,
      delayHours: 0,
      delayBusinessDays: 0,
      sendTimeHour: null,
      conditions: {},
      variants: [],
      winner: null,
      elseEmail: null,
    },
    isStepRemoved: false,
    following: { stepNumber: 3, delayDays: 4, delayHours: 0, delayBusinessDays: 0, sendTimeHour: null },
    sender: {
      isPaused: false,
      intervalMs: 1000,
      dailyCap: null,
      ramp: null,
      domainDailyCap: null,
      domainSlots: 0,
      timeZone: "America/New_York",
      nextSlotAt: 0,
      capDay: "",
      slotsToday: 0,
    },
    accountFreeAt: 0,
    elsewhere: { collisionPolicy: "hold", coolOffHours: 24, people: [], properties: [] },
    lastNote: { sentAt: null, days: 180 },
    isSuppressed: false,
    hasUndecidedReply: false,
    isHomeListed: false,
    isTenantStopped: false,
    agentPause: null,
    listing: { stored: unknownListing, settings: {}, revision: 0 },
    message: null,
    task: null,
    previousTaskClosedAt: null,
    propertyPrice: { listPrice: null, namedAt: null, changedAt: null },
    hostFacts: { address: null, contacts: [] },
    previousStepNumber: 1,
    emailsSent: 1,
    sourceRules: {},
    maxFactAgeDays: {},
    readFacts: [],
    unattestedWordings: [],
    attestedClaims: [],
    stoppingClickAt: null,
    engagement: [{ stepNumber: 1, sentAt: mondayAt10InNewYork - 3 * day, openedAt: null, clickedAt: null }],
  };
  const merged = Object.entries(parts).map(([part, change]) => {
    const before: unknown = base[part as keyof Candidate];
    return [part, isRecord(before) && isRecord(change) ? { ...before, ...change } : change];
  });
  return { ...base, ...(Object.fromEntries(merged) as Partial<Candidate>) };
}

/** Returns a listing whose status the host has just reported. */
export function buildListing(change: Partial<Listing>): Listing {
  return {
    ...unknownListing,
    statusAt: mondayAt10InNewYork,
    since: mondayAt10InNewYork,
    source: "host",
    ...change,
  };
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Returns the message of the recipient's next step. The message has the status `sending`, which an
 * unfinished earlier attempt has left behind.
 */
export function buildMessage(
  change: Partial<NonNullable<Candidate["message"]>>,
): NonNullable<Candidate["message"]> {
  return {
    status: "sending",
    attempts: 1,
    variant: null,
    resends: 0,
    attemptedAt: mondayAt10InNewYork,
    sentAt: null,
    failureReason: null,
    accountId: null,
    accountProvider: null,
    hasEvidence: false,
    ...change,
  };
}
