import type { RefusalKind, SuppressionReason } from "../../shared/vocabulary.ts";
import type {
  BlockedContact,
  Contact,
  OtherRecipient,
  PropertyHistory,
  StoredRefusal,
} from "../domain/send/contact-history.ts";
import { abortUnless } from "./batch-guard.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import { isReplySql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";

/*
 * Loads the history of people and properties. A request to write to people checks this history
 * first. Every query is bounded, so that a building with ten thousand apartments costs no more than
 * a building with fifty.
 */

/** The most recipients that are read for one property, the newest campaigns first. */
const pastPerProperty = 200;
/** The most recipients that are read for one address, the newest campaigns first. */
const pastPerPerson = 20;
/** The most refusals that are read for one property. */
const refusalsPerProperty = 100;
/** The most refusals that the error of a refused request can name. */
const blockedShown = 20;
/** The most characters of an answer that are read. Only the first words are shown. */
const answerCharacters = 500;

const pastSql = `WITH found(id) AS (
    SELECT id FROM (SELECT r.id FROM campaign_recipients r WHERE r.tenant_id = ?2 AND r.property_id = ?3
      ORDER BY r.campaign_id DESC LIMIT ${pastPerProperty})
    UNION
    SELECT own.value FROM json_each(?1) j CROSS JOIN json_each((SELECT json_group_array(id) FROM (
      SELECT r.id FROM campaign_recipients r WHERE r.tenant_id = ?2 AND r.email = j.value->>'email'
      ORDER BY r.campaign_id DESC LIMIT ${pastPerPerson}))) own)
  SELECT r.property_id AS propertyId, r.email, r.contact_key AS contactKey, r.name, c.id AS campaignId,
    c.name AS campaignName, s.from_name AS senderName, r.stop_reason IS 'bounced' AS hasBounced,
    r.created_at AS addressedAt,
    (SELECT count(*) FROM messages m WHERE m.recipient_id = r.id AND m.status IN ('sending', 'sent', 'unknown')) AS sent,
    (SELECT max(coalesce(m.sent_at, m.attempted_at)) FROM messages m
      WHERE m.recipient_id = r.id AND m.status IN ('sending', 'sent', 'unknown')) AS lastSentAt,
    (SELECT json_object('at', e.occurred_at, 'text', substr(e.data->>'text', 1, ${answerCharacters}))
      FROM messages m CROSS JOIN events e ON e.recipient_id = m.recipient_id AND e.step_number = m.step_number
        AND ${isReplySql("e")}
      WHERE m.recipient_id = r.id ORDER BY e.occurred_at DESC LIMIT 1) AS answer
  FROM found CROSS JOIN campaign_recipients r ON r.id = found.id
  CROSS JOIN campaigns c ON c.id = r.campaign_id
  CROSS JOIN senders s ON s.id = r.sender_id`;

type PastRow = Omit<OtherRecipient, "hasBounced" | "answeredAt" | "answerText"> & {
  hasBounced: number;
  answer: string | null;
};

function toPastRecipient({ hasBounced, answer, ...row }: PastRow): OtherRecipient {
  const given: { at: number; text: string | null } | null = answer === null ? null : JSON.parse(answer);
  return {
    ...row,
    hasBounced: hasBounced === 1,
    answeredAt: given?.at ?? null,
    answerText: given?.text ?? null,
  };
}

function isSuppressedSql(refusal: string): string {
  return `EXISTS (SELECT 1 FROM suppressions s WHERE s.tenant_id = ${refusal}.tenant_id AND s.email = ${refusal}.email)`;
}

/**
 * SQL: the instant at which the refusing person became a recipient, or the instant of the refusal
 * if no recipient from before the refusal is known.
 */
export const refuserAddedAtSql = (refusal: string) =>
  `coalesce((SELECT r.created_at FROM campaign_recipients r WHERE r.id = ${refusal}.recipient_id
    AND r.created_at < ${refusal}.refused_at), ${refusal}.refused_at)`;

