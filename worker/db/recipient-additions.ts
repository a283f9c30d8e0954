import type { CampaignApproval } from "../../shared/campaign-approval.ts";
import type { RecipientStatus } from "../../shared/vocabulary.ts";
import type { NewRecipient } from "../domain/recipient.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { abortIfRefused, toRefusalCheckPeople } from "./contact-history.ts";
import { buildPersonalWordingInserts, type NewRecipientWithWordings } from "./personal-wordings.ts";
import { contactKeysSql } from "./recipient-checks.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/**
 * Three counts of the offered recipients: added, waiting for an address, and suppressed (on the
 * do-not-email list). The other recipients were in the campaign already.
 */
export type RecipientAdditionCounts = { added: number; waitingForEmail: number; suppressed: number };

/**
 * Builds two statements: a count of the suppressed addresses, and the insert, which returns one
 * status per row. The insert reads from the campaign's row whether the campaign takes recipients
 * and whether the new recipients come due.
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
 * stored, so a recipient keeps the sender.
 */
export const senderByTurnSql = (turn: string) => `
  CASE ${turn} % (json_array_length(c.other_sender_ids) + 1) WHEN 0 THEN c.sender_id
    ELSE json_extract(c.other_sender_ids, '$[' || (${turn} % (json_array_length(c.other_sender_ids) + 1) - 1) || ']')
  END`;

const insertRecipientsSql = `
  INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, turn, property_id, property_state, address_keys, email, name,
    contact_key, source, source_date, consent, time_zone, time_zone_source, status, next_step, next_is_task, due_at, scheduled_at, data,
    created_at)
  SELECT j.id, c.tenant_id, c.id, ${senderByTurnSql("j.turn")}, j.turn, coalesce(j.value->>'propertyId', c.property_id),
         j.value->>'propertyState', j.value->>'addressKeys', j.value->>'email', j.value->>'name', j.value->>'contactKey',
         j.value->>'source', j.value->>'sourceDate', j.value->>'consent', j.value->>'timeZone',
         j.value->>'timeZoneSource',
         CASE WHEN j.value->>'email' IS NULL THEN 'waitingForEmail' ELSE 'active' END,
         f.step_number, f.kind = 'task',
         CASE WHEN c.status = 'active' AND j.value->>'email' IS NOT NULL
           THEN max(j.value->>'plannedAt', coalesce(c.recall_until, 0)) END,
         CASE WHEN c.status NOT IN ('draft', 'waitingForApproval') AND j.value->>'email' IS NOT NULL
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
      -- The unique index does not tell apart recipients without an address; the host's contact key
      -- does. The recipient with the key may have got an address since. The keys are read at most
      -- once.
      AND NOT CASE WHEN o.value->>'email' IS NULL AND o.value->>'contactKey' IS NOT NULL
        THEN o.value->>'contactKey' IN ${contactKeysSql("?2")} ELSE 0 END
  ) j JOIN campaigns c ON c.id = ?2
  JOIN (SELECT step_number, kind FROM campaign_steps WHERE campaign_id = ?2 AND removed_at IS NULL
    ORDER BY position LIMIT 1) f
  WHERE c.tenant_id = ?3 AND c.status IN ('draft', 'waitingForApproval', 'active', 'paused') AND j.id <= c.last_recipient_id
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

/**
 * The approval that new recipients need. `missing`: the campaign's approval does not cover the
 * recipients' source, so the recipients may join only a draft. `given`: a team lead adds the
 * recipients, and the approval covers the recipients' source from now on.
 */
export type RecipientAdditionApproval =
  | { kind: "missing" }
  | { kind: "given"; approval: CampaignApproval; audit: AuditEntry };

/** The fields of a campaign that decide which refusals count for new recipients. */
export type CampaignForAdditions = {
  id: number;
  propertyId: string | null;
  refusalsOverriddenAt: number | null;
};

/**
 * Adds all recipients to a campaign. If a refusal forbids emails to one recipient, adds none.
 * @param changed the recipients' personal wordings, and the agent who wrote the wordings; null
 *   without personal wordings
 * @param override the audit entry with the reason for ignoring all earlier refusals; null if
 *   earlier refusals count
 * @param approval null if the recipients need no approval, or the campaign's approval covers the
 *   recipients
 * @returns the counts, or the name of the guard that undid the batch. `refusals`: a refusal forbids
 *   emails to a recipient. `approval`: the campaign was launched meanwhile, and its approval does
 *   not cover the recipients
 */
export async function addRecipients(
  scope: Scope,
  campaign: CampaignForAdditions,
  recipients: readonly NewRecipient[],
  at: number,
  changed: { people: readonly NewRecipientWithWordings[]; agentId: string } | null = null,
  override: AuditEntry | null = null,
  approval: RecipientAdditionApproval | null = null,
): Promise<RecipientAdditionCounts | "refusals" | "approval"> {
  const to = toRefusalCheckPeople(recipients, campaign.propertyId);
  const counts: D1Result[] = [];
  const [suppressed, inserted] = buildRecipientInserts(scope, campaign.id, recipients, at);
  const run = async () => {
    const results = await scope.db.$client.batch([
      suppressed,
      inserted,
      ...(changed === null
        ? []
        : buildPersonalWordingInserts(scope, campaign.id, changed.people, { at, agentId: changed.agentId })),
      abortIfRefused(scope, { to, overriddenAt: override?.at ?? campaign.refusalsOverriddenAt ?? 0 }),
      ...(override === null ? [] : buildRefusalOverride(scope, campaign.id, override)),
      ...(approval === null ? [] : applyJoiningApproval(scope, campaign.id, approval)),
    ]);
    counts.push(...results);
  };
  const refusal = await awaitGuardedBatch(run());
  if (refusal !== null) return refusal as "refusals" | "approval";
  return parseRecipientAdditionCounts([counts[0], counts[1]]);
}

function applyJoiningApproval(
  scope: Scope,
  campaignId: number,
  approval: RecipientAdditionApproval,
): D1PreparedStatement[] {
  const { db, tenantId } = scope;
  const isDraft = "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status = 'draft')";
  if (approval.kind === "missing") return [abortUnless(db, "approval", isDraft, campaignId, tenantId)];
  return [
    db.$client
      .prepare("UPDATE campaigns SET approval = ? WHERE id = ? AND tenant_id = ?")
      .bind(JSON.stringify(approval.approval), campaignId, tenantId),
    buildAuditEntryInsert(scope, approval.audit),
  ];
}

/**
 * Builds the statements that override all earlier refusals for one campaign and write the audit
 * entry with the reason.
 */
export function buildRefusalOverride(
  scope: Scope,
  campaignId: number,
  audit: AuditEntry,
): D1PreparedStatement[] {
  return [
    scope.db.$client
      .prepare("UPDATE campaigns SET refusals_overridden_at = ? WHERE id = ? AND tenant_id = ?")
      .bind(audit.at, campaignId, scope.tenantId),
    buildAuditEntryInsert(scope, audit),
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
