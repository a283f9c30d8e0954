import { limits } from "../../shared/limits.ts";
import type { Ctx } from "../context.ts";
import { type Absence, buildAbsencePostponement } from "../db/absences.ts";
import { buildAccountBlockCount, buildSoftBounceSuppression } from "../db/bounces.ts";
import { buildWakeAfterClick, buildWakeAfterEngagement } from "../db/condition-waits.ts";
import { buildEngagementQuery, type MessageKey } from "../db/engagement.ts";
import { buildEventInserts, type EventRecipient, type EventRow, loadEventRecipients } from "../db/events.ts";
import { buildKeptAnswerDrops } from "../db/kept-answers.ts";
import { buildUnclaimedOutcomeSettlements } from "../db/messages.ts";
import { buildRefusalInserts, type RefusalRow } from "../db/refusals.ts";
import { buildReplyQuestionInserts, formatReplyKey, loadDecidedReplyKeys } from "../db/reply-readings.ts";
import { buildReplyWaitingMarks } from "../db/reply-threads.ts";
import { createScope } from "../db/scope.ts";
import { buildStopsByEvents, type EventStops } from "../db/stops.ts";
import {
  buildOptOutSuppressionDelete,
  buildSuppressionInsert,
  type NewSuppression,
} from "../db/suppressions.ts";
import { buildAgencyFormTaskInserts } from "../db/tasks.ts";
import { agencyFormStates } from "../domain/compliance/agency-form.ts";
import { isAccountTrouble, toHourIndex } from "../domain/receive/account-guardrail.ts";
import { decideEventConsequence } from "../domain/receive/consequence.ts";
import { isEngagementKind, isHumanEngagement, type NormalizedEvent } from "../domain/receive/event.ts";
import { engagementSettlingMs } from "../domain/receive/machine.ts";
import { softBouncesBeforeSuppression } from "../domain/receive/suppression.ts";
import type { EventJob } from "../jobs.ts";
import { attributeEvents, detachUnprovenEvents } from "./attribution.ts";
import { applyGuardrails, pauseBlockedAccounts } from "./guardrails.ts";
import { flagMachineActivity } from "./machine-activity.ts";

/**
 * The result of an ingest. `inserted` is the number of events that were stored for the first time.
 */
export type IngestResult = { inserted: number };

/** The most events of one queue job. `recordEvents` splits longer lists. */
export const eventsPerJob = 100;

/**
 * Applies events in one D1 batch: appends the events, stops recipients and puts addresses on the
 * do-not-email list. A repeated job changes nothing. The order of jobs does not matter, because
 * stops are final and statuses are derived from all events.
 */
export async function ingestEvents(ctx: Ctx, job: EventJob): Promise<IngestResult> {
  const { statements, troubled, settled, engaged, blocked } = await prepareIngest(ctx, job);
  const looks = engaged.length > 0 ? [buildEngagementQuery(ctx.db, job.tenantId, engaged)] : [];
  const results = await ctx.db.$client.batch([...statements, ...looks]);
  if (looks.length > 0) await flagMachineActivity(ctx, job.tenantId, results.at(-1)?.results ?? []);
  await applyGuardrails(ctx, troubled, settled);
  await pauseBlockedAccounts(ctx, blocked);
  return { inserted: results[0]?.results.length ?? 0 };
}

/**
 * The statements of a job, and the rows to check once the statements have run. `troubled`:
 * campaigns with a new bounce or complaint. `settled`: campaigns with emails whose outcome was
 * unknown, and which count as sent if the events say so. `engaged`: messages that were delivered,
 * opened or clicked. `blocked`: messages that a receiver refused because of the sending account.
 */
export type PreparedIngest = {
  statements: D1PreparedStatement[];
  troubled: number[];
  settled: number[];
  engaged: MessageKey[];
  blocked: MessageKey[];
};

