import { describe, expect, test } from "vitest";
import type { StepConditions } from "../../shared/condition.ts";
import {
  campaignPauseReasons,
  type DecidedSkipReason,
  type HoldReason,
  holdReasons,
  type StopReason,
  skipReasons,
  stopReasons,
} from "../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../shared/words/reason-texts.ts";
import type { Listing } from "../../worker/domain/compliance/listing.ts";
import type { Candidate } from "../../worker/domain/send/candidate.ts";
import type { SamePersonRecipient } from "../../worker/domain/send/collision.ts";
import { decideNextStep, explainHold } from "../../worker/domain/send/eligibility.ts";
import { buildCandidate, buildListing, buildMessage, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

/*
 * Tests one case for every reason for which an email is held, a step is skipped or a recipient is
 * stopped. If the product gets a reason without a case in this file, the file does not compile.
 */

const free = { lease: null, dueAt: mondayAt10InNewYork };
const later = mondayAt10InNewYork + hour;
const steps = (conditions: StepConditions) => ({
  step: {
    kind: "email" as const,
    templateId: 5,
    templateVersion: 1,
    delayDays: 3,
    delayHours: 0,
    delayBusinessDays: 0,
    sendTimeHour: null,
    conditions,
  },
});
const night = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "22:00", endTime: "05:00" }];
const capped = { nextSlotAt: later, capDay: "2026-10-05", slotsToday: 5 };
const elsewhere: SamePersonRecipient = {
  recipientId: 8,
  campaignId: 2,
  campaignName: "Expired listing",
  campaignPropertyId: null,
  campaignStatus: "active",
  launchedAt: mondayAt10InNewYork - 9 * day,
  status: "active",
  isHeldByEmail: false,
  nextSendAt: mondayAt10InNewYork + day,
  lastSentAt: null,
  lease: null,
  leaseUntil: null,
};
const engaged = (openedAt: number | null, clickedAt: number | null) => ({
  previousStepNumber: 1,
  engagement: [{ stepNumber: 1, sentAt: mondayAt10InNewYork - 3 * day, openedAt, clickedAt }],
});

const listed = (change: Partial<Listing>) => ({ stored: buildListing(change) });

const representative = { recipient: { role: "Executor" }, property: {} };
const holds: Record<HoldReason, Candidate> = {
  listingWithdrawn: buildCandidate({ listing: listed({ status: "Withdrawn" }) }),
  statusUnconfirmed: buildCandidate({ listing: listed({ status: "Delete" }) }),
  statusStale: buildCandidate({
    listing: listed({ status: "Expired", statusAt: mondayAt10InNewYork - 8 * day }),
  }),
  factTooOld: buildCandidate({
    maxFactAgeDays: { "property.listPrice": 2 },
    readFacts: ["property.listPrice"],
    recipient: { data: { recipient: {}, property: { listPrice: 485_000 } } },
  }),
  unattestedClaim: buildCandidate({ unattestedWordings: [0] }),
  undecidedReply: buildCandidate({ hasUndecidedReply: true }),
  sourceWait: buildCandidate({
    recipient: { source: "probate", sourceDate: "2026-10-01", data: representative },
  }),
  notDue: buildCandidate({ recipient: { lease: null, dueAt: later, scheduledAt: later } }),
  sendingSoon: buildCandidate({
    recipient: { lease: null, dueAt: mondayAt10InNewYork + 10_000, sendNow: 1 },
  }),
  outsideWindow: buildCandidate({ recipient: free, campaign: { sendWindow: night } }),
  campaignNotActive: buildCandidate({ campaign: { status: "paused" } }),
  campaignNotStarted: buildCandidate({ campaign: { startAt: later } }),
  campaignEndsFirst: buildCandidate({
    recipient: { lease: null, dueAt: later, scheduledAt: later },
    campaign: { endAt: mondayAt10InNewYork + hour / 2 },
  }),
  recallWindow: buildCandidate({
    recipient: { lease: null, dueAt: later },
    campaign: { recallUntil: later },
  }),
  tenantStopped: buildCandidate({ isTenantStopped: true }),
  agentPaused: buildCandidate({ agentPause: { agent: "Sam", pausedBy: "Ann" } }),
  tooLate: buildCandidate({
    recipient: { ...free, scheduledAt: mondayAt10InNewYork - 4 * day },
    campaign: { runningSince: mondayAt10InNewYork },
  }),
  snoozed: buildCandidate({ recipient: { lease: null, dueAt: later, snoozedUntil: later } }),
  recipientPaused: buildCandidate({ recipient: { status: "paused" } }),
  waitingForEmail: buildCandidate({ recipient: { status: "waitingForEmail", email: null } }),
  waitingForCondition: buildCandidate({
    ...steps({ previousOpened: true, otherwise: "wait", waitDays: 5 }),
    ...engaged(null, null),
  }),
  checkingClick: buildCandidate({ stoppingClickAt: mondayAt10InNewYork - 59_000 }),
  waitingForTask: buildCandidate({
    task: { openedAt: mondayAt10InNewYork - day, expiresAt: mondayAt10InNewYork + day, closedAt: null },
  }),
  senderPaused: buildCandidate({ sender: { isPaused: true } }),
  inOtherCampaign: buildCandidate({ elsewhere: { people: [elsewhere] } }),
  needsConsent: buildCandidate({
    recipient: { data: { recipient: { mailingCountry: "Canada" }, property: {} } },
  }),
  needsRepresentative: buildCandidate({ recipient: { source: "probate", sourceDate: "2024-01-01" } }),
  lastNote: buildCandidate({ lastNote: { sentAt: mondayAt10InNewYork - 10 * day, days: 180 } }),
  coolOff: buildCandidate({
    elsewhere: { people: [{ ...elsewhere, status: "completed", lastSentAt: mondayAt10InNewYork - hour }] },
  }),
  providerUnavailable: buildCandidate({ accountFreeAt: later }),
  senderBusy: buildCandidate({ recipient: free, sender: { nextSlotAt: later } }),
  dailyCapReached: buildCandidate({ recipient: free, sender: { ...capped, dailyCap: 5 } }),
  domainCapReached: buildCandidate({
    recipient: free,
    sender: { ...capped, nextSlotAt: 0, domainDailyCap: 2, domainSlots: 2 },
  }),
  retrying: buildCandidate({
    recipient: { lease: null, dueAt: later },
    message: buildMessage({ status: "retrying" }),
  }),
  outcomeUnknown: buildCandidate({ message: buildMessage({ status: "unknown" }) }),
  faultyEmail: buildCandidate({
    recipient: { status: "paused" },
    message: buildMessage({ status: "retrying", failureReason: "contentRefused" }),
  }),
  missingVariables: buildCandidate({
    recipient: { status: "paused" },
    message: buildMessage({ status: "retrying", failureReason: "missingVariables" }),
  }),
};

