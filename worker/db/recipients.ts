import type {
  CampaignStatus,
  RecipientSource,
  RecipientStatus,
  StepKind,
  StopReason,
  TimeZoneSource,
} from "../../shared/vocabulary.ts";
import type { NewRecipient } from "../domain/recipient.ts";
import { type AuditEntry, insertAuditEntry } from "./audit-log.ts";
import { runGuardedBatch } from "./batch-guard.ts";
import { completeFinishedCampaigns } from "./completion.ts";
import { abortIfRefused, toAddressees } from "./contact-history.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";
import { stopRecipients } from "./stops.ts";
import { skipTaskForSendNow } from "./tasks.ts";

export type RecipientRow = {
  id: number;
  campaignId: number;
  campaignName: string;
  campaignStatus: CampaignStatus;
  campaignEndAt: number | null;
  stepCount: number;
  nextStepKind: StepKind | null;
  taskExpiresAt: number | null;
  email: string | null;
  name: string;
  propertyId: string | null;
  contactKey: string | null;
  source: RecipientSource;
  sourceDate: string | null;
  /** JSON of `Consent`. */
  consent: string | null;
  timeZone: string | null;
  timeZoneSource: TimeZoneSource | null;
  status: RecipientStatus;
  stopReason: StopReason | null;
  nextStep: number;
  dueAt: number | null;
  scheduledAt: number | null;
  lease: number | null;
  lastSentAt: number | null;
  uncertainEmails: number;
  snoozedUntil: number | null;
  createdAt: number;
};

const selectRecipient = `
  SELECT r.id, r.campaign_id AS campaignId, c.name AS campaignName, c.status AS campaignStatus,
         (SELECT count(*) FROM campaign_steps s WHERE s.campaign_id = r.campaign_id) AS stepCount,
         (SELECT s.kind FROM campaign_steps s WHERE s.campaign_id = r.campaign_id AND s.step_number = r.next_step) AS nextStepKind,
         (SELECT k.expires_at FROM tasks k WHERE k.recipient_id = r.id AND k.step_number = r.next_step
           AND +k.outcome IS NULL) AS taskExpiresAt,
         r.email, r.name, r.property_id AS propertyId, r.contact_key AS contactKey, r.time_zone AS timeZone,
         r.source, r.source_date AS sourceDate, r.consent,
         r.time_zone_source AS timeZoneSource, c.end_at AS campaignEndAt,
         r.status, r.stop_reason AS stopReason, r.next_step AS nextStep, r.due_at AS dueAt,
         r.scheduled_at AS scheduledAt, r.lease, r.last_sent_at AS lastSentAt,
         (SELECT count(*) FROM messages m WHERE m.recipient_id = r.id AND m.status = 'unknown') AS uncertainEmails,
         r.snoozed_until AS snoozedUntil, r.created_at AS createdAt
  FROM campaign_recipients r`;

export async function findRecipient({ db, tenantId }: Scope, id: number): Promise<RecipientRow | null> {
  return await db.$client
    .prepare(`${selectRecipient} JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = ? AND r.tenant_id = ?`)
    .bind(id, tenantId)
    .first<RecipientRow>();
}

export type RecipientFilter = {
  campaignId: number;
  /** Null stands for every property. */
  properties: readonly string[] | null;
  status: RecipientStatus | null;
  after: number | null;
  limit: number;
};

/** Returns recipients in the order they were added. */
export async function listRecipients(
  { db, tenantId }: Scope,
  filter: RecipientFilter,
): Promise<RecipientRow[]> {
  const { results } = await db.$client
    .prepare(
      `${selectRecipient} CROSS JOIN campaigns c ON c.id = r.campaign_id
       WHERE ${recipientRangeSql("?1", "r", { after: "?3" })} AND +r.tenant_id = ?2
         AND (?4 IS NULL OR r.status = ?4)
         AND (?5 IS NULL OR +r.property_id IN (SELECT value FROM json_each(?5)))
       ORDER BY r.id LIMIT ?6`,
    )
    .bind(
      filter.campaignId,
      tenantId,
      filter.after ?? 0,
      filter.status,
      filter.properties === null ? null : JSON.stringify(filter.properties),
      filter.limit,
    )
    .all<RecipientRow>();
  return results;
}

/**
 * How many of the offered recipients were added, are waiting for an address, or are suppressed. The
 * other recipients were in the campaign already.
 */
export type RecipientAdditionCounts = { added: number; waitingForEmail: number; suppressed: number };

/**
 * Builds two statements: a count of the suppressed addresses, and the insert, which returns one
 * status per row. The insert reads from the campaign's row whether it takes recipients and whether
 * they come due.
 */
