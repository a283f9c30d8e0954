import { hourMs } from "../../shared/time-lengths.ts";
import { type HoldReason, listingGuardHolds } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import { buildHoldMove, buildRecipientMoves, type RecipientMove } from "../db/claims.ts";
import { buildCampaignCompletion } from "../db/completion.ts";
import { buildListingCheckRequests } from "../db/listings.ts";
import { buildOutcomeSettlements, buildSkippedStepInserts, type OutcomeSettlement } from "../db/messages.ts";
import { buildTaskExpiries, buildTaskInserts } from "../db/tasks.ts";
import type { Candidate, NextStepDecision } from "../domain/send/candidate.ts";
import { advanceAfterSend, advanceAfterSkip, advanceAfterTask } from "../domain/send/sequence.ts";
import { applyGuardrails } from "../receive/guardrails.ts";

/**
 * The time between two checks of a recipient whose agent is paused. Pausing an agent takes the
 * agent's recipients out of the queue, and resuming puts them back; the check only finds recipients
 * that entered the queue in between.
 */
const agentPauseCheckMs = hourMs;

export type DecidedCandidate = { candidate: Candidate; decision: NextStepDecision };

/**
 * Carries out every decision except `send` on claimed recipients, in one D1 batch. A recipient
 * whose claim was lost is not changed.
 */
export async function carryOutDecisions(ctx: Ctx, decided: readonly DecidedCandidate[]): Promise<void> {
  const now = ctx.now();
  const moves = decided.flatMap((one) => toClockMove(one, now, ctx.random()) ?? []);
  if (moves.length === 0) return;
  const skips = decided.flatMap(toSkip);
  const openings = decided.flatMap(toTaskOpening);
  const expiries = decided.flatMap(toTaskExpiry);
  const asked = decided.flatMap(toListingQuestion);
  const settlements = decided.flatMap((one) => toSettlement(one) ?? []);
  const ended = moves.filter(
    (move) => move.kind === "stop" || (move.kind === "progress" && move.status === "completed"),
  );
  const endedIds = new Set(ended.map((move) => move.recipientId));
  const campaignIds = decided
    .filter(({ candidate }) => endedIds.has(candidate.recipient.id))
    .map(({ candidate }) => candidate.recipient.campaignId);
  const { db } = ctx;
  await db.$client.batch([
    ...(skips.length > 0 ? [buildSkippedStepInserts(db, skips, now)] : []),
    ...(settlements.length > 0 ? [buildOutcomeSettlements(db, settlements)] : []),
    ...(openings.length > 0 ? [buildTaskInserts(db, openings, now)] : []),
    ...(expiries.length > 0 ? [buildTaskExpiries(db, expiries)] : []),
    ...(asked.length > 0 ? [buildListingCheckRequests(db, asked, now)] : []),
    ...buildRecipientMoves(db, moves, now),
    ...(campaignIds.length > 0 ? [buildCampaignCompletion(db, [...new Set(campaignIds)], now)] : []),
  ]);
  const settledAsSent = decided.filter((one) => toSettlement(one)?.status === "sent");
  await applyGuardrails(
    ctx,
    [],
    settledAsSent.map(({ candidate }) => candidate.recipient.campaignId),
  );
}

/**
 * The reasons for a hold that concern all emails of a sender. The recipients stay due, so that a
 * tick (the Worker's run every minute) can claim the recipients as soon as the reason no longer
 * holds.
 */
const senderWideHolds: ReadonlySet<HoldReason> = new Set([
  "senderPaused",
  "tenantStopped",
  "providerUnavailable",
]);

/**
 * Returns the change of the recipient's row that a decision causes. Returns null for `send`,
 * because sender.ts writes the result of a send. Also returns null for a recipient that is not
 * claimed or whose sequence has ended.
 */