const skips: Record<DecidedSkipReason, Candidate> = {
  notOpened: buildCandidate({ ...steps({ previousOpened: true }), ...engaged(null, null) }),
  opened: buildCandidate({
    ...steps({ previousOpened: false }),
    ...engaged(mondayAt10InNewYork - day, null),
  }),
  notClicked: buildCandidate({ ...steps({ previousClicked: true }), ...engaged(null, null) }),
  clicked: buildCandidate({
    ...steps({ previousClicked: false }),
    ...engaged(null, mondayAt10InNewYork - day),
  }),
  tooSoonSinceLast: buildCandidate(steps({ daysSinceLast: 10 })),
  propertyStatus: buildCandidate({
    listing: listed({ status: "Expired", isOwnListing: true }),
    ...steps({ propertyStatus: { is: ["Active"] } }),
  }),
  priceNotChanged: buildCandidate(steps({ priceChanged: true })),
  priceChanged: buildCandidate({
    ...steps({ priceChanged: false }),
    propertyPrice: { listPrice: 1, namedAt: mondayAt10InNewYork, changedAt: mondayAt10InNewYork },
  }),
  sourceLimit: buildCandidate({
    recipient: { source: "probate", sourceDate: "2026-01-01", data: representative },
    emailsSent: 2,
  }),
  stepRemoved: buildCandidate({ isStepRemoved: true }),
};

/**
 * One case for every stop reason that a check of a recipient can find. The stop reasons that events
 * and people cause are in test/worker/stop-reasons.test.ts.
 */
const stops: Record<Exclude<StopReason, EventStop>, Candidate> = {
  suppressed: buildCandidate({ isSuppressed: true }),
  propertyStatusChanged: buildCandidate({
    campaign: { exitStatuses: ["Pending"] },
    listing: listed({ status: "Pending", isOwnListing: true }),
  }),
  linkClicked: buildCandidate({ stoppingClickAt: mondayAt10InNewYork - 60_000 }),
  listedElsewhere: buildCandidate({ listing: listed({ status: "Active" }) }),
  recentlySold: buildCandidate({ listing: listed({ status: "Closed", closeDate: "2026-10-01" }) }),
  doNotSolicit: buildCandidate({ isHomeListed: true }),
  officeBlocksStatus: buildCandidate({
    listing: { ...listed({ status: "Expired" }), settings: { extraBlockedStatuses: ["Expired"] } },
  }),
  campaignStopped: buildCandidate({ campaign: { status: "stopped" } }),
  campaignEnded: buildCandidate({ campaign: { endAt: mondayAt10InNewYork } }),
  conditionNotMet: buildCandidate({
    ...steps({ previousOpened: true, otherwise: "stop" }),
    ...engaged(null, null),
  }),
  sendFailed: buildCandidate({ message: buildMessage({ status: "failed" }) }),
};
type EventStop = "replied" | "bounced" | "complained" | "unsubscribed" | "manual" | "propertyStopped";

describe("every decision reason has a case that causes it", () => {
  test.each(Object.entries(holds))("hold: %s", (reason, held) => {
    expect(explainHold(held, mondayAt10InNewYork)?.reason).toBe(reason);
  });

  test.each(Object.entries(skips))("skip: %s", (reason, skipped) => {
    expect(decideNextStep(skipped, mondayAt10InNewYork)).toEqual({ kind: "skip", reason });
  });

  test.each(Object.entries(stops))("stop: %s", (reason, stopped) => {
    expect(decideNextStep(stopped, mondayAt10InNewYork)).toEqual({ kind: "stop", reason });
  });
});

test("every reason has a sentence of its own, which the API and the drawer both use", () => {
  const { hold, skip, stop, pause } = englishReasonTexts;
  const texts = [
    ...holdReasons.map((reason) => hold[reason]),
    ...skipReasons.map((reason) => skip[reason]),
    ...stopReasons.map((reason) => stop[reason]),
    ...campaignPauseReasons.map((reason) => pause[reason]),
  ];
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) expect(text).toMatch(/^[A-Z].{8,}\.$/);
});