export function buildRecipientInserts(
  { db, tenantId }: Scope,
  campaignId: number,
  recipients: readonly NewRecipient[],
  at: number,
): [D1PreparedStatement, D1PreparedStatement] {
  const json = JSON.stringify(recipients);
  return [
    db.$client
      .prepare(
        `SELECT count(*) AS count FROM json_each(?) j
         JOIN suppressions s ON s.tenant_id = ? AND s.email = j.value->>'email'`,
      )
      .bind(json, tenantId),
    db.$client.prepare(insertRecipientsSql).bind(json, campaignId, tenantId, at),
  ];
}

/**
 * SQL: the sender of the recipient whose number in the campaign is `turn`, counted from 0. The
 * senders of campaign `c` take turns, in the order in which recipients are added. The result is
 * stored, so a recipient keeps its sender.
 */
export const senderByTurnSql = (turn: string) => `
  CASE ${turn} % (json_array_length(c.other_sender_ids) + 1) WHEN 0 THEN c.sender_id
    ELSE json_extract(c.other_sender_ids, '$[' || (${turn} % (json_array_length(c.other_sender_ids) + 1) - 1) || ']')
  END`;

const insertRecipientsSql = `
  INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, turn, property_id, property_state, email, name,
    contact_key, source, source_date, consent, time_zone, time_zone_source, status, next_is_task, due_at, scheduled_at, data,
    created_at)
  SELECT j.id, c.tenant_id, c.id, ${senderByTurnSql("j.turn")}, j.turn, coalesce(j.value->>'propertyId', c.property_id),
         j.value->>'propertyState', j.value->>'email', j.value->>'name', j.value->>'contactKey',
         j.value->>'source', j.value->>'sourceDate', j.value->>'consent', j.value->>'timeZone',
         j.value->>'timeZoneSource',
         CASE WHEN j.value->>'email' IS NULL THEN 'waitingForEmail' ELSE 'active' END,
         EXISTS (SELECT 1 FROM campaign_steps s WHERE s.campaign_id = ?2 AND s.step_number = 1 AND s.kind = 'task'),
         CASE WHEN c.status = 'active' AND j.value->>'email' IS NOT NULL
           THEN max(j.value->>'plannedAt', coalesce(c.recall_until, 0)) END,
         CASE WHEN c.status <> 'draft' AND j.value->>'email' IS NOT NULL
           THEN max(j.value->>'plannedAt', coalesce(c.recall_until, 0)) END,
         j.value->>'data', ?4
  FROM (
    SELECT o.value, coalesce(l.id + 1, own.first_recipient_id) - 1 + row_number() OVER (ORDER BY o.key) AS id,
      coalesce(l.turn + 1, 0) - 1 + row_number() OVER (ORDER BY o.key) AS turn
    FROM json_each(?1) o CROSS JOIN campaigns own ON own.id = ?2
    LEFT JOIN (SELECT id, turn FROM campaign_recipients WHERE ${recipientRangeSql("?2")} ORDER BY id DESC LIMIT 1) l
    WHERE NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.tenant_id = ?3 AND s.email = o.value->>'email')
      -- A recipient that is in the campaign already takes no turn.
      AND NOT EXISTS (SELECT 1 FROM campaign_recipients w
                      WHERE w.tenant_id = ?3 AND w.email = o.value->>'email' AND w.campaign_id = ?2)
      -- The unique index does not tell apart recipients without an address; the host's contact key does.
      AND NOT EXISTS (SELECT 1 FROM campaign_recipients w
                      WHERE o.value->>'email' IS NULL AND w.tenant_id = ?3 AND w.email IS NULL AND w.campaign_id = ?2
                        AND w.contact_key = o.value->>'contactKey')
  ) j JOIN campaigns c ON c.id = ?2
  WHERE c.tenant_id = ?3 AND c.status IN ('draft', 'active', 'paused') AND j.id <= c.last_recipient_id
  ON CONFLICT (tenant_id, email, campaign_id) DO NOTHING
  RETURNING status`;

/** Reads the results of `buildRecipientInserts`. */
export function parseRecipientAdditionCounts(
  results: readonly [D1Result | undefined, D1Result | undefined],
): RecipientAdditionCounts {
  const [suppressed, inserted] = results;
  const statuses = (inserted?.results ?? []) as { status: RecipientStatus }[];
  const waitingForEmail = statuses.filter((row) => row.status === "waitingForEmail").length;
  const [count] = (suppressed?.results ?? []) as { count: number }[];
  return { added: statuses.length - waitingForEmail, waitingForEmail, suppressed: count?.count ?? 0 };
}

/** The fields of a campaign that decide which refusals bind new recipients. */
export type CampaignToJoin = { id: number; propertyId: string | null; refusalsOverriddenAt: number | null };

