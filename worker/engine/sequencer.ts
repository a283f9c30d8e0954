import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  claimDue,
  type DueSender,
  moveClocks,
  recordTick,
  reserveSlots,
  sendersWithDue,
} from "../db/clock.ts";
import type { Candidate } from "../domain/eligibility.ts";
import { planSlots, slotCapacity } from "../domain/pacing.ts";
import { getNextSends } from "../domain/sequence.ts";
import type { SendEntry, SendJob } from "../env.ts";
import { carryOut } from "./progress.ts";

/** How far ahead a tick hands out slots: longer than the minute between two ticks, so that a late one leaves no gap. */
export const horizonMs = 90_000;
/** A claim that was not concluded this long after its slot is given up, and the recipient comes due again. */
export const leaseMs = 10 * 60_000;

/** Bounds of one tick: D1 allows 1,000 statements an invocation, and a sender costs two. */
const sendersPerTick = 200;
const claimsPerTick = 10_000;
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
  const senders = await sendersWithDue(ctx.db, now, now + horizonMs, sendersPerTick);
  const share = Math.max(1, Math.floor(claimsPerTick / Math.max(1, senders.length)));
  const claims = senders
    .map((sender) => ({
      sender,
      senderId: sender.id,
      count: Math.min(share, slotCapacity(sender, now, horizonMs)),
      lease: ctx.newId(),
    }))
    .filter((claim) => claim.count > 0);
  const claimed = await claimDue(ctx.db, claims, now, now + horizonMs + leaseMs);
  const ids = claimed.flat();
  const toSend: Candidate[] = [];
  for (const part of chunksOf(ids, idsPerLoad)) {
    const decided = getNextSends(await loadCandidates(ctx.db, part, null), now);
    await carryOut(ctx, decided);
    toSend.push(
      ...decided.filter(({ decision }) => decision.kind === "send").map(({ candidate }) => candidate),
    );
  }
  const enqueued = await enqueueSends(ctx, senders, toSend, now);
  await recordTick(ctx.db, now, ids.length);
  return { claimed: ids.length, enqueued };
}

/** Gives each send its sender's next slot and queues it; who gets none is due again at once, for the next tick. */
async function enqueueSends(
  ctx: Ctx,
  senders: readonly DueSender[],
  toSend: readonly Candidate[],
  now: number,
): Promise<number> {
  const groups = Map.groupBy(toSend, (candidate) => candidate.recipient.senderId);
  const plans = senders.flatMap((sender) => {
    const candidates = groups.get(sender.id) ?? [];
    return candidates.length === 0
      ? []
      : [{ sender, candidates, ...planSlots(sender, candidates.length, now) }];
  });
  const reserved = await reserveSlots(ctx.db, plans);
  const entries: SendEntry[] = [];
  const released: Candidate[] = [];
  for (const { sender, candidates, slots } of plans) {
    if (reserved.has(sender.id))
      entries.push(...candidates.flatMap((candidate, index) => toEntry(candidate, slots[index])));
    else released.push(...candidates);
  }
  await release(ctx, released, now);
  await enqueue(ctx, entries, now);
  return entries.length;
}

function toEntry({ recipient }: Candidate, slotAt: number | undefined): SendEntry[] {
  if (recipient.lease === null || slotAt === undefined) return [];
  return [{ recipientId: recipient.id, stepNumber: recipient.nextStep, lease: recipient.lease, slotAt }];
}

async function release(ctx: Ctx, candidates: readonly Candidate[], now: number): Promise<void> {
  const moves = candidates.flatMap(({ recipient }) =>
    recipient.lease === null
      ? []
      : [
          {
            kind: "hold" as const,
            recipientId: recipient.id,
            lease: recipient.lease,
            dueAt: now,
            status: "active" as const,
          },
        ],
  );
  if (moves.length > 0) await moveClocks(ctx.db, moves).run();
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