function toClockMove(
  { candidate, decision }: DecidedCandidate,
  now: number,
  random: number,
): RecipientMove | null {
  const { recipient } = candidate;
  if (recipient.lease === null) return null;
  const claim = { recipientId: recipient.id, lease: recipient.lease };
  const status = recipient.status === "paused" ? "paused" : "active";
  switch (decision.kind) {
    case "send":
    case "ended":
      return null;
    case "hold":
      if (decision.reason === "agentPaused") return buildHoldMove(claim, now + agentPauseCheckMs, status);
      return buildHoldMove(claim, senderWideHolds.has(decision.reason) ? now : decision.until, status);
    case "markUnknown":
      return buildHoldMove(claim, decision.until, status);
    case "resend":
      return buildHoldMove(claim, now, status);
    case "stop":
      return { kind: "stop", ...claim, reason: decision.reason };
    case "giveUp":
      return { kind: "stop", ...claim, reason: "sendFailed" };
    case "skip":
      return { kind: "progress", ...claim, ...advanceAfterSkip(candidate, now, random), lastSentAt: null };
    case "advance":
      return {
        kind: "progress",
        ...claim,
        ...advanceAfterSend(candidate, decision.sentAt, random),
        lastSentAt: decision.sentAt,
      };
    case "openTask":
      // From now on, the recipient is due when the task expires.
      return {
        kind: "progress",
        ...claim,
        status: "active",
        nextStep: recipient.nextStep,
        nextIsTask: true,
        scheduledAt: decision.expiresAt,
        stepsVersion: null,
        lastSentAt: null,
      };
    case "closeTask":
      return {
        kind: "progress",
        ...claim,
        ...advanceAfterTask(candidate, decision.closedAt, now, random),
        lastSentAt: null,
        sendNow: recipient.sendNow,
      };
    case "complete":
      return {
        kind: "progress",
        ...claim,
        status: "completed",
        nextStep: recipient.nextStep,
        nextIsTask: false,
        scheduledAt: null,
        stepsVersion: null,
        lastSentAt: null,
      };
  }
}

/** Returns the property whose status somebody has to check before the recipient's email can go. */
function toListingQuestion({ candidate: { recipient }, decision }: DecidedCandidate) {
  const { tenantId, propertyId } = recipient;
  const isAsked =
    decision.kind === "hold" &&
    listingGuardHolds.some((code) => code === decision.reason) &&
    propertyId !== null;
  return isAsked ? [{ tenantId, propertyId }] : [];
}

function toSkip({ candidate: { recipient, campaign }, decision }: DecidedCandidate) {
  if (decision.kind !== "skip" || recipient.lease === null) return [];
  return [
    {
      recipientId: recipient.id,
      stepNumber: recipient.nextStep,
      lease: recipient.lease,
      stepsVersion: campaign.stepsVersion,
      reason: decision.reason,
    },
  ];
}

function toTaskOpening({ candidate: { recipient }, decision }: DecidedCandidate) {
  if (decision.kind !== "openTask" || recipient.lease === null) return [];
  const { id: recipientId, nextStep: stepNumber, lease } = recipient;
  return [{ recipientId, stepNumber, lease, expiresAt: decision.expiresAt }];
}

function toTaskExpiry({ candidate: { recipient }, decision }: DecidedCandidate) {
  if (decision.kind !== "closeTask" || recipient.lease === null) return [];
  const { id: recipientId, nextStep: stepNumber, lease } = recipient;
  return [{ recipientId, stepNumber, lease, closedAt: decision.closedAt }];
}

function toSettlement({ candidate: { recipient }, decision }: DecidedCandidate): OutcomeSettlement | null {
  if (recipient.lease === null) return null;
  const key = { recipientId: recipient.id, stepNumber: recipient.nextStep, lease: recipient.lease };
  switch (decision.kind) {
    case "markUnknown":
      return { ...key, status: "unknown", sentAt: null };
    case "resend":
      return { ...key, status: "retrying", sentAt: null };
    case "giveUp":
      return { ...key, status: "failed", sentAt: null };
    case "advance":
      return decision.resolved ? { ...key, status: "sent", sentAt: decision.sentAt } : null;
    case "send":
    case "hold":
    case "skip":
    case "stop":
    case "openTask":
    case "closeTask":
    case "complete":
    case "ended":
      return null;
  }
}
