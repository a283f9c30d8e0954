import type { PropertyStatus, StartProposalState } from "../../shared/vocabulary.ts";
import type { HostFacts } from "../domain/host-facts.ts";
import type { StartPerson, StatusStart } from "../domain/start-rule.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless } from "./batch-guard.ts";
import type { Scope } from "./scope.ts";

/**
 * Builds the statements that propose a campaign for each property with a new status, if the office
 * has a rule for the status. A proposal about the property's earlier status is dismissed.
 */
export function buildStartProposals(
  { db, tenantId }: Scope,
  starts: readonly StatusStart[],
  at: number,
): D1PreparedStatement[] {
  if (starts.length === 0) return [];
  const rows = JSON.stringify(
    starts.map(({ people, ...start }) => ({ ...start, people: JSON.stringify(people) })),
  );
  return [
    db.$client
      .prepare(
        `UPDATE start_proposals SET state = 'dismissed', decided_at = ?3
         WHERE id IN (SELECT s.id FROM json_each(?2) j CROSS JOIN start_proposals s ON s.tenant_id = ?1
           AND s.property_id = j.value->>'propertyId' AND s.status <> j.value->>'status' AND s.state = 'waiting')`,
      )
      .bind(tenantId, rows, at),
    db.$client
      .prepare(
        `INSERT INTO start_proposals (tenant_id, property_id, status, since, people, created_at)
         SELECT ?1, j.value->>'propertyId', r.status, j.value->>'since', j.value->>'people', ?3
         FROM json_each(?2) j CROSS JOIN start_rules r ON r.tenant_id = ?1 AND r.status = j.value->>'status'
         WHERE 1 ON CONFLICT (tenant_id, property_id, status, since) DO NOTHING`,
      )
      .bind(tenantId, rows, at),
  ];
}

export type StartProposalRow = {
  id: number;
  propertyId: string;
  status: PropertyStatus;
  people: StartPerson[];
  state: StartProposalState;
  refusal: string | null;
  campaignId: number | null;
  createdAt: number;
  facts: HostFacts | null;
  ownersChangedAt: number | null;
};
type Row = Omit<StartProposalRow, "people" | "facts"> & { people: string; facts: string | null };

const columns = `s.id, s.property_id AS propertyId, s.status, s.people, s.state, s.refusal, s.campaign_id AS campaignId,
  s.created_at AS createdAt, p.facts, p.owners_changed_at AS ownersChangedAt`;
const tables = `start_proposals s LEFT JOIN properties p ON p.tenant_id = s.tenant_id AND p.property_id = s.property_id`;

const parseRow = ({ people, facts, ...row }: Row): StartProposalRow => ({
  ...row,
  people: JSON.parse(people) as StartPerson[],
  facts: facts === null ? null : (JSON.parse(facts) as HostFacts),
});

/**
 * Returns at most `limit` proposals that wait for an agent, the newest first.
 * @param properties null for every property
 */
export async function listWaitingProposals(
  { db, tenantId }: Scope,
  properties: readonly string[] | null,
  limit: number,
): Promise<StartProposalRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT ${columns} FROM ${tables} WHERE s.tenant_id = ?1 AND s.state = 'waiting'
        AND (?2 IS NULL OR s.property_id IN (SELECT value FROM json_each(?2))) ORDER BY s.id DESC LIMIT ?3`,
    )
    .bind(tenantId, properties === null ? null : JSON.stringify(properties), limit)
    .all<Row>();
  return results.map(parseRow);
}

export async function findProposal({ db, tenantId }: Scope, id: number): Promise<StartProposalRow | null> {
  const row = await db.$client
    .prepare(`SELECT ${columns} FROM ${tables} WHERE s.id = ? AND s.tenant_id = ?`)
    .bind(id, tenantId)
    .first<Row>();
  return row === null ? null : parseRow(row);
}

/**
 * Returns the oldest proposals that their rules may launch by themselves: the rule launches, its
 * limit of the day is not reached, and no check has refused the proposal before.
 */
export async function listProposalsToLaunch(
  { db, tenantId }: Scope,
  dayStart: number,
  limit: number,
): Promise<StartProposalRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT ${columns} FROM start_rules r CROSS JOIN ${tables}
       WHERE r.tenant_id = ?1 AND r.mode = 'launch' AND s.tenant_id = ?1 AND s.state = 'waiting'
         AND s.status = r.status AND s.refusal IS NULL AND ${countByRuleSql("?2")} < r.daily_limit
       ORDER BY s.id LIMIT ?3`,
    )
    .bind(tenantId, dayStart, limit)
    .all<Row>();
  return results.map(parseRow);
}

/** SQL: the number of campaigns that rule `r` has launched by itself since an instant. */
const countByRuleSql = (
  since: string,
) => `(SELECT count(*) FROM start_proposals d WHERE d.tenant_id = r.tenant_id
  AND d.status = r.status AND d.is_by_rule = 1 AND d.decided_at >= ${since})`;

/**
 * A proposal that a launch takes. `dayStart`: the beginning of the office's day, for a launch by
 * the rule itself, which counts for the rule's limit; null for a launch by an agent.
 */
export type TakenProposal = { id: number; by: string; at: number; dayStart: number | null };

/**
 * Builds the statements that take a proposal for a new campaign. The first statement undoes the
 * batch if the proposal no longer waits, or if the rule's limit of the day is reached.
 */
export function buildProposalTaking(
  { db, tenantId }: Scope,
  { id, by, at, dayStart }: TakenProposal,
  campaignId: number,
): D1PreparedStatement[] {
  const isWaiting = `EXISTS (SELECT 1 FROM start_proposals s CROSS JOIN start_rules r ON r.tenant_id = s.tenant_id
    AND r.status = s.status WHERE s.id = ? AND s.tenant_id = ? AND s.state = 'waiting'
    AND (? IS NULL OR ${countByRuleSql("?")} < r.daily_limit))`;
  return [
    abortUnless(db, "proposal", isWaiting, id, tenantId, dayStart, dayStart),
    db.$client
      .prepare(
        `UPDATE start_proposals SET state = 'launched', campaign_id = ?3, decided_at = ?4, decided_by = ?5,
           is_by_rule = ?6 WHERE id = ?1 AND tenant_id = ?2`,
      )
      .bind(id, tenantId, campaignId, at, by, dayStart === null ? 0 : 1),
  ];
}

/**
 * Stores why a rule could not launch a proposal by itself. The proposal then waits for an agent.
 */
export async function noteProposalRefusal(
  { db, tenantId }: Scope,
  id: number,
  refusal: string,
): Promise<void> {
  await db.$client
    .prepare("UPDATE start_proposals SET refusal = ?3 WHERE id = ?1 AND tenant_id = ?2 AND state = 'waiting'")
    .bind(id, tenantId, refusal)
    .run();
}

/**
 * Dismisses a proposal, or lets a dismissed proposal wait again.
 * @returns false if the proposal was in another state
 */
export async function setProposalDismissed(
  scope: Scope,
  id: number,
  isDismissed: boolean,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const [before, after] = isDismissed ? ["waiting", "dismissed"] : ["dismissed", "waiting"];
  const [changed] = await db.$client.batch([
    db.$client
      .prepare(
        `UPDATE start_proposals SET state = ?4, decided_at = ?5, decided_by = ?6
         WHERE id = ?1 AND tenant_id = ?2 AND state = ?3`,
      )
      .bind(id, tenantId, before, after, audit.at, audit.actor),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (changed?.meta.changes ?? 0) > 0;
}
