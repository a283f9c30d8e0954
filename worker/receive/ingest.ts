import type { Ctx } from "../context.ts";
import { type Absence, postponeForAbsences } from "../db/absences.ts";
import { countBlocks, suppressRepeatedSoftBounces } from "../db/bounces.ts";
import { wakeWaitingRecipients } from "../db/condition-waits.ts";
import { type MessageKey, subtractMachineActivity } from "../db/engagement.ts";
import {
  appendEvents,
  countFirstEvents,
  type EventOwner,
  type EventRow,
  loadEventOwners,
} from "../db/events.ts";
import { settleStoppedByEvidence } from "../db/messages.ts";
import { type EventStops, stopByEvents } from "../db/stops.ts";
import { addSuppressions, removeUnsubscribes, type SuppressionRow } from "../db/suppressions.ts";
import { isAccountBlock, toHourIndex } from "../domain/receive/account-guardrail.ts";
import { decideConsequence } from "../domain/receive/consequence.ts";
import { isEngagementKind, isHumanEngagement, type NormalizedEvent } from "../domain/receive/event.ts";
import { settlingMs } from "../domain/receive/machine.ts";
import { softsBeforeSuppression } from "../domain/receive/suppression.ts";
import type { EventJob } from "../jobs.ts";
import { tieToMessages, untieUnsent } from "./attribution.ts";
import { applyGuardrails, pauseBlockedAccounts } from "./guardrails.ts";
import { unmask } from "./machine-activity.ts";

/** `inserted`: how many of the events were new. */
export type Ingested = { inserted: number };

/** The most events one call takes; what carries more is split by whoever queues it. */
export const eventsPerJob = 100;

/**
 * Applies what came back: appends the events, counts what is new, stops and suppresses. One D1 batch, so all of it or
 * none, and carrying it out twice changes nothing. Order does not matter: a stop is for good, and what a person reads
 * is derived from the events.
 */
export async function ingest(ctx: Ctx, job: EventJob): Promise<Ingested> {
  const { statements, troubled, engaged, blocked } = await planIngest(ctx, job);
  const [appended] = await ctx.db.$client.batch<{ recipientId: number }>(statements);
  await unmask(ctx, job.tenantId, engaged);
  await applyGuardrails(ctx, troubled);
  await pauseBlockedAccounts(ctx, blocked);
  return { inserted: appended?.results.length ?? 0 };
}

/**
 * What is to be looked at once the statements are through. `troubled`: the campaigns whose guardrails are. `engaged`: the
 * emails that were delivered, opened or clicked, by whomever. `blocked`: the emails refused for who sent them.
 */
export type IngestPlan = {
  statements: D1PreparedStatement[];
  troubled: number[];
  engaged: MessageKey[];
  blocked: MessageKey[];
};

/** What `ingest` writes, for a batch that writes more. */
export async function planIngest(ctx: Ctx, job: EventJob): Promise<IngestPlan> {
  const tied = await tieToMessages(ctx, job.events);
  const ids = [...new Set(tied.flatMap((event) => event.recipientId ?? []))];
  const owners = await loadEventOwners(ctx.db, ids, job.tenantId);
  const events = await untieUnsent(ctx, tied, owners, job.source);
  const rows = events.map((event) => toRow(event, job, owners));
  const batchId = ctx.newId();
  const effects = effectsOf(events, owners, job.source);
  const hasOpen = [...owners.values()].some((owner) => owner.hasUnknown);
  const { db } = ctx;
  const now = ctx.now();
  const statements = [
    appendEvents(db, rows, batchId),
    countFirstEvents(db, rows, batchId),
    // A service may itself say later that what it told of as a person's was a machine's.
    ...(rows.some(isMachineEngagement) ? [subtractMachineActivity(db, rows, batchId)] : []),
    ...(effects.suppressions.length > 0 ? [addSuppressions(db, effects.suppressions, now)] : []),
    ...(effects.softs.length > 0
      ? [suppressRepeatedSoftBounces(db, effects.softs, softsBeforeSuppression, now)]
      : []),
    ...(effects.blocked.length > 0 ? [countBlocks(db, effects.blocked, batchId, toHourIndex(now))] : []),
    ...(effects.lifted.length > 0 ? [removeUnsubscribes(db, effects.lifted)] : []),
    ...stopByEvents(db, effects.stops, now),
    ...(effects.absences.length > 0 ? [postponeForAbsences(db, effects.absences, batchId)] : []),
    ...(hasOpen || effects.stops.recipients.length > 0 ? settleStoppedByEvidence(db, ids) : []),
    ...(effects.engaged.length > 0
      ? [wakeWaitingRecipients(db, effects.engaged, batchId, now, now + settlingMs)]
      : []),
  ];
  return {
    statements,
    troubled: [...effects.troubled],
    engaged: engagedIn(rows),
    blocked: effects.blocked,
  };
}

