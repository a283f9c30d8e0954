import type { Ctx } from "../context.ts";
import { completeFinished } from "../db/clock.ts";
import {
  addSuppressions,
  appendEvents,
  countFirsts,
  type EventOwner,
  type EventRow,
  eventOwners,
  liftUnsubscribes,
  type SuppressionRow,
  stopProperties,
  stopRecipients,
} from "../db/events.ts";
import { wakeWaiting } from "../db/waiting.ts";
import { consequenceOf } from "../domain/consequence.ts";
import { isEngagement, type NormalizedEvent } from "../domain/event.ts";
import type { EventJob } from "../env.ts";
import { applyGuardrails } from "./guardrails.ts";
import { signerOf } from "./render.ts";

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
  const { statements, troubled } = await planIngest(ctx, job);
  const [appended] = await ctx.db.$client.batch<{ recipientId: number }>(statements);
  await applyGuardrails(ctx, troubled);
  return { inserted: appended?.results.length ?? 0 };
}

/** `troubled`: the campaigns whose guardrails are to be looked at once the statements are through. */
export type IngestPlan = { statements: D1PreparedStatement[]; troubled: number[] };

/** What `ingest` writes, for a batch that writes more. */
export async function planIngest(ctx: Ctx, job: EventJob): Promise<IngestPlan> {
  const events = await tieToMessages(ctx, job.events);
  const ids = [...new Set(events.flatMap((event) => event.recipientId ?? []))];
  const owners = await eventOwners(ctx.db, ids, job.tenantId);
  const rows = events.map((event) => toRow(event, job, owners));
  const batchId = ctx.newId();
  const effects = effectsOf(events, owners, job.source);
  const { db } = ctx;
  const statements = [
    appendEvents(db, rows, batchId),
    countFirsts(db, rows, batchId),
    ...(effects.suppressions.length > 0 ? [addSuppressions(db, effects.suppressions, ctx.now())] : []),
    ...(effects.lifted.length > 0 ? [liftUnsubscribes(db, effects.lifted)] : []),
    ...(effects.stops.length > 0 ? stopRecipients(db, effects.stops) : []),
    ...(effects.properties.length > 0 ? stopProperties(db, effects.properties) : []),
    ...(effects.engaged.length > 0 ? [wakeWaiting(db, effects.engaged, batchId, ctx.now())] : []),
    ...(effects.campaignIds.length > 0 ? [completeFinished(db, effects.campaignIds, ctx.now())] : []),
  ];
  return { statements, troubled: [...effects.troubled] };
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

/** Where a payload does not carry our key, our own Message-ID does: it is signed and names its message. */
async function tieToMessages(ctx: Ctx, events: readonly NormalizedEvent[]): Promise<NormalizedEvent[]> {
  const signer = await signerOf(ctx);
  return Promise.all(
    events.map(async (event) => {
      if (event.recipientId !== null || event.messageId === null) return event;
      const found = await signer.readMessageIds(`<${event.messageId}>`);
      if (found === null) return event;
      return { ...event, recipientId: found.recipientId, stepNumber: found.stepNumber };
    }),
  );
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
    occurredAt: Math.round(event.occurredAt),
    receivedAt: job.receivedAt,
    data: event.data,
  };
}

type Effects = {
  stops: { recipientId: number; reason: NonNullable<ReturnType<typeof consequenceOf>["stop"]> }[];
  properties: { tenantId: number; propertyId: string }[];
  suppressions: SuppressionRow[];
  lifted: { tenantId: number; email: string }[];
  campaignIds: number[];
  /** Recipients who opened or clicked: their next step may be waiting for that. */
  engaged: number[];
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
    stops: [],
    properties: [],
    suppressions: [],
    lifted: [],
    campaignIds: [],
    engaged: [],
    troubled: new Set(),
  };
  for (const event of events) {
    const owner = event.recipientId === null ? undefined : owners.get(event.recipientId);
    if (owner !== undefined) addEffects(effects, event, owner, source);
  }
  return effects;
}

function addEffects(effects: Effects, event: NormalizedEvent, owner: EventOwner, source: string): void {
  const consequence = consequenceOf(event);
  if (isEngagement(event)) effects.engaged.push(owner.id);
  const { tenantId, email, propertyId } = owner;
  if (event.kind === "bounced" || event.kind === "complained") effects.troubled.add(owner.campaignId);
  if (consequence.stop !== null) {
    effects.stops.push({ recipientId: owner.id, reason: consequence.stop });
    effects.campaignIds.push(owner.campaignId);
  }
  if (consequence.stopsProperty && propertyId !== null) effects.properties.push({ tenantId, propertyId });
  if (consequence.suppress !== null && email !== null) {
    const evidence = { recipientId: owner.id, stepNumber: event.stepNumber, kind: event.kind, ...event.data };
    effects.suppressions.push({ tenantId, email, reason: consequence.suppress, source, evidence });
  }
  if (consequence.liftsUnsubscribe && email !== null) effects.lifted.push({ tenantId, email });
}
