import { type AuditEntry, insertAuditEntry } from "./audit-log.ts";
import { wakeRecipientsAtProperty } from "./condition-waits.ts";
import type { properties } from "./schema.ts";
import type { Scope } from "./scope.ts";
import { stopRecipients } from "./stops.ts";

export type PropertyRow = Omit<typeof properties.$inferSelect, "tenantId" | "priceChangedAt" | "owners">;

/** What the host says about a property. Null means that the host has not given the value. */
export type PropertyChange = {
  propertyId: string;
  standardStatus: string | null;
  listPrice: number | null;
  owners?: readonly string[] | null;
};

/** Returns what the host has said about a property; null if the host has said nothing. */
export async function findProperty({ db, tenantId }: Scope, propertyId: string): Promise<PropertyRow | null> {
  return await db.$client
    .prepare(
      `SELECT property_id AS propertyId, standard_status AS standardStatus, list_price AS listPrice,
        previous_list_price AS previousListPrice, owners_changed_at AS ownersChangedAt, changed_at AS changedAt
      FROM properties WHERE tenant_id = ? AND property_id = ?`,
    )
    .bind(tenantId, propertyId)
    .first<PropertyRow>();
}

/**
 * Stores what the host says about a property. The same batch stops recipients whose campaign ends
 * with the property's new status. In the same batch, recipients at the property who wait for their
 * step's conditions come due, so that the conditions are checked again. If nothing has changed, the
 * property's row is not written.
 * @returns the number of stopped recipients
 */
export async function storePropertyChange(
  scope: Scope,
  change: PropertyChange,
  audit: AuditEntry,
): Promise<number> {
  const { db, tenantId } = scope;
  const [, stopped] = await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO properties (tenant_id, property_id, standard_status, list_price, changed_at, owners, owners_changed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)
        ON CONFLICT (tenant_id, property_id) DO UPDATE SET
          standard_status = coalesce(excluded.standard_status, standard_status),
          previous_list_price = CASE WHEN excluded.list_price <> list_price THEN list_price ELSE previous_list_price END,
          price_changed_at = CASE WHEN excluded.list_price <> list_price THEN ?5 ELSE price_changed_at END,
          list_price = coalesce(excluded.list_price, list_price),
          owners_changed_at = CASE WHEN ${hasNewOwnersSql} THEN ?5 ELSE owners_changed_at END,
          owners = coalesce(excluded.owners, owners),
          changed_at = excluded.changed_at
        WHERE coalesce(excluded.standard_status, standard_status) IS NOT standard_status
          OR coalesce(excluded.list_price, list_price) IS NOT list_price
          OR coalesce(excluded.owners, owners) IS NOT owners`,
      )
      .bind(
        tenantId,
        change.propertyId,
        change.standardStatus,
        change.listPrice,
        audit.at,
        change.owners == null ? null : JSON.stringify(change.owners),
      ),
    ...stopRecipients(db, {
      where: hasExitedSql,
      values: [tenantId, change.propertyId],
      reason: "propertyStatusChanged",
      at: audit.at,
      campaignIds: "ofStopped",
    }),
    wakeRecipientsAtProperty(scope, change.propertyId, audit.at),
    insertAuditEntry(scope, audit),
  ]);
  return stopped?.meta.changes ?? 0;
}

/**
 * SQL condition: the property has changed hands. It has just been sold, or none of the owners named
 * last is among the new ones. An added owner does not count as a change of hands. Nor does a
 * property that is Closed in the first report of its status.
 */
const hasNewOwnersSql = `(excluded.standard_status = 'Closed' AND standard_status <> 'Closed')
  OR (excluded.owners IS NOT NULL AND owners IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM json_each(excluded.owners) n JOIN json_each(properties.owners) o ON o.value = n.value))`;

/**
 * SQL condition: the property's status is one of the exit statuses of the recipient's campaign.
 * Drafts are left out, because recipients of a draft are checked after the launch.
 */
const hasExitedSql = `tenant_id = ?1 AND property_id = ?2
  AND campaign_id IN (
    SELECT c.id FROM campaigns c, json_each(c.exit_statuses) e, properties p
    WHERE c.id = campaign_recipients.campaign_id AND c.status <> 'draft'
      AND p.tenant_id = ?1 AND p.property_id = ?2 AND e.value = p.standard_status)`;
