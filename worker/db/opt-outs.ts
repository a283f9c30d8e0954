import type { RefusalKind } from "../../shared/vocabulary.ts";
import { buildResumeAfterOptOut } from "./answer-stops.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { createScope, type Database, type Scope } from "./scope.ts";

/** The dedupe key of the event that an opt-out by an unsubscribe link causes. */
export const linkOptOutDedupeKey = "oneClick";

/** The email whose unsubscribe link a person follows, and the address that the email went to. */
export type UnsubscribeLinkTarget = {
  tenantId: number;
  recipientId: number;
  stepNumber: number;
  email: string | null;
};

/** The facts that the page of an unsubscribe link shows. */
export type OptOutFacts = {
  /** The office's licensed name, or the office's name if no licensed name is stored. */
  office: string;
  /** The address to which the office writes; null if the address is unknown. */
  email: string | null;
  /** The recipient; null if the recipient's campaign was deleted. */
  recipient: { campaignId: number; propertyId: string | null; name: string } | null;
  /** The instant at which this link put the address on the do-not-email list, or null. */
  optedOutAt: number | null;
};

const ofLinkSql = `s.tenant_id = ?1 AND s.reason = 'unsubscribed' AND s.source = 'link'
  AND s.evidence->>'recipientId' = ?2`;

/** Returns the facts for the page of an unsubscribe link; null if the office is gone. */
export async function loadOptOutFacts(
  { $client }: Database,
  { tenantId, recipientId, email }: UnsubscribeLinkTarget,
): Promise<OptOutFacts | null> {
  type Row = {
    office: string;
    ownEmail: string | null;
    campaignId: number | null;
    propertyId: string | null;
    name: string | null;
    optedOutAt: number | null;
  };
  const row = await $client
    .prepare(
      `SELECT coalesce(nullif(trim(t.licensed_name), ''), t.name) AS office, r.email AS ownEmail,
        r.campaign_id AS campaignId, r.property_id AS propertyId, r.name,
        (SELECT s.created_at FROM suppressions s WHERE s.email = lower(coalesce(?3, r.email)) AND ${ofLinkSql}) AS optedOutAt
      FROM tenants t LEFT JOIN campaign_recipients r ON r.id = ?2 AND r.tenant_id = t.id
      WHERE t.id = ?1`,
    )
    .bind(tenantId, recipientId, email)
    .first<Row>();
  if (row === null) return null;
  const { office, ownEmail, campaignId, propertyId, name, optedOutAt } = row;
  return {
    office,
    email: email ?? ownEmail,
    recipient: campaignId === null ? null : { campaignId, propertyId, name: name ?? "" },
    optedOutAt,
  };
}

/** The address and property of the recipient who takes back an opt-out. */
export type OptOutRecipient = {
  id: number;
  campaignId: number;
  propertyId: string | null;
  email: string | null;
};

/**
 * Takes back an opt-out by a link: removes the address from the do-not-email list, and resumes the
 * recipients whom the opt-out stopped. A recipient who must stay stopped for another reason is not
 * resumed. The person's refusal from before the opt-out counts again. The opt-out's event is
 * deleted, because the person has said that the opt-out was a mistake.
 * @param since opt-outs before this instant stay
 * @returns false, with nothing written, if the link has caused no opt-out since `since`
 */
export async function undoOptOut(
  db: Database,
  link: UnsubscribeLinkTarget,
  owner: OptOutRecipient | null,
  { since, audit }: { since: number; audit: AuditEntry },
): Promise<boolean> {
  const { tenantId, recipientId, stepNumber } = link;
  const emails = JSON.stringify([link.email, owner?.email].flatMap((one) => one?.toLowerCase() ?? []));
  const values = [tenantId, recipientId, since, emails];
  const ours = `${ofLinkSql} AND s.created_at >= ?3 AND s.email IN (SELECT value FROM json_each(?4))`;
  const found = await db.$client
    .prepare(`SELECT max(s.evidence->>'priorRefusal') AS prior FROM suppressions s WHERE ${ours}`)
    .bind(...values)
    .first<{ prior: RefusalKind | null }>();
  const scope = createScope(db, tenantId);
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "tooLate", `EXISTS (SELECT 1 FROM suppressions s WHERE ${ours})`, ...values),
      db.$client.prepare(`DELETE FROM suppressions AS s WHERE ${ours}`).bind(...values),
      ...(owner === null ? [] : [restoreRefusal(scope, owner, found?.prior ?? null)]),
      removeOptOutEvent(db, [recipientId, stepNumber, tenantId]),
      ...(owner === null ? [] : buildResumeAfterOptOut(scope, owner, audit.at)),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

/**
 * Builds the statement that sets the person's refusal at the property back to `prior`, the kind
 * from before the opt-out. If `prior` is null, the refusal is removed.
 */
function restoreRefusal(
  { db, tenantId }: Scope,
  { propertyId, email }: OptOutRecipient,
  prior: RefusalKind | null,
): D1PreparedStatement {
  const where = "tenant_id = ?1 AND property_id = ?2 AND email = ?3 AND kind = 'unsubscribed'";
  return prior === null
    ? db.$client.prepare(`DELETE FROM refusals WHERE ${where}`).bind(tenantId, propertyId, email)
    : db.$client
        .prepare(`UPDATE refusals SET kind = ?4 WHERE ${where}`)
        .bind(tenantId, propertyId, email, prior);
}

/**
 * Builds the statement that removes the event of an opt-out by link, so that figures no longer
 * count the opt-out.
 */
function removeOptOutEvent(db: Database, values: readonly number[]): D1PreparedStatement {
  const own = `e.recipient_id = ?1 AND e.step_number = ?2 AND e.tenant_id = ?3 AND e.kind = 'unsubscribed'`;
  const isLink = `e.dedupe_key = '${linkOptOutDedupeKey}'`;
  return db.$client.prepare(`DELETE FROM events AS e WHERE ${own} AND ${isLink}`).bind(...values);
}