/**
 * Adds recipients to a campaign, unless a refusal keeps one of them from being written to.
 * @param override the entry that says why refusals until now do not count; null to respect them
 * @returns null if a refusal forbids it
 */
export async function addRecipients(
  scope: Scope,
  campaign: CampaignToJoin,
  recipients: readonly NewRecipient[],
  at: number,
  override: AuditEntry | null = null,
): Promise<RecipientAdditionCounts | null> {
  const to = toAddressees(recipients, campaign.propertyId);
  const counts: D1Result[] = [];
  const [suppressed, inserted] = buildRecipientInserts(scope, campaign.id, recipients, at);
  const run = async () => {
    const results = await scope.db.$client.batch([
      suppressed,
      inserted,
      abortIfRefused(scope, { to, overriddenAt: override?.at ?? campaign.refusalsOverriddenAt ?? 0 }),
      ...(override === null ? [] : overrideRefusals(scope, campaign.id, override)),
    ]);
    counts.push(...results);
  };
  return (await runGuardedBatch(run())) === null
    ? parseRecipientAdditionCounts([counts[0], counts[1]])
    : null;
}

/**
 * Overrides, for one campaign, the refusals until now, and writes the audit entry that says why.
 */
export function overrideRefusals(scope: Scope, campaignId: number, audit: AuditEntry): D1PreparedStatement[] {
  return [
    scope.db.$client
      .prepare("UPDATE campaigns SET refusals_overridden_at = ? WHERE id = ? AND tenant_id = ?")
      .bind(audit.at, campaignId, scope.tenantId),
    insertAuditEntry(scope, audit),
  ];
}

/**
 * Returns how many recipients have been added to a campaign, and how many ids are left in the
 * campaign's range of recipient ids. Reads the campaign's last recipient.
 */