/**
 * The columns of `StoredRefusal` for a query in which `f` is the refusal and `p` is the refusal's
 * property.
 */
const refusalColumns = `f.property_id AS propertyId, f.email, f.kind, f.refused_at AS refusedAt, f.name, f.note,
  f.reply_text AS replyText, f.recipient_id AS recipientId,
  ${isSuppressedSql("f")} AS isSuppressed, p.owners_changed_at AS ownersChangedAt,
  ${refuserAddedAtSql("f")} AS addressedAt`;

type RefusalColumns = Omit<StoredRefusal, "isSuppressed" | "kind"> & {
  kind: RefusalKind;
  isSuppressed: number;
};
const toRefusal = (row: RefusalColumns): StoredRefusal => ({ ...row, isSuppressed: row.isSuppressed === 1 });

/** Returns a person's refusal at a property; null if no refusal is stored. */
export async function findRefusal(
  { db, tenantId }: Scope,
  { propertyId, email }: { propertyId: string; email: string },
): Promise<StoredRefusal | null> {
  const row = await db.$client
    .prepare(
      `SELECT ${refusalColumns} FROM refusals f
       LEFT JOIN properties p ON p.tenant_id = f.tenant_id AND p.property_id = f.property_id
       WHERE f.tenant_id = ? AND f.property_id = ? AND f.email = ?`,
    )
    .bind(tenantId, propertyId, email)
    .first<RefusalColumns>();
  return row && toRefusal(row);
}

/** Returns the stored facts about the contacts and the property, within the limits above. */
export async function loadPropertyHistory(
  { db, tenantId }: Scope,
  propertyId: string,
  contacts: readonly Contact[],
): Promise<PropertyHistory> {
  const json = JSON.stringify(contacts);
  const prepare = (sql: string, ...values: unknown[]) => db.$client.prepare(sql).bind(...values);
  const [past, refusals, suppressions, property, elsewhere] = await db.$client.batch<Record<string, unknown>>(
    [
      prepare(pastSql, json, tenantId, propertyId),
      prepare(
        `SELECT ${refusalColumns} FROM (SELECT * FROM refusals WHERE tenant_id = ?1 AND property_id = ?2
         ORDER BY refused_at DESC LIMIT ${refusalsPerProperty}) f
       LEFT JOIN properties p ON p.tenant_id = f.tenant_id AND p.property_id = f.property_id
       ORDER BY f.refused_at DESC`,
        tenantId,
        propertyId,
      ),
      prepare(
        `SELECT s.email, s.reason, s.created_at AS since FROM json_each(?1) j CROSS JOIN suppressions s
         ON s.tenant_id = ?2 AND s.email = j.value->>'email'`,
        json,
        tenantId,
      ),
      prepare(
        "SELECT owners_changed_at AS ownersChangedAt FROM properties WHERE tenant_id = ? AND property_id = ?",
        tenantId,
        propertyId,
      ),
      prepare(
        `SELECT f.email, max(f.refused_at) AS refusedAt FROM json_each(?1) j CROSS JOIN refusals f INDEXED BY refusals_undecided
         ON f.tenant_id = ?2 AND f.kind = 'undecided' AND f.email = j.value->>'email'
       WHERE f.property_id <> ?3 GROUP BY f.email`,
        json,
        tenantId,
        propertyId,
      ),
    ],
  );
  const listed = (suppressions?.results ?? []) as {
    email: string;
    reason: SuppressionReason;
    since: number;
  }[];
  const undecided = (elsewhere?.results ?? []) as { email: string; refusedAt: number }[];
  const [row] = (property?.results ?? []) as { ownersChangedAt: number | null }[];
  return {
    propertyId,
    ownersChangedAt: row?.ownersChangedAt ?? null,
    refusals: ((refusals?.results ?? []) as RefusalColumns[]).map(toRefusal),
    past: ((past?.results ?? []) as PastRow[]).map(toPastRecipient),
    undecidedElsewhere: new Map(undecided.map(({ email, refusedAt }) => [email, refusedAt])),
    suppressions: new Map(listed.map(({ email, reason, since }) => [email, { reason, since }])),
  };
}

