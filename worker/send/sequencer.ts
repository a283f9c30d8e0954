import type { Ctx } from "../context.ts";
import { endDueCampaigns } from "../db/campaign-end.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  buildHoldMove,
  buildRecipientMoves,
  claimDueRecipients,
  claimDueTaskRecipients,
  type DueSender,
  listSendersWithDueRecipients,
  reserveSlots,
} from "../db/claims.ts";
import { returnDomainSlots } from "../db/domain-days.ts";
import { laneTurnsPerRound } from "../db/queue-order.ts";
import { recordOutageEnd, recordTick } from "../db/ticks.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { isSettledByPolicy } from "../domain/send/message-outcome.ts";
import { countFreeSlots, divideFairly, type PlannedSlot, planSlots } from "../domain/send/pacing.ts";
import { decideNextSteps } from "../domain/send/sequence.ts";
import type { SendJob, SendJobEntry } from "../jobs.ts";
import { postponeRecipientsAtFullDomains, reserveDomainSlots } from "./domain-slots.ts";
import { askAboutLeftOverAttempts, resolveUnknownOutcomes } from "./evidence.ts";
import { carryOutDecisions, type DecidedCandidate } from "./progress.ts";
import { runSideJobs } from "./side-jobs.ts";
import { chooseDueWinners } from "./winners.ts";

/**
 * How far ahead a tick (the Worker's run every minute) hands out slots, the instants at which
 * emails leave. This horizon is longer than the minute between two ticks, so that a late tick
 * leaves no gap.
 */
export const slotHorizonMs = 90_000;
/**
 * The time for which a lease (a tick's exclusive right to a recipient) lasts beyond the horizon. If
 * no decision about a claimed recipient is carried out by the end of the lease, the recipient is
 * due again.
 */
export const leaseBeyondHorizonMs = 10 * 60_000;

/**
 * The time between a campaign's end and the stop of its remaining recipients. In this time, the
 * outcomes of the last emails can be written.
 */
export const campaignEndGraceMs = 60 * 60_000;

/**
 * The bounds of one tick. D1 allows 1,000 statements per invocation, and a sender costs two to four
 * statements.
 */
const sendersPerTick = 200;
const claimsPerTick = 10_000;
/**
 * The most rounds of claims in one tick. After each round, the senders with more due recipients
 * share the claims that are left. A round costs one statement per sender.
 */
const claimRounds = 3;
const tasksPerTick = 2_000;
const idsPerLoad = 500;
const entriesPerJob = 10;

export type TickResult = { claimed: number; enqueued: number };

/**
 * Runs one tick: claims due recipients, carries out every decision except sends, reserves senders'
 * slots and queues the sends. A tick handles everything that is due by now. So a tick that is
 * missed, late or overlapping changes only the time at which an email leaves.
 */
export async function runTick(ctx: Ctx): Promise<TickResult> {
  const now = ctx.now();
  await recordOutageEnd(ctx.db, now);
  await endDueCampaigns(ctx.db, now - campaignEndGraceMs, now);
  await chooseDueWinners(ctx, now);
  // Due tasks are claimed first, so that no recipient whose step is a task is claimed for an email.
  const tasks = await advanceTasks(ctx, now);
  const senders = await listSendersWithDueRecipients(ctx.db, now, now + slotHorizonMs, sendersPerTick);
  await postponeRecipientsAtFullDomains(ctx, senders, now);
  await skipExhaustedSenders(ctx, senders, now);
  const ids = await claimRecipientsFairly(ctx, senders, now);
  const toSend: Candidate[] = [];
  const unresolved: DecidedCandidate[] = [];
  for (const part of splitIntoChunks(ids, idsPerLoad)) {
    const decided = decideNextSteps(await loadCandidates(ctx.db, part, null), now);
    const isBlind = ({ candidate, decision }: DecidedCandidate) => isSettledByPolicy(candidate, decision);
    unresolved.push(...decided.filter(isBlind));
    await carryOutDecisions(
      ctx,
      decided.filter((one) => !isBlind(one)),
    );
    toSend.push(
      ...decided.filter(({ decision }) => decision.kind === "send").map(({ candidate }) => candidate),
    );
  }
  const enqueued = await enqueueSends(ctx, senders, toSend, now);
  // The providers are asked last, because a provider may be slow to answer.
  await carryOutDecisions(ctx, await resolveUnknownOutcomes(ctx, unresolved));
  await askAboutLeftOverAttempts(ctx);
  const claimedInAll = tasks + ids.length;
  await recordTick(ctx.db, now, claimedInAll);
  await runSideJobs(ctx);
  return { claimed: claimedInAll, enqueued };
}

/**
 * Claims due recipients for each sender, up to the sender's share of the claims of one tick. Shares
 * are equal at first. Claims that one sender does not use are divided among the senders with more
 * due recipients.
 */
