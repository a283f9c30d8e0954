import type { Ctx } from "../context.ts";
import {
  type HostEventRow,
  listDueRetries,
  listHostEventsAfter,
  type RetriedEvent,
} from "../db/host-events.ts";
import {
  concludeHostRound,
  type DueHostWebhook,
  type EventRetry,
  listDueHostWebhooks,
} from "../db/host-webhooks.ts";
import { createScope } from "../db/scope.ts";
import {
  buildWebhookMessageId,
  type DeliveryResult,
  isReceiverDown,
  judgeRound,
  planAfterRound,
  planRetry,
  wantsType,
} from "../domain/send/host-delivery.ts";
import { type HostCaller, openHostCaller } from "./host-call.ts";

/** The bounds of one tick. A Worker has six connections at once, and D1 takes one of them. */
const webhooksPerTick = 200;
const callsAtOnce = 5;
const eventsPerRound = 200;
const retriesPerRound = 20;
/** After this time no call begins, so that a tick ends before the next one. */
const tickBudgetMs = 40_000;

/**
 * Posts the events that are due to the hosts' webhooks. A round that dies is repeated, so an event
 * can arrive twice with the same id, and none is lost.
 */
export async function deliverHostEvents(ctx: Ctx): Promise<void> {
  const due = await listDueHostWebhooks(ctx.db, ctx.now(), webhooksPerTick);
  if (due.length === 0) return;
  const until = ctx.wallClock() + tickBudgetMs;
  const hasTime = () => ctx.wallClock() < until;
  const width = Math.max(1, Math.floor(callsAtOnce / due.length));
  const waiting = [...due];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined && hasTime(); next = waiting.shift()) {
      await runRound(ctx, next, { width, hasTime });
    }
  };
  await Promise.all(Array.from({ length: Math.min(callsAtOnce, due.length) }, work));
}

type Pace = { width: number; hasTime: () => boolean };

/** Runs one round of calls to a webhook: the events in order, and then the events on their own. */
async function runRound(ctx: Ctx, webhook: DueHostWebhook, pace: Pace): Promise<void> {
  const scope = createScope(ctx.db, webhook.tenantId);
  const now = ctx.now();
  const events = await listHostEventsAfter(scope, webhook.deliveredTo, eventsPerRound);
  const call = await openHostCaller(ctx, webhook);
  const { results, seenTo } = await callInOrder(webhook, call, events, pace);
  const { deliveredTo, refused, isDown } = judgeRound(results);
  const retried = isDown ? [] : await callRetries(ctx, webhook, call, pace);
  const fresh = refused.map(
    ({ sequence, failure }): EventRetry => ({
      ...{ sequence, failure, attempts: 1, failingSince: now, isDone: false },
      nextAttemptAt: planRetry(now, 1, now, ctx.random()),
    }),
  );
  const change = {
    ...planAfterRound(webhook, results, now, ctx.random()),
    deliveredTo: isDown ? (deliveredTo ?? webhook.deliveredTo) : seenTo,
  };
  await concludeHostRound(ctx.db, webhook, change, [...fresh, ...retried], now);
}

/**
 * Posts events in order, a few at once, until the receiver seems down or the time is up.
 * @returns `seenTo`: the number of the last event that was posted or that the webhook does not want
 */
async function callInOrder(
  webhook: DueHostWebhook,
  call: HostCaller,
  events: readonly HostEventRow[],
  { width, hasTime }: Pace,
): Promise<{ results: DeliveryResult[]; seenTo: number }> {
  const results: DeliveryResult[] = [];
  let seenTo = webhook.deliveredTo;
  for (let first = 0; first < events.length && hasTime() && !isReceiverDown(results); first += width) {
    const group = events.slice(first, first + width);
    const wanted = group.filter(({ type }) => wantsType(webhook.eventTypes, type));
    results.push(...(await Promise.all(wanted.map((event) => deliver(webhook, call, event)))));
    seenTo = group.at(-1)?.sequence ?? seenTo;
  }
  return { results, seenTo };
}

async function deliver(
  { tenantId }: DueHostWebhook,
  call: HostCaller,
  event: HostEventRow,
): Promise<DeliveryResult> {
  const { sequence } = event;
  const answer = await call({ ...event, messageId: buildWebhookMessageId(tenantId, sequence) });
  return { sequence, ...answer };
}

/** Posts the events that the webhook gets on their own now. */
async function callRetries(
  ctx: Ctx,
  webhook: DueHostWebhook,
  call: HostCaller,
  { hasTime }: Pace,
): Promise<EventRetry[]> {
  const now = ctx.now();
  const scope = createScope(ctx.db, webhook.tenantId);
  const retries: EventRetry[] = [];
  for (const event of await listDueRetries(scope, webhook.id, now, retriesPerRound)) {
    if (!hasTime()) break;
    const { failure } = await deliver(webhook, call, event);
    retries.push(planEventRetry(event, failure, now, ctx.random()));
  }
  return retries;
}

function planEventRetry(
  event: RetriedEvent,
  failure: string | null,
  now: number,
  chance: number,
): EventRetry {
  const attempts = event.attempts + 1;
  const { sequence, failingSince } = event;
  const nextAttemptAt = failure === null ? null : planRetry(failingSince, attempts, now, chance);
  return { sequence, failingSince, attempts, failure, nextAttemptAt, isDone: failure === null };
}
