import type { OtherCampaigns, SamePersonRecipient, SamePropertyCampaign } from "../domain/send/collision.ts";
import type { Scope } from "./scope.ts";

/*
 * SQL on the tenant's other campaigns that reach the person or the property of recipient `r`. Every
 * query is bounded, so that judging one email reads at most a few hundred rows. Without bounds, a
 * test address in every campaign, or a building with ten thousand apartments, would cost far more.
 */

/** The most campaigns of one person that are read, the newest first. */
const campaignsPerPerson = 100;
/** The most campaigns at one property that are read, the newest first. */
const campaignsPerProperty = 50;
/**
 * The most recipients per campaign at one property that are read. If this number is reached, the
 * campaign counts as still writing to the property, because a recipient beyond the limit may be
 * active.
 */
const peoplePerProperty = 20;

const samePersonSql = `o.tenant_id = r.tenant_id AND o.email = r.email AND o.campaign_id <> r.campaign_id`;
/**
 * SQL: when the other campaign last wrote to the person. A provider call that was cut off, is under
 * way or has an unknown outcome also counts. The message of such a call belongs to the step that is
 * still the recipient's next step. A message that is tried again after an unknown outcome counts
 * too; only such a message is `retrying` without a failure reason.
 */
const lastSentAtSql = `max(coalesce(o.last_sent_at, 0),
  CASE WHEN m.status IN ('sending', 'unknown', 'sent') OR (m.status = 'retrying' AND m.failure_reason IS NULL)
    THEN coalesce(m.sent_at, m.attempted_at, 0) ELSE 0 END)`;
const nextSendAtSql = (o: string) =>
  `CASE WHEN ${o}.lease IS NULL THEN ${o}.due_at ELSE coalesce(${o}.scheduled_at, ${o}.due_at) END`;

/**
 * SQL condition: recipient `o`, whose next message is `m`, was paused because the email lacks a
 * value or can't be sent. Such a recipient keeps no other campaign waiting.
 */
const isHeldByEmailSql = `o.status = 'paused' AND m.status = 'retrying'
  AND m.failure_reason IN ('missingVariables', 'contentRefused')`;

/** SQL: a JSON array of `SamePersonRecipient`. */
const samePeopleSql = `(SELECT json_group_array(json_object('recipientId', o.id, 'campaignId', oc.id, 'campaignName', oc.name, 'campaignPropertyId', oc.property_id,
    'campaignStatus', oc.status, 'launchedAt', oc.launched_at, 'status', o.status, 'nextSendAt', ${nextSendAtSql("o")},
    'isHeldByEmail', json(iif(${isHeldByEmailSql}, 'true', 'false')), 'lastSentAt', nullif(${lastSentAtSql}, 0), 'lease', o.lease, 'leaseUntil', CASE WHEN o.lease IS NOT NULL THEN o.due_at END))
  FROM (SELECT o.id FROM campaign_recipients o WHERE ${samePersonSql}
    ORDER BY o.campaign_id DESC LIMIT ${campaignsPerPerson}) found
  CROSS JOIN campaign_recipients o ON o.id = found.id
  CROSS JOIN campaigns oc ON oc.id = o.campaign_id
  LEFT JOIN messages m ON m.recipient_id = o.id AND m.step_number = o.next_step)`;

const atPropertySql = `o.tenant_id = r.tenant_id AND o.property_id = r.property_id`;
/**
 * SQL: the other campaigns at the property. In the index by property, the query jumps from one
 * campaign to the next, and so reads only one recipient of each campaign.
 */
const campaignsAtPropertySql = `(WITH RECURSIVE hop(campaign_id, hops) AS (
    SELECT (SELECT max(o.campaign_id) FROM campaign_recipients o WHERE ${atPropertySql}), 1
    UNION ALL
    SELECT (SELECT max(o.campaign_id) FROM campaign_recipients o WHERE ${atPropertySql} AND o.campaign_id < hop.campaign_id), hops + 1
    FROM hop WHERE hop.campaign_id IS NOT NULL AND hops < ${campaignsPerProperty})
  SELECT campaign_id FROM hop WHERE campaign_id <> r.campaign_id)`;