/**
 * SQL condition that is true if refusal `f` forbids emails to an addressee. `forbidsEmailsTo` in
 * domain/send/contact-history.ts states the same rule in TypeScript.
 * @param overriddenAt SQL: refusals up to this instant do not count
 * @param addressee the alias of the row with the addressee's `email`
 */
export const isBlockedByRefusalSql = (overriddenAt: string, addressee: string) =>
  `f.refused_at > ${overriddenAt} AND CASE WHEN f.kind = 'wrongPerson' THEN f.email IS ${addressee}.email
  ELSE (f.kind IN ('undecided', 'notSelling') OR ${isSuppressedSql("f")}) AND coalesce(${refuserAddedAtSql("f")} > (SELECT p.owners_changed_at
    FROM properties p WHERE p.tenant_id = f.tenant_id AND p.property_id = f.property_id), 1) END`;

/** A person whom a request names, and the property that the emails would be about. */
export type RefusalCheckPerson = { email: string | null; propertyId: string | null };

/**
 * Returns new recipients as people to check for refusals. A recipient without a property gets the
 * campaign's property.
 */
export function toRefusalCheckPeople(
  recipients: readonly RefusalCheckPerson[],
  campaignPropertyId: string | null,
): RefusalCheckPerson[] {
  return recipients.map(({ email, propertyId }) => ({ email, propertyId: propertyId ?? campaignPropertyId }));
}

/**
 * The people whom a statement checks for refusals: the people of a request, or the recipients of a
 * campaign whose sequence has not ended. Refusals up to `overriddenAt` do not count; `overriddenAt`
 * is 0 if all refusals count.
 */
export type PeopleToCheckForRefusals = {
  to: readonly RefusalCheckPerson[] | { campaignId: number };
  overriddenAt: number;
};

/**
 * Returns a SELECT of the refusals that forbid emails to the addressees, one row per addressee and
 * refusal, and its values. The query reads the refusals of each property first, because most
 * properties have no refusals.
 */
function buildBlockedSql(
  { tenantId }: Scope,
  { to, overriddenAt }: PeopleToCheckForRefusals,
): [string, unknown[]] {
  const ofCampaign = `(SELECT id AS key, email, property_id FROM campaign_recipients WHERE ${recipientRangeSql("?1")}
    AND +tenant_id = ?2 AND status IN ('active', 'paused', 'waitingForEmail'))`;
  const ofRequest =
    "(SELECT key, value->>'email' AS email, value->>'propertyId' AS property_id FROM json_each(?1))";
  const columns = "a.key, a.email AS toEmail, f.tenant_id, f.property_id, f.email, f.refused_at";
  const join = (
    properties: string,
    addressees: string,
  ) => `SELECT ${columns}, 0 AS isElsewhere FROM ${properties} p
    CROSS JOIN refusals f ON f.tenant_id = ?2 AND f.property_id = p.id
    CROSS JOIN ${addressees} a ON a.property_id = f.property_id WHERE ${isBlockedByRefusalSql("?3", "a")}
    UNION ALL SELECT ${columns}, 1 FROM ${"campaignId" in to ? elsewhereOfCampaign : elsewhereOfRequest}
    WHERE f.kind = 'undecided' AND f.refused_at > ?3 AND f.property_id IS NOT a.property_id`;
  if ("campaignId" in to) {
    const properties = `(SELECT DISTINCT property_id AS id FROM ${ofCampaign})`;
    return [join(properties, ofCampaign), [to.campaignId, tenantId, overriddenAt]];
  }
  const ids = [...new Set(to.flatMap(({ propertyId }) => propertyId ?? []))];
  const properties = "(SELECT value AS id FROM json_each(?4))";
  return [join(properties, ofRequest), [JSON.stringify(to), tenantId, overriddenAt, JSON.stringify(ids)]];
}