async function claimRecipientsFairly(
  ctx: Ctx,
  senders: readonly DueSender[],
  now: number,
): Promise<number[]> {
  const claimed: number[] = [];
  let remaining = senders.map((sender) => ({
    senderId: sender.id,
    wanted: sender.isOnTrial
      ? Math.min(1, countFreeSlots(sender, now, slotHorizonMs))
      : countFreeSlots(sender, now, slotHorizonMs),
  }));
  for (let round = 0; round < claimRounds && remaining.length > 0; round += 1) {
    const shares = divideFairly(
      remaining.map(({ wanted }) => wanted),
      claimsPerTick - claimed.length,
    );
    const claims = remaining
      .map((one, index) => ({
        ...one,
        count: shares[index] ?? 0,
        // The first turn is random. With a fixed first turn, the last lanes (parts of a sender's
        // queue) would get no slot in a tick with few slots.
        firstTurn: Math.floor(ctx.random() * laneTurnsPerRound),
        lease: ctx.newId(),
      }))
      .filter(({ count }) => count > 0);
    const results = await claimDueRecipients(ctx.db, claims, now, now + slotHorizonMs + leaseBeyondHorizonMs);
    claimed.push(...results.flat());
    remaining = claims.flatMap(({ senderId, wanted, count }, index) =>
      results[index]?.length === count && wanted > count ? [{ senderId, wanted: wanted - count }] : [],
    );
  }
  return claimed;
}

/**
 * Opens the tasks that are due. Moves each recipient whose task has expired to the next step.
 * @returns the number of claimed recipients
 */
async function advanceTasks(ctx: Ctx, now: number): Promise<number> {
  const claim = { lease: ctx.newId(), count: tasksPerTick };
  const ids = await claimDueTaskRecipients(ctx.db, claim, now, now + leaseBeyondHorizonMs);
  for (const part of splitIntoChunks(ids, idsPerLoad)) {
    await carryOutDecisions(ctx, decideNextSteps(await loadCandidates(ctx.db, part, null), now));
  }
  return ids.length;
}

/**
 * Gives each email its sender's next slot and puts an entry for the email into the queue. A
 * recipient without a slot is due again at the next tick.
 * @returns the number of entries
 */
async function enqueueSends(
  ctx: Ctx,
  senders: readonly DueSender[],
  toSend: readonly Candidate[],
  now: number,
): Promise<number> {
  const { placed, taken } = await reserveDomainSlots(ctx, senders, toSend, now);
  const groups = Map.groupBy(placed, ({ candidate }) => candidate.recipient.senderId);
  const plans = senders.flatMap((sender) => {
    const sends = groups.get(sender.id) ?? [];
    return sends.length === 0 ? [] : [{ sender, sends, ...planSlots(sender, sends.length, now) }];
  });
  const reserved = await reserveSlots(ctx.db, plans);
  const taking = plans.filter(({ sender }) => reserved.has(sender.id));
  const entries = taking.flatMap(({ sender, sends, slots, places }) =>
    sends.flatMap(({ candidate, domainPlace }, index) => {
      const [slotAt, place] = [slots[index], places[index]];
      if (slotAt === undefined || place === undefined) return [];
      return toEntry(candidate, { slotAt, place, domainPlace, intervalMs: sender.intervalMs });
    }),
  );
  const released = plans.filter(({ sender }) => !reserved.has(sender.id)).flatMap(({ sends }) => sends);
  await returnDomainSlots(
    ctx.db,
    taken.filter(({ senderId }) => !reserved.has(senderId)),
  );
  await releaseClaims(
    ctx,
    released.map(({ candidate }) => candidate),
    now,
  );
  await queueEntries(ctx, entries, now);
  return entries.length;
}

/**
 * Sets the next slot of each sender without a free slot today to the next day. Otherwise, every
 * tick would again read a sender whose cap was lowered below today's number of slots.
 */
async function skipExhaustedSenders(ctx: Ctx, senders: readonly DueSender[], now: number): Promise<void> {
  const spent = senders.filter((sender) => countFreeSlots(sender, now, slotHorizonMs) === 0);
  await reserveSlots(
    ctx.db,
    spent.map((sender) => ({ sender, after: planSlots(sender, 0, now).after })),
  );
}

function toEntry({ recipient }: Candidate, slot: PlannedSlot): SendJobEntry[] {
  if (recipient.lease === null) return [];
  return [{ recipientId: recipient.id, stepNumber: recipient.nextStep, lease: recipient.lease, ...slot }];
}

async function releaseClaims(ctx: Ctx, candidates: readonly Candidate[], now: number): Promise<void> {
  const moves = candidates.flatMap(({ recipient }) =>
    recipient.lease === null
      ? []
      : [buildHoldMove({ recipientId: recipient.id, lease: recipient.lease }, now)],
  );
  if (moves.length > 0) await ctx.db.$client.batch(buildRecipientMoves(ctx.db, moves, now));
}

/**
 * Puts the entries into the queue. Entries of the same second share queue messages, which the queue
 * delays until that second.
 */
async function queueEntries(ctx: Ctx, entries: readonly SendJobEntry[], now: number): Promise<void> {
  const bySecond = Map.groupBy(entries, (entry) => Math.max(0, Math.floor((entry.slotAt - now) / 1000)));
  const requests = [...bySecond].flatMap(([delaySeconds, sameSecond]) =>
    splitIntoChunks(sameSecond, entriesPerJob).map(
      (part): MessageSendRequest<SendJob> => ({
        body: { kind: "send", entries: part },
        contentType: "json",
        delaySeconds,
      }),
    ),
  );
  for (const part of splitIntoChunks(requests, 100)) await ctx.queues.send.sendBatch(part);
}

function splitIntoChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