export async function countRecipientsAndIdsLeft(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<{ recipients: number; idsLeft: number }> {
  const row = await db.$client
    .prepare(
      `SELECT coalesce(l.turn + 1, 0) AS recipients, c.last_recipient_id - coalesce(l.id, c.first_recipient_id - 1) AS idsLeft
       FROM campaigns c LEFT JOIN (
         SELECT id, turn FROM campaign_recipients WHERE ${recipientRangeSql("?1")} ORDER BY id DESC LIMIT 1) l
       WHERE c.id = ?1 AND c.tenant_id = ?2`,
    )
    .bind(campaignId, tenantId)
    .first<{ recipients: number; idsLeft: number }>();
  return row ?? { recipients: 0, idsLeft: 0 };
}

/**
 * A "send now" within this time after an email counts as a second click, and does not send the next
 * email.
 */
export const sendNowDoubleClickMs = 60_000;

/**
 * SQL for each change of one recipient. Every statement checks again the facts that the change was
 * decided on.
 */
const changeSql = {
  pause:
    "SET status = 'paused', due_at = NULL, lease = NULL WHERE id = ?1 AND tenant_id = ?2 AND status = 'active'",
  // Resuming one recipient by hand confirms a late email too, because the agent has looked at the
  // recipient.
  resume: `SET status = 'active', allows_late = 1, due_at = CASE
      WHEN (SELECT status FROM campaigns WHERE id = campaign_id) = 'active'
       AND next_step <= (SELECT count(*) FROM campaign_steps s WHERE s.campaign_id = campaign_recipients.campaign_id)
      THEN max(coalesce(scheduled_at, ?3), ?3) END
    WHERE id = ?1 AND tenant_id = ?2 AND status = 'paused'`,
  // A claimed recipient is left out, because its email is on its way. An open task is skipped.
  "send-now": `SET due_at = ?3, scheduled_at = ?3, send_now = 1, snoozed_until = NULL
    WHERE id = ?1 AND tenant_id = ?2 AND status = 'active' AND lease IS NULL
      AND CASE WHEN ?4 IS NULL THEN coalesce(last_sent_at, 0) <= ?3 - ${sendNowDoubleClickMs} ELSE next_step = ?4 END
      AND NOT EXISTS (SELECT 1 FROM tasks k WHERE k.recipient_id = campaign_recipients.id
        AND k.step_number = next_step AND +k.outcome IS NULL AND k.opened_at > ?3 - ${sendNowDoubleClickMs})
      AND (SELECT status FROM campaigns WHERE id = campaign_id) = 'active'`,
} as const;

/**
 * One action on one recipient. `campaignId` is the recipient's campaign; the campaign is completed
 * if the action leaves no recipient to write to.
 */
export type RecipientActionRequest = {
  id: number;
  campaignId: number;
  action: keyof typeof changeSql | "stop";
  /** For `send-now`, the step to send; if omitted, the next step. */
  stepNumber?: number | undefined;
};

/**
 * Changes one recipient.
 * @returns false if the recipient has changed meanwhile, or an email to the recipient is being sent
 */
export async function performRecipientAction(
  scope: Scope,
  change: RecipientActionRequest,
  audit: AuditEntry,
): Promise<boolean> {
  return await writeAudited(scope, changeStatements(scope, change, audit), audit);
}

function changeStatements(
  scope: Scope,
  { id, campaignId, action, stepNumber }: RecipientActionRequest,
  audit: AuditEntry,
): D1PreparedStatement[] {
  const { db, tenantId } = scope;
  const campaignIds = [campaignId];
  if (action === "stop") {
    const where = "id = ?1 AND tenant_id = ?2";
    return stopRecipients(db, { where, values: [id, tenantId], reason: "manual", at: audit.at, campaignIds });
  }
  const sql = changeSql[action];
  const all = [id, tenantId, audit.at, stepNumber ?? null];
  const values = all.filter((_, index) => sql.includes(`?${index + 1}`));
  return [
    db.$client.prepare(`UPDATE campaign_recipients ${sql}`).bind(...values),
    ...(action === "send-now" ? [skipTaskForSendNow(scope, id, audit)] : []),
    completeFinishedCampaigns(db, campaignIds, audit.at),
  ];
}

/**
 * Stops every recipient at a property, in every campaign.
 * @returns the number of stopped recipients
 */
export async function stopRecipientsAtProperty(
  scope: Scope,
  propertyId: string,
  audit: AuditEntry,
): Promise<number> {
  const { db, tenantId } = scope;
  const [result] = await db.$client.batch([
    ...stopRecipients(db, {
      where: "tenant_id = ?1 AND property_id = ?2",
      values: [tenantId, propertyId],
      reason: "propertyStopped",
      at: audit.at,
      campaignIds: "ofStopped",
    }),
    // Recipients whom an answer had stopped are now stopped by the agent too, so their stop can't
    // be undone any more.
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET stopped_from = NULL
         WHERE tenant_id = ? AND property_id = ? AND stopped_from IS NOT NULL`,
      )
      .bind(tenantId, propertyId),
    insertAuditEntry(scope, audit),
  ]);
  return result?.meta.changes ?? 0;
}

/**
 * Postpones a recipient's next email; never brings it forward. Snoozing again replaces the date.
 * An email to the recipient that is already queued is not sent.
 * @returns false if the recipient was no longer active
 */
export async function snoozeRecipient(
  scope: Scope,
  id: number,
  until: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const update = db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET snoozed_until = j.until, scheduled_at = j.until, lease = NULL,
          due_at = CASE WHEN (SELECT status FROM campaigns WHERE id = r.campaign_id) = 'active' THEN j.until END
        FROM (SELECT id, max(?3, CASE WHEN snoozed_until > ?4 THEN 0 ELSE coalesce(scheduled_at, 0) END) AS until
          FROM campaign_recipients WHERE id = ?1) j
        WHERE r.id = j.id AND r.tenant_id = ?2 AND r.status = 'active'`,
    )
    .bind(id, tenantId, until, audit.at);
  return await writeAudited(scope, [update], audit);
}

/**
 * Ends a snooze. The next email goes at `at`, when the email would have gone without the snooze.
 */
export async function unsnoozeRecipient(
  scope: Scope,
  id: number,
  at: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const update = db.$client
    .prepare(
      `UPDATE campaign_recipients SET snoozed_until = NULL, scheduled_at = ?3, due_at = CASE
          WHEN (SELECT status FROM campaigns WHERE id = campaign_id) = 'active' THEN ?3 END
        WHERE id = ?1 AND tenant_id = ?2 AND status = 'active' AND snoozed_until > ?4 AND lease IS NULL`,
    )
    .bind(id, tenantId, at, audit.at);
  return await writeAudited(scope, [update], audit);
}

/**
 * Runs the statements in one batch with their audit entry.
 * @returns whether the first statement changed a row
 */
async function writeAudited(
  scope: Scope,
  statements: readonly D1PreparedStatement[],
  audit: AuditEntry,
): Promise<boolean> {
  const [result] = await scope.db.$client.batch([...statements, insertAuditEntry(scope, audit)]);
  return (result?.meta.changes ?? 0) > 0;
}

/**
 * Returns the states of the properties that a campaign writes about, null for an unknown one. Reads
 * the campaign's recipients.
 */
export async function listPropertyStates(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<(string | null)[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT property_state AS state FROM campaign_recipients
       WHERE ${recipientRangeSql("?1")} AND tenant_id = ?2`,
    )
    .bind(campaignId, tenantId)
    .all<{ state: string | null }>();
  return results.map(({ state }) => state);
}
