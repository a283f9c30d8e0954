import type { Ctx } from "../context.ts";
import { endCampaigns } from "../db/campaign-end.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  claimDue,
  claimTasks,
  type DueSender,
  hold,
  moveClocks,
  reserveSlots,
  sendersWithDue,
} from "../db/claims.ts";
import { returnDomainSlots } from "../db/domain-days.ts";
import { lanesRound } from "../db/queue-order.ts";
import { noteReturn, recordTick } from "../db/ticks.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { settlesBlindly } from "../domain/send/eligibility.ts";
import { type PlannedSlot, planSlots, sharesOf, slotCapacity } from "../domain/send/pacing.ts";
import { getNextSends } from "../domain/send/sequence.ts";
import type { SendEntry, SendJob } from "../jobs.ts";
import { passOverFullDomains, placeInDomains } from "./domain-slots.ts";
import { askServices } from "./evidence.ts";
import { carryOut, type Decided } from "./progress.ts";

/** How far ahead a tick hands out slots: longer than the minute between two ticks, so that a late one leaves no gap. */
export const horizonMs = 90_000;
/** A claim that was not concluded this long after its slot is given up, and the recipient comes due again. */
export const leaseMs = 10 * 60_000;

/** A campaign's last emails have this long to come to their end before whoever is left in it is stopped. */
export const endGraceMs = 60 * 60_000;

/** Bounds of one tick: D1 allows 1,000 statements an invocation, and a sender costs two to four. */
const sendersPerTick = 200;
const claimsPerTick = 10_000;
/** How often what is left of the shares is shared out; each time costs a batch of one statement per sender. */
const claimRounds = 3;
const tasksPerTick = 2_000;
const idsPerLoad = 500;
const entriesPerJob = 10;

export type TickResult = { claimed: number; enqueued: number };

/**
 * One strike of the clock: claims who is due, carries out everything that is not a send, reserves the senders' slots
 * and queues the sends for them. Works by "due by now", never by "this minute": missed, late, doubled and overlapping
 * ticks change nothing but the time.
 */
export async function tick(ctx: Ctx): Promise<TickResult> {
  const now = ctx.now();
  await noteReturn(ctx.db, now);
  await endCampaigns(ctx.db, now - endGraceMs, now);
  // First, so that nobody whose step is a task is taken for a send.
  const tasks = await turnTasks(ctx, now);
  const senders = await sendersWithDue(ctx.db, now, now + horizonMs, sendersPerTick);
  await passOverFullDomains(ctx, senders, now);
  await restSenders(ctx, senders, now);
  const ids = await claimFairly(ctx, senders, now);
  const toSend: Candidate[] = [];
  const blind: Decided[] = [];
  for (const part of chunksOf(ids, idsPerLoad)) {
    const decided = getNextSends(await loadCandidates(ctx.db, part, null), now);
    const isBlind = ({ candidate, decision }: Decided) => settlesBlindly(candidate, decision);
    blind.push(...decided.filter(isBlind));
    await carryOut(
      ctx,
      decided.filter((one) => !isBlind(one)),
    );
    toSend.push(
      ...decided.filter(({ decision }) => decision.kind === "send").map(({ candidate }) => candidate),
    );
  }
  const enqueued = await enqueueSends(ctx, senders, toSend, now);
  // Last, since services may take their time.
  await carryOut(ctx, await askServices(ctx, blind));
  const claimedInAll = tasks + ids.length;
  await recordTick(ctx.db, now, claimedInAll);
  return { claimed: claimedInAll, enqueued };
}

/**
 * Claims for each sender what it can send, up to a share of what one tick can take on. Shares are equal at first; what
 * those with few due leave of theirs is shared out among those with more.
 */
