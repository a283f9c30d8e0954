import type { AccountAttempt } from "../accounts/send-result.ts";
import type { Ctx } from "../context.ts";
import { buildHoldMove, buildRecipientMoves, type RecipientMove } from "../db/claims.ts";
import { buildCampaignCompletion } from "../db/completion.ts";
import { buildGuardrailQuery, toCampaignsForGuardrails } from "../db/guardrails.ts";
import { buildAttemptConclusions, type MessageConclusion } from "../db/messages.ts";
import { buildCircuitUpdates, type CircuitChange } from "../db/provider-accounts.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import {
  type CallConclusion,
  type CallOutcome,
  decideAfterCall,
  type MessageEffort,
} from "../domain/send/attempt.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { advanceAfterSend } from "../domain/send/sequence.ts";
import type { SendOutcome } from "../providers/provider.ts";
import { pauseBlockedAccounts, pauseCampaignsOverLimits } from "../receive/guardrails.ts";
import { type PreparedIngest, prepareIngest } from "../receive/ingest.ts";

/**
 * The provider calls for one recipient and the final outcome. `lease`: the id of the claim, by
 * which one tick (the Worker's run every minute) has taken the recipient.
 */
export type ProviderCallResult = {
  candidate: Candidate;
  lease: number;
  effort: MessageEffort;
  outcome: SendOutcome | Extract<CallOutcome, { kind: "missed" }>;
  accountId: number | null;
  /** Every provider call that was made, in order. */
  calls: readonly AccountAttempt[];
};

/**
 * Writes the outcomes of provider calls in one D1 batch: message rows, recipients' due times,
 * bounces of refused addresses, and accounts' failure counts. If the batch fails, the message rows
 * stay `sending` and become unknown later. Then events about the emails, or else the campaign's
 * policy, decide whether the emails count as sent.
 */
export async function concludeSends(
  ctx: Ctx,
  sends: readonly ProviderCallResult[],
  attemptId: number,
  circuits: readonly CircuitChange[],
): Promise<void> {
  if (sends.length === 0) return;
  const now = ctx.now();
  const concluded = sends.map((sent) => ({
    sent,
    conclusion: decideAfterCall(sent.outcome, sent.effort, now, ctx.random()),
  }));
  const outcomes = concluded.map(({ sent, conclusion }) => toMessageOutcome(sent, conclusion, now));
  const moves = concluded.map(({ sent, conclusion }) => toClockMove(sent, conclusion, now, ctx.random()));
  const campaignIds = concluded
    .filter((_, index) => endsRecipient(moves[index]))
    .map(({ sent }) => sent.candidate.recipient.campaignId);
  const refusals = await planRefusals(ctx, sends, now);
  // The guardrails (limits on bounces and complaints) judge a campaign only after
  // `minGuardrailSample` emails. When an email brings the campaign to that number, earlier bounces
  // may pause the campaign.
  const sending = [
    ...concluded
      .filter(({ conclusion }) => conclusion.kind === "sent")
      .map(({ sent }) => sent.candidate.recipient.campaignId),
    ...refusals.flatMap(({ settled }) => settled),
  ];
  const troubled = refusals.flatMap((refusal) => refusal.troubled);
  const results = await ctx.db.$client.batch([
    buildAttemptConclusions(ctx.db, outcomes, attemptId),
    ...buildRecipientMoves(ctx.db, moves, now),
    ...refusals.flatMap(({ statements }) => statements),
    ...(circuits.length > 0 ? [buildCircuitUpdates(ctx.db, circuits)] : []),
    ...(campaignIds.length > 0 ? [buildCampaignCompletion(ctx.db, [...new Set(campaignIds)], now)] : []),
    buildGuardrailQuery(ctx.db, troubled, sending),
  ]);
  await pauseCampaignsOverLimits(ctx, toCampaignsForGuardrails(results.at(-1)?.results ?? []));
  await pauseBlockedAccounts(
    ctx,
    refusals.flatMap(({ blocked }) => blocked),
  );
}

function endsRecipient(move: RecipientMove | undefined): boolean {
  return move?.kind === "stop" || (move?.kind === "progress" && move.status === "completed");
}

function toMessageOutcome(
  { candidate: { recipient }, outcome, accountId }: ProviderCallResult,
  conclusion: CallConclusion,
  now: number,
): MessageConclusion {
  const base = {
    recipientId: recipient.id,
    stepNumber: recipient.nextStep,
    providerAccountId: accountId,
    providerMessageId: outcome.kind === "accepted" ? outcome.providerMessageId : null,
    sentAt: null,
    effort: null,
    failureReason: null,
    failure: null,
  };
  switch (conclusion.kind) {
    case "sent":
      return { ...base, status: "sent", sentAt: now };
    case "unknown":
      return { ...base, status: "unknown", failure: conclusion.failure };
    case "retry":
      return {
        ...base,
        status: "retrying",
        effort: { attempts: conclusion.attempts, deferredMs: conclusion.deferredMs },
        failureReason: conclusion.reason,
        failure: conclusion.failure,
      };
    case "failed":
      return { ...base, status: "failed", failureReason: conclusion.reason, failure: conclusion.failure };
  }
}

function toClockMove(
  { candidate, lease }: ProviderCallResult,
  conclusion: CallConclusion,
  now: number,
  random: number,
): RecipientMove {
  const claim = { recipientId: candidate.recipient.id, lease };
  switch (conclusion.kind) {
    case "sent":
      return { kind: "progress", ...claim, ...advanceAfterSend(candidate, now, random), lastSentAt: now };
    case "unknown":
      return buildHoldMove(claim, conclusion.until);
    case "retry":
      return buildHoldMove(claim, conclusion.at);
    case "failed":
      return { kind: "stop", ...claim, reason: conclusion.stop };
  }
}

/**
 * Plans the writes that record a bounce for each address that the provider refused during the call.
 * Such bounces have the same effects as bounces that a webhook reports.
 */
async function planRefusals(
  ctx: Ctx,
  sends: readonly ProviderCallResult[],
  now: number,
): Promise<PreparedIngest[]> {
  const refused = sends.flatMap((sent) => {
    const event = toBounceEvent(sent, now);
    return event === null ? [] : [{ tenantId: sent.candidate.recipient.tenantId, event }];
  });
  return await Promise.all(
    [...Map.groupBy(refused, (one) => one.tenantId)].map(([tenantId, own]) => {
      const events = own.map(({ event }) => event);
      return prepareIngest(ctx, { kind: "events", tenantId, source: "refused", receivedAt: now, events });
    }),
  );
}

function toBounceEvent(
  { candidate: { recipient }, outcome }: ProviderCallResult,
  now: number,
): NormalizedEvent | null {
  if (outcome.kind !== "refused" || outcome.fault !== "recipient") return null;
  const { status, bounceClass = "soft" } = outcome;
  return {
    kind: "bounced",
    recipientId: recipient.id,
    stepNumber: recipient.nextStep,
    email: recipient.email,
    occurredAt: now,
    dedupeKey: "refused",
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data: status === null ? { bounceClass } : { bounceClass, status },
  };
}