/**
 * SQL: a campaign's recipients `a`, with the undecided replies `f` of the same people. The query
 * starts from the tenant's undecided replies, which are few.
 */
const elsewhereOfCampaign = `refusals f INDEXED BY refusals_undecided CROSS JOIN
  (SELECT id AS key, tenant_id, campaign_id, email, property_id, status FROM campaign_recipients) a
    ON f.tenant_id = ?2 AND f.kind = 'undecided' AND a.tenant_id = ?2 AND a.email = f.email
    AND a.campaign_id = ?1 AND a.status IN ('active', 'paused', 'waitingForEmail')`;

/**
 * SQL: the people `a` of a request, with the undecided replies `f` of the same people. Reads one
 * row if the tenant has no undecided reply.
 */
const elsewhereOfRequest = `(SELECT 1 FROM refusals INDEXED BY refusals_undecided
    WHERE tenant_id = ?2 AND kind = 'undecided' LIMIT 1) CROSS JOIN (SELECT key, value->>'email' AS email, value->>'propertyId' AS property_id FROM json_each(?1)) a
  CROSS JOIN refusals f INDEXED BY refusals_undecided
    ON f.tenant_id = ?2 AND f.kind = 'undecided' AND f.email = a.email`;

/**
 * Builds a guard that undoes its batch if a refusal forbids emails to any of these people. The
 * guard's name is `refusals`.
 */
export function abortIfRefused(scope: Scope, addressed: PeopleToCheckForRefusals): D1PreparedStatement {
  const [blocked, values] = buildBlockedSql(scope, addressed);
  return abortUnless(scope.db, "refusals", `NOT EXISTS (SELECT 1 FROM (${blocked}))`, ...values);
}

/**
 * Returns at most `blockedShown` refusals that forbid emails to these people. Each refusal comes
 * with the person whom the refusal blocks.
 */
export async function listBlockedContacts(
  scope: Scope,
  addressed: PeopleToCheckForRefusals,
): Promise<BlockedContact[]> {
  const [blocked, values] = buildBlockedSql(scope, addressed);
  return await readBlocked(
    scope,
    values,
    `SELECT * FROM (${blocked}) ORDER BY key, refused_at DESC LIMIT ${blockedShown}`,
  );
}

/** Returns the newest refusal that forbids emails to each of these people, if there is one. */
export async function listNewestRefusalPerPerson(
  scope: Scope,
  to: readonly RefusalCheckPerson[],
  overriddenAt: number,
): Promise<BlockedContact[]> {
  const [blocked, values] = buildBlockedSql(scope, { to, overriddenAt });
  return await readBlocked(scope, values, `SELECT * FROM (${blocked}) GROUP BY key HAVING max(refused_at)`);
}

/** @param blocked a SELECT of the columns of `buildBlockedSql` */
async function readBlocked(
  { db }: Scope,
  values: readonly unknown[],
  blocked: string,
): Promise<BlockedContact[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT found.key, found.toEmail, found.isElsewhere, ${refusalColumns} FROM (${blocked}) found
       CROSS JOIN refusals f ON f.tenant_id = found.tenant_id AND f.property_id = found.property_id
         AND f.email = found.email
       LEFT JOIN properties p ON p.tenant_id = f.tenant_id AND p.property_id = f.property_id
       ORDER BY found.key, f.refused_at DESC`,
    )
    .bind(...values)
    .all<RefusalColumns & { key: number; toEmail: string | null; isElsewhere: number }>();
  return results.map(({ key, toEmail, isElsewhere, ...row }) => ({
    index: key,
    email: toEmail,
    refusal: toRefusal(row),
    isElsewhere: isElsewhere === 1,
  }));
}