async function claimFairly(ctx: Ctx, senders: readonly DueSender[], now: number): Promise<number[]> {
  const claimed: number[] = [];
  let hungry = senders.map((sender) => ({
    senderId: sender.id,
    wanted: sender.isOnTrial
      ? Math.min(1, slotCapacity(sender, now, horizonMs))
      : slotCapacity(sender, now, horizonMs),
  }));
  for (let round = 0; round < claimRounds && hungry.length > 0; round += 1) {
    const shares = sharesOf(
      hungry.map(({ wanted }) => wanted),
      claimsPerTick - claimed.length,
    );
    const claims = hungry
      .map((one, index) => ({
        ...one,
        count: shares[index] ?? 0,
        // Begun anywhere, or the lanes that come late in the round would have no turn where ticks have few slots.
        firstTurn: Math.floor(ctx.random() * lanesRound),
        lease: ctx.newId(),
      }))
      .filter(({ count }) => count > 0);
    const results = await claimDue(ctx.db, claims, now, now + horizonMs + leaseMs);
    claimed.push(...results.flat());
    hungry = claims.flatMap(({ senderId, wanted, count }, index) =>
      results[index]?.length === count && wanted > count ? [{ senderId, wanted: wanted - count }] : [],
    );
  }
  return claimed;
}

/** Opens the tasks that are due and goes on where one's time is over. @returns how many were claimed for it */
async function turnTasks(ctx: Ctx, now: number): Promise<number> {
  const claim = { lease: ctx.newId(), count: tasksPerTick };
  const ids = await claimTasks(ctx.db, claim, now, now + leaseMs);
  for (const part of chunksOf(ids, idsPerLoad)) {
    await carryOut(ctx, getNextSends(await loadCandidates(ctx.db, part, null), now));
  }
  return ids.length;
}

/** Gives each send its sender's next slot and queues it; who gets none is due again at once, for the next tick. */
async function enqueueSends(
  ctx: Ctx,
  senders: readonly DueSender[],
  toSend: readonly Candidate[],
  now: number,
): Promise<number> {
  const { placed, taken } = await placeInDomains(ctx, senders, toSend, now);
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
  await release(
    ctx,
    released.map(({ candidate }) => candidate),
    now,
  );
  await enqueue(ctx, entries, now);
  return entries.length;
}

/** A sender whose cap was cut below what it has had today would be looked at for nothing until tomorrow. */
async function restSenders(ctx: Ctx, senders: readonly DueSender[], now: number): Promise<void> {
  const spent = senders.filter((sender) => slotCapacity(sender, now, horizonMs) === 0);
  await reserveSlots(
    ctx.db,
    spent.map((sender) => ({ sender, after: planSlots(sender, 0, now).after })),
  );
}

function toEntry({ recipient }: Candidate, slot: PlannedSlot): SendEntry[] {
  if (recipient.lease === null) return [];
  return [{ recipientId: recipient.id, stepNumber: recipient.nextStep, lease: recipient.lease, ...slot }];
}

async function release(ctx: Ctx, candidates: readonly Candidate[], now: number): Promise<void> {
  const moves = candidates.flatMap(({ recipient }) =>
    recipient.lease === null ? [] : [hold({ recipientId: recipient.id, lease: recipient.lease }, now)],
  );
  if (moves.length > 0) await ctx.db.$client.batch(moveClocks(ctx.db, moves, now));
}

/** Entries of the same second travel together, and the queue holds them back until it comes. */
async function enqueue(ctx: Ctx, entries: readonly SendEntry[], now: number): Promise<void> {
  const bySecond = Map.groupBy(entries, (entry) => Math.max(0, Math.floor((entry.slotAt - now) / 1000)));
  const requests = [...bySecond].flatMap(([delaySeconds, sameSecond]) =>
    chunksOf(sameSecond, entriesPerJob).map(
      (part): MessageSendRequest<SendJob> => ({
        body: { kind: "send", entries: part },
        contentType: "json",
        delaySeconds,
      }),
    ),
  );
  for (const part of chunksOf(requests, 100)) await ctx.queues.send.sendBatch(part);
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