/** Returns the statements that apply a job's events. A caller may add statements to the batch. */
export async function prepareIngest(ctx: Ctx, job: EventJob): Promise<PreparedIngest> {
  const tied = await attributeEvents(ctx, job.events);
  const ids = [...new Set(tied.flatMap((event) => event.recipientId ?? []))];
  const owners = await loadEventRecipients(ctx.db, ids, job.tenantId);
  const events = await detachUnprovenEvents(ctx, tied, owners, job.source);
  const rows = events.map((event) => toEventRow(event, job, owners));
  const batchId = ctx.newId();
  const effects = collectEffects(await leaveOutDecided(ctx, events), owners, job);
  const questions = rows.filter(
    ({ kind, data }) => kind === "replied" && (data.mayWantOut === true || data.mayRefuse === true),
  );
  const open = [...owners.values()].filter((owner) => owner.hasUnknown);
  const { db } = ctx;
  const now = ctx.now();
  const statements = [
    buildEventInserts(db, rows, batchId),
    ...(questions.length > 0 ? [buildReplyQuestionInserts(db, questions)] : []),
    ...(effects.suppressions.length > 0 ? [buildSuppressionInsert(db, effects.suppressions, now)] : []),
    ...(effects.refusals.length > 0 ? [buildRefusalInserts(db, effects.refusals, batchId)] : []),
    ...(effects.softs.length > 0
      ? [buildSoftBounceSuppression(db, effects.softs, softBouncesBeforeSuppression, now)]
      : []),
    ...(effects.blocked.length > 0
      ? [buildAccountBlockCount(db, effects.blocked, batchId, toHourIndex(now))]
      : []),
    ...(effects.lifted.length > 0 ? [buildOptOutSuppressionDelete(db, effects.lifted)] : []),
    ...buildStopsByEvents(db, effects.stops, now),
    ...(effects.replied.length > 0
      ? [
          buildReplyWaitingMarks(db, effects.replied, batchId),
          buildAgencyFormTaskInserts(db, effects.replied, agencyFormStates, now),
        ]
      : []),
    ...(effects.answered.size > 0
      ? buildKeptAnswerDrops(createScope(db, job.tenantId), [...effects.answered])
      : []),
    ...(effects.absences.length > 0 ? [buildAbsencePostponement(db, effects.absences, batchId)] : []),
    ...(open.length > 0 || effects.stops.recipients.length > 0
      ? [buildUnclaimedOutcomeSettlements(db, ids)]
      : []),
    ...(effects.engaged.length > 0
      ? [buildWakeAfterEngagement(db, effects.engaged, batchId, now, now + engagementSettlingMs)]
      : []),
    ...(effects.clicked.length > 0
      ? [buildWakeAfterClick(db, effects.clicked, now + engagementSettlingMs)]
      : []),
  ];
  return {
    statements,
    troubled: [...effects.troubled],
    settled: open.map(({ campaignId }) => campaignId),
    engaged: listEngagedMessages(rows),
    blocked: effects.blocked,
  };
}

/**
 * Returns the events without the answers about which an agent has already decided. Such an answer
 * is a repeated delivery, and the agent's decision stays.
 */
async function leaveOutDecided(
  ctx: Ctx,
  events: readonly NormalizedEvent[],
): Promise<readonly NormalizedEvent[]> {
  const toKey = ({ recipientId, stepNumber, dedupeKey }: NormalizedEvent) => ({
    recipientId: recipientId ?? 0,
    stepNumber: stepNumber ?? 0,
    dedupeKey,
  });
  const answers = events.filter(({ kind }) => kind === "replied" || kind === "autoReplied");
  const decided = await loadDecidedReplyKeys(ctx.db, answers.map(toKey));
  return events.filter((event) => !answers.includes(event) || !decided.has(formatReplyKey(toKey(event))));
}

/** Returns the messages that were delivered, opened or clicked, without duplicates. */
function listEngagedMessages(rows: readonly EventRow[]): MessageKey[] {
  const engaged = rows.filter(
    ({ kind, recipientId }) => recipientId > 0 && (kind === "delivered" || isEngagementKind(kind)),
  );
  const keys = engaged.map(({ recipientId, stepNumber }) => ({ recipientId, stepNumber }));
  return [...new Map(keys.map((key) => [`${key.recipientId} ${key.stepNumber}`, key])).values()];
}

/**
 * Consumes the event queue. Jobs of one tenant and source are applied together, in one batch. If a
 * group of jobs fails, the queue delivers the whole group again.
 */
export async function ingestEventBatch(ctx: Ctx, batch: MessageBatch<EventJob>): Promise<void> {
  const groups = Map.groupBy(batch.messages, ({ body }) => `${body.tenantId} ${body.source}`);
  for (const messages of groups.values()) {
    const [first] = messages;
    if (first === undefined) continue;
    const events = messages.flatMap(({ body }) => body.events);
    try {
      await ingestEvents(ctx, { ...first.body, events });
      for (const message of messages) message.ack();
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      console.error(JSON.stringify({ level: "error", msg: "ingest failed", name, events: events.length }));
      for (const message of messages) message.retry();
    }
  }
}

function toEventRow(
  event: NormalizedEvent,
  job: EventJob,
  owners: ReadonlyMap<number, EventRecipient>,
): EventRow {
  const isOurs = event.recipientId !== null && owners.has(event.recipientId);
  return {
    recipientId: isOurs ? (event.recipientId ?? 0) : 0,
    stepNumber: isOurs ? (event.stepNumber ?? 0) : 0,
    kind: event.kind,
    isMachine: event.isMachine,
    dedupeKey: event.dedupeKey,
    tenantId: job.tenantId,
    // No event is stored with a time after the receipt, because a service's clock can be ahead.
    occurredAt: Math.min(Math.round(event.occurredAt), job.receivedAt),
    receivedAt: job.receivedAt,
    data: event.data,
  };
}