/** SQL: a JSON array of `SamePropertyCampaign`. */
const samePropertiesSql = `(SELECT json_group_array(json_object('campaignId', p.id, 'campaignName', p.name, 'campaignPropertyId', p.property_id, 'launchedAt', p.launched_at,
    'nextSendAt', p.seen->>'nextSendAt'))
  FROM (SELECT oc.id, oc.name, oc.property_id, oc.launched_at, (
      SELECT json_object('seen', count(*), 'live', count(*) FILTER (WHERE o.status IN ('active', 'paused') AND NOT EXISTS (
          SELECT 1 FROM messages m WHERE m.recipient_id = o.id AND m.step_number = o.next_step AND ${isHeldByEmailSql})),
        'nextSendAt', min(${nextSendAtSql("o")}))
      FROM (SELECT o.id, o.next_step, o.status, o.lease, o.due_at, o.scheduled_at FROM campaign_recipients o
        WHERE ${atPropertySql} AND o.campaign_id = oc.id LIMIT ${peoplePerProperty}) o) AS seen
    FROM ${campaignsAtPropertySql} hopped CROSS JOIN campaigns oc ON oc.id = hopped.campaign_id
    WHERE oc.status = 'active') p
  WHERE p.seen->>'live' > 0 OR p.seen->>'seen' = ${peoplePerProperty})`;

/**
 * SQL: the columns of an `OtherCampaignsRow`, for a query that has the recipient as `r` and its
 * tenant as `t`.
 */
export const otherCampaignColumnsSql = `t.collision_policy AS collisionPolicy, t.cool_off_hours AS coolOffHours,
  CASE WHEN t.collision_policy <> 'off' OR t.cool_off_hours > 0 THEN ${samePeopleSql} END AS samePeople,
  CASE WHEN t.collision_policy <> 'off' AND r.property_id IS NOT NULL THEN ${samePropertiesSql} END AS sameProperties`;

/**
 * SQL: when the person of recipient `r` last got an email that said that no more emails would come.
 * Null if the person never got such an email, or has replied to us since then.
 */
export const lastNoteAtSql = `CASE WHEN t.last_note_days > 0 THEN (
    SELECT max(coalesce(b.sent_at, b.attempted_at))
    FROM (SELECT o.id FROM campaign_recipients o WHERE o.tenant_id = r.tenant_id AND o.email = r.email
      ORDER BY o.campaign_id DESC LIMIT ${campaignsPerPerson}) found
    CROSS JOIN messages b ON b.recipient_id = found.id
    WHERE b.says_last = 1 AND b.status IN ('sending', 'sent', 'unknown')
      AND NOT EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = found.id AND e.kind = 'replied'
        AND e.is_machine = 0 AND e.occurred_at > coalesce(b.sent_at, b.attempted_at))) END`;

export type OtherCampaignsRow = Pick<OtherCampaigns, "collisionPolicy" | "coolOffHours"> & {
  samePeople: string | null;
  sameProperties: string | null;
};

export function toOtherCampaigns(row: OtherCampaignsRow): OtherCampaigns {
  return {
    collisionPolicy: row.collisionPolicy,
    coolOffHours: row.coolOffHours,
    people: JSON.parse(row.samePeople ?? "[]") as SamePersonRecipient[],
    properties: JSON.parse(row.sameProperties ?? "[]") as SamePropertyCampaign[],
  };
}

/**
 * Returns the other campaigns of contacts that are not recipients yet, in the order of `contacts`.
 */
export async function loadOtherCampaignsOfContacts(
  { db, tenantId }: Scope,
  contacts: readonly { email: string | null; propertyId: string | null }[],
): Promise<OtherCampaigns[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT ${otherCampaignColumnsSql} FROM (
         SELECT key, ?2 AS tenant_id, value->>'email' AS email, value->>'propertyId' AS property_id, 0 AS campaign_id
         FROM json_each(?1)) r
       CROSS JOIN tenants t ON t.id = r.tenant_id ORDER BY r.key`,
    )
    .bind(JSON.stringify(contacts), tenantId)
    .all<OtherCampaignsRow>();
  return results.map(toOtherCampaigns);
}

/**
 * SQL condition: within the cool-off (the least time between emails of different campaigns) before
 * `now`, no other campaign of tenant `t` wrote to the person of recipient `r`. The condition also
 * requires that no other campaign is about to write to the person. `getCoolOffEnd` in
 * domain/send/collision.ts states the same rule.
 */
export const hasCooledOffSql = (now: string) => `(t.cool_off_hours = 0 OR NOT EXISTS (
    SELECT 1 FROM campaign_recipients o LEFT JOIN messages m ON m.recipient_id = o.id AND m.step_number = o.next_step
    WHERE ${samePersonSql} AND (${lastSentAtSql} > ${now} - t.cool_off_hours * 3600000
      OR (o.lease IS NOT NULL AND o.due_at > ${now} AND (o.lease, o.id) < (r.lease, r.id)))))`;