/** Each email once. */
function engagedIn(rows: readonly EventRow[]): MessageKey[] {
  const engaged = rows.filter(
    ({ kind, recipientId }) => recipientId > 0 && (kind === "delivered" || isEngagementKind(kind)),
  );
  const keys = engaged.map(({ recipientId, stepNumber }) => ({ recipientId, stepNumber }));
  return [...new Map(keys.map((key) => [`${key.recipientId} ${key.stepNumber}`, key])).values()];
}

/**
 * The event queue's consumer. Jobs of one tenant and source are applied together, so that counters are written once
 * for all of them; a group that fails is retried whole, which repeats nothing.
 */
export async function ingestBatch(ctx: Ctx, batch: MessageBatch<EventJob>): Promise<void> {
  const groups = Map.groupBy(batch.messages, ({ body }) => `${body.tenantId} ${body.source}`);
  for (const messages of groups.values()) {
    const [first] = messages;
    if (first === undefined) continue;
    const events = messages.flatMap(({ body }) => body.events);
    try {
      await ingest(ctx, { ...first.body, events });
      for (const message of messages) message.ack();
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      console.error(JSON.stringify({ level: "error", msg: "ingest failed", name, events: events.length }));
      for (const message of messages) message.retry();
    }
  }
}

function toRow(event: NormalizedEvent, job: EventJob, owners: ReadonlyMap<number, EventOwner>): EventRow {
  const isOurs = event.recipientId !== null && owners.has(event.recipientId);
  return {
    recipientId: isOurs ? (event.recipientId ?? 0) : 0,
    stepNumber: isOurs ? (event.stepNumber ?? 0) : 0,
    kind: event.kind,
    isMachine: event.isMachine,
    dedupeKey: event.dedupeKey,
    tenantId: job.tenantId,
    // A service's clock may be ahead, and its payload wrong; nothing is known before it has happened.
    occurredAt: Math.min(Math.round(event.occurredAt), job.receivedAt),
    receivedAt: job.receivedAt,
    data: event.data,
  };
}

type Effects = {
  stops: EventStops;
  suppressions: SuppressionRow[];
  lifted: { tenantId: number; email: string }[];
  /** Recipients who opened or clicked: their next step may be waiting for that. */
  engaged: number[];
  /** Recipients whose automatic answer says until when they are away. */
  absences: Absence[];
  /** Addresses with a soft bounce. */
  softs: { tenantId: number; email: string }[];
  /** Messages that were refused for who sent them. */
  blocked: MessageKey[];
  /** Campaigns whose mail came back or was complained about. */
  troubled: Set<number>;
};

/** Only what is tied to a message of ours has consequences, and they fall on that message's recipient: nobody can have somebody else suppressed. */
function effectsOf(
  events: readonly NormalizedEvent[],
  owners: ReadonlyMap<number, EventOwner>,
  source: string,
): Effects {
  const effects: Effects = {
    stops: { recipients: [], properties: [], campaignIds: [] },
    suppressions: [],
    lifted: [],
    engaged: [],
    absences: [],
    softs: [],
    blocked: [],
    troubled: new Set(),
  };
  for (const event of events) {
    const owner = event.recipientId === null ? undefined : owners.get(event.recipientId);
    if (owner !== undefined) addEffects(effects, event, owner, source);
  }
  return effects;
}

function addEffects(effects: Effects, event: NormalizedEvent, owner: EventOwner, source: string): void {
  const consequence = decideConsequence(event);
  if (isHumanEngagement(event)) effects.engaged.push(owner.id);
  if (event.kind === "autoReplied" && event.data.resumesAt !== undefined) {
    effects.absences.push({ recipientId: owner.id, until: event.data.resumesAt });
  }
  const { tenantId, email, propertyId } = owner;
  const isSoft = event.kind === "bounced" && event.data.bounceClass === "soft";
  if (isSoft && email !== null) effects.softs.push({ tenantId, email });
  if (event.kind === "bounced" && event.stepNumber !== null && isAccountBlock(event.data)) {
    effects.blocked.push({ recipientId: owner.id, stepNumber: event.stepNumber });
  }
  if (event.kind === "bounced" || event.kind === "complained") effects.troubled.add(owner.campaignId);
  if (consequence.stop !== null) {
    effects.stops.recipients.push({ recipientId: owner.id, reason: consequence.stop });
    effects.stops.campaignIds.push(owner.campaignId);
  }
  if (consequence.stopsProperty && propertyId !== null)
    effects.stops.properties.push({ tenantId, propertyId });
  if (consequence.suppress !== null && email !== null) {
    const evidence = { recipientId: owner.id, stepNumber: event.stepNumber, kind: event.kind, ...event.data };
    effects.suppressions.push({ tenantId, email, reason: consequence.suppress, source, evidence });
  }
  if (consequence.liftsUnsubscribe && email !== null) effects.lifted.push({ tenantId, email });
}

const isMachineEngagement = ({ kind, isMachine }: EventRow) =>
  isMachine && (kind === "opened" || kind === "clicked");
