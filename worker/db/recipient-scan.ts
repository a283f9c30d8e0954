import { sequenceEndStepNumber } from "../../shared/limits.ts";
import {
  type AnswerKind,
  type EmailHold,
  type EventKind,
  emailHolds,
  type FilterableOutcome,
  type RecipientStatus,
} from "../../shared/vocabulary.ts";
import { outcomeSigns } from "../domain/receive/outcome-order.ts";
import { isNotReclassifiedSql } from "./engagement.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/*
 * Reads a whole campaign in one pass, for lists that filter, sort or count. The pass reads one row
 * per recipient, and one more row for the event that decides the recipient's outcome. A lookup in
 * the events' primary key that finds nothing reads no row. The SQL uses CASE, because AND would
 * make SQLite do useless lookups.
 */

/** The facts of one recipient by which lists filter and sort. Instants are ms UTC. */
export type ScannedRecipient = {
  id: number;
  status: RecipientStatus;
  nextStep: number;
  /** 1 if the next step is a task that was opened. */
  isTaskOpen: number;
  /** The fault of the next email for which the recipient is paused; null for other recipients. */
  heldFor: EmailHold | null;
  /** When the next step is due; null if nothing is planned. */
  dueAt: number | null;
  snoozedUntil: number | null;
  lastSentAt: number | null;
  createdAt: number;
  /** 1 if an email was perhaps sent, and no email was certainly sent. */
  isUncertain: number;
  /**
   * The outcome's position in `outcomeSigns`, from 1, times 10^14, plus the time of the event that
   * shows the outcome. 0 if no event shows an outcome.
   */
  reached: number;
  propertyId: string | null;
  name: string;
  /** The text that a search looks through; empty if the scan is not for a search. */
  text: string;
};

/** The parts of a scan that the caller can leave out. */
export type ScanParts = { outcomes: boolean; names: boolean; text: boolean };

const placeValue = 1e14;

/**
 * Returns the outcome that events show, and the time of the event; null if no event shows an
 * outcome.
 */
export function parseReachedOutcome(reached: number): { outcome: FilterableOutcome; at: number } | null {
  const sign = outcomeSigns[Math.floor(reached / placeValue) - 1];
  return sign === undefined ? null : { outcome: sign.outcome, at: reached % placeValue };
}

/**
 * The most steps whose events are looked up one by one. In D1, a SQL function such as coalesce
 * takes at most 32 arguments.
 */
const maxProbedSteps = 30;

/** Reads the recipients of a campaign, in the order in which the recipients were added. */
export async function scanRecipients(
  { db, tenantId }: Scope,
  campaignId: number,
  parts: ScanParts,
): Promise<ScannedRecipient[]> {
  const steps = parts.outcomes ? await listStepNumbers({ db, tenantId }, campaignId) : [];
  const { results } = await db.$client
    .prepare(scanSql(parts, steps))
    .bind(campaignId, tenantId)
    .all<ScannedRecipient>();
  return results;
}

/** SQL: the fault of the next email for which recipient `r` is paused; otherwise null. */
export const heldForSql = `CASE WHEN r.status = 'paused' THEN (SELECT m.failure_reason FROM messages m
  WHERE m.recipient_id = r.id AND m.step_number = r.next_step AND m.status = 'retrying'
    AND m.failure_reason IN (${emailHolds.map((hold) => `'${hold}'`).join(", ")})) END`;