type EventEffects = {
  stops: EventStops;
  suppressions: NewSuppression[];
  refusals: RefusalRow[];
  lifted: { tenantId: number; email: string }[];
  /**
   * Recipients who opened an email or clicked a link. The condition of such a recipient's next step
   * may be met now.
   */
  engaged: number[];
  /** Recipients who clicked a link. The campaign may stop such a recipient. */
  clicked: number[];
  /** Recipients who are away, as their automatic answers say, each with the end of the absence. */
  absences: Absence[];
  /** Recipients who have replied. An agent has to handle the reply. */
  replied: number[];
  /** Campaigns with a new reply or stop, which the agent sees at once. */
  answered: Set<number>;
  /** Addresses with a soft bounce. */
  softs: { tenantId: number; email: string }[];
  /** Messages that a receiver refused because of the sending account. */
  blocked: MessageKey[];
  /** Campaigns with a new bounce or complaint. */
  troubled: Set<number>;
};

/**
 * Returns the effects of the events. Only an event of a known recipient has effects. An event puts
 * only the recipient's stored address on the do-not-email list, so nobody can put another person's
 * address there.
 */
function collectEffects(
  events: readonly NormalizedEvent[],
  owners: ReadonlyMap<number, EventRecipient>,
  job: EventJob,
): EventEffects {
  const effects: EventEffects = {
    stops: { recipients: [], properties: [], campaignIds: [] },
    suppressions: [],
    refusals: [],
    lifted: [],
    engaged: [],
    clicked: [],
    absences: [],
    replied: [],
    softs: [],
    blocked: [],
    troubled: new Set(),
    answered: new Set(),
  };
  for (const event of events) {
    const owner = event.recipientId === null ? undefined : owners.get(event.recipientId);
    if (owner !== undefined) addEffects(effects, event, owner, job);
  }
  return effects;
}

function addEffects(
  effects: EventEffects,
  event: NormalizedEvent,
  owner: EventRecipient,
  { source, receivedAt }: EventJob,
): void {
  const isOfReplacedAddress = owner.replacedSteps.includes(event.stepNumber ?? 0);
  if (isOfReplacedAddress && (event.kind === "bounced" || event.kind === "rejected")) return;
  const consequence = decideEventConsequence(event);
  if (isHumanEngagement(event)) {
    effects.engaged.push(owner.id);
    if (event.kind === "clicked") effects.clicked.push(owner.id);
  }
  if (event.kind === "autoReplied" && event.data.resumesAt !== undefined) {
    effects.absences.push({ recipientId: owner.id, until: event.data.resumesAt });
  }
  if (event.kind === "replied") effects.replied.push(owner.id);
  if (event.kind === "replied" || consequence.stop !== null) effects.answered.add(owner.campaignId);
  const { tenantId, email, name, propertyId } = owner;
  const isSoft = event.kind === "bounced" && event.data.bounceClass === "soft";
  if (isSoft && email !== null) effects.softs.push({ tenantId, email });
  if (event.stepNumber !== null && isAccountTrouble(event)) {
    effects.blocked.push({ recipientId: owner.id, stepNumber: event.stepNumber });
  }
  if (event.kind === "bounced" || event.kind === "complained") effects.troubled.add(owner.campaignId);
  if (consequence.stop !== null) {
    effects.stops.recipients.push({ recipientId: owner.id, reason: consequence.stop });
    effects.stops.campaignIds.push(owner.campaignId);
  }
  if (consequence.stopsProperty && propertyId !== null)
    effects.stops.properties.push({ tenantId, propertyId, recipientId: owner.id });
  if (consequence.suppress !== null && email !== null) {
    const evidence = { recipientId: owner.id, stepNumber: event.stepNumber, kind: event.kind, ...event.data };
    effects.suppressions.push({ tenantId, email, reason: consequence.suppress, source, evidence });
  }
  if (consequence.refusal !== null && email !== null && propertyId !== null) {
    const replyText = event.data.text ? event.data.text.slice(0, limits.evidenceLength) : null;
    const said = { kind: consequence.refusal, refusedAt: receivedAt, note: null, replyText };
    effects.refusals.push({ tenantId, propertyId, email, recipientId: owner.id, name, ...said });
  }
  if (consequence.liftsUnsubscribe && email !== null) effects.lifted.push({ tenantId, email });
}