const scanSql = (parts: ScanParts, steps: readonly number[]) => `
  SELECT r.id, r.status, r.next_step AS nextStep, r.snoozed_until AS snoozedUntil,
    r.last_sent_at AS lastSentAt, r.created_at AS createdAt, r.property_id AS propertyId,
    CASE WHEN r.status <> 'active' OR r.next_step >= ${sequenceEndStepNumber} THEN NULL
      WHEN r.lease IS NULL THEN r.due_at ELSE coalesce(r.scheduled_at, r.due_at) END AS dueAt,
    CASE WHEN r.next_is_task = 1 AND r.status = 'active' THEN EXISTS (SELECT 1 FROM tasks k
      WHERE k.recipient_id = r.id AND k.step_number = r.next_step AND +k.outcome IS NULL) ELSE 0 END AS isTaskOpen,
    ${heldForSql} AS heldFor,
    CASE WHEN r.last_sent_at IS NULL THEN EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id
      AND m.status = 'unknown') ELSE 0 END AS isUncertain,
    ${parts.outcomes ? reachedSql(steps) : "0"} AS reached,
    ${parts.names ? "r.name" : "''"} AS name,
    ${parts.text ? textSql : "''"} AS text
  FROM campaign_recipients r
  WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 ORDER BY r.id`;

const propertyText = ["address", "unparsedAddress", "fullAddress", "streetAddress", "city"]
  .map(
    (name) => `coalesce(iif(json_type(r.data, '$.property.${name}') = 'text',
    r.data->>'$.property.${name}', ''), '')`,
  )
  .join(" || ' ' || ");
const textSql = `r.name || ' ' || coalesce(r.email, '') || ' ' || coalesce(r.property_id, '') || ' ' || ${propertyText}`;

/**
 * SQL: the value of `reached` for recipient `r`, by the recipient's strongest sign. Each step is
 * looked up by the whole key, so that the other events of the recipient are not read.
 */
function reachedSql(steps: readonly number[]): string {
  if (steps.length === 0) return "0";
  const isProbed = steps.length <= maxProbedSteps;
  const probes = outcomeSigns.map((sign, index) => {
    const value = (index + 1) * placeValue;
    if ("reading" in sign) return readingSql(sign.reading, value);
    const byStep = isProbed ? steps.map((step) => `e.step_number = ${step} AND`) : [""];
    const found = byStep.map((step) => eventSql(sign.event, step, value));
    return found.length === 1 ? found[0] : `coalesce(${found.join(", ")})`;
  });
  return `coalesce(${probes.toReversed().join(", ")}, 0)`;
}

/** SQL: `value` plus the time of an event of this kind; null if there is no such event. */
function eventSql(kind: EventKind, step: string, value: number): string {
  const isStanding = standingSql[kind] ?? "";
  return `(SELECT ${value} + e.occurred_at FROM events e WHERE e.recipient_id = r.id AND ${step} e.kind = '${kind}'
    AND e.is_machine = 0 AND e.tenant_id = ?2 ${isStanding} AND ${isNotReclassifiedSql("e")} LIMIT 1)`;
}

/**
 * SQL conditions under which an event `e` of these kinds counts as a sign. Events of other kinds
 * always count.
 */
const standingSql: Partial<Record<EventKind, string>> = {
  // The recipient's own row already says whether an email was sent.
  accepted: "AND r.last_sent_at IS NULL",
  bounced: "AND e.received_at > coalesce(r.email_changed_at, 0)",
  replied: `AND NOT EXISTS (SELECT 1 FROM reply_readings g WHERE g.recipient_id = e.recipient_id
    AND g.step_number = e.step_number AND g.dedupe_key = e.dedupe_key AND g.kind <> 'replied')`,
};

/**
 * SQL: `value` plus the time at which an agent assigned this kind to an answer; null if no answer
 * has this kind from an agent.
 */
const readingSql = (kind: AnswerKind, value: number) =>
  `(SELECT ${value} + coalesce(g.decided_at, 0) FROM reply_readings g
    WHERE g.recipient_id = r.id AND g.tenant_id = ?2 AND g.kind = '${kind}' LIMIT 1)`;

async function listStepNumbers({ db, tenantId }: Scope, campaignId: number): Promise<number[]> {
  const { results } = await db.$client
    .prepare("SELECT step_number AS step FROM campaign_steps WHERE campaign_id = ? AND tenant_id = ?")
    .bind(campaignId, tenantId)
    .all<{ step: number }>();
  return results.map(({ step }) => step);
}
