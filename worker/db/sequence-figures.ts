import { limits } from "../../shared/limits.ts";
import { loadOrCountKeptAnswers } from "./kept-answers.ts";
import { isReplySql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";

/** The figures of a sequence with at least this number of sent emails are kept for a minute. */
const manyEmails = 50;

/** The number of a sequence's launches, and the results of its emails. */
export type SequenceFigures = { launches: number; sent: number; replied: number };

/**
 * Returns the figures of several sequences. The figures of a sequence with many emails are kept for
 * a minute.
 * @param properties null counts campaigns of every property and campaigns without a property
 */
export async function loadSequenceFigures(
  scope: Scope,
  sequenceIds: readonly string[],
  properties: readonly string[] | null,
  now: number,
): Promise<Map<string, SequenceFigures>> {
  const stamp = properties === null ? "every property" : JSON.stringify(properties);
  const kept = await loadOrCountKeptAnswers(
    scope,
    "sequence",
    sequenceIds.map((id) => ({ id, stamp })),
    now,
    (ids) => countSequenceFigures(scope, ids, properties),
    ({ sent }) => sent >= manyEmails,
  );
  return new Map([...kept].map(([id, { answer }]) => [id, answer]));
}

/**
 * Counts the figures of several sequences. Reads the newest launches of each sequence, and their
 * messages and replies.
 * @param properties null counts campaigns of every property and campaigns without a property
 */
async function countSequenceFigures(
  { db, tenantId }: Scope,
  sequenceIds: readonly string[],
  properties: readonly string[] | null,
): Promise<Map<string, SequenceFigures>> {
  const { results } = await db.$client
    .prepare(
      `SELECT j.value AS id, count(*) AS launches,
         sum((SELECT count(*) FROM messages m
              WHERE m.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
                AND m.campaign_id = c.id AND m.status = 'sent')) AS sent,
         sum((SELECT count(*) FROM (SELECT DISTINCT e.recipient_id, e.step_number FROM events e
              WHERE e.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
                AND e.step_number > 0 AND ${isReplySql("e")}))) AS replied
       FROM json_each(?1) j
       CROSS JOIN campaigns c ON c.id IN (
         SELECT n.id FROM campaigns n
         WHERE n.tenant_id = ?2 AND n.sequence_id = j.value AND n.sequence_id IS NOT NULL
         ORDER BY n.id DESC LIMIT ${limits.launchesCounted})
       WHERE c.launched_at IS NOT NULL
         AND (?3 IS NULL OR c.property_id IN (SELECT value FROM json_each(?3)))
       GROUP BY j.value`,
    )
    .bind(JSON.stringify(sequenceIds), tenantId, properties === null ? null : JSON.stringify(properties))
    .all<SequenceFigures & { id: string }>();
  const found = new Map(results.map(({ id, ...figures }) => [id, figures]));
  return new Map(sequenceIds.map((id) => [id, found.get(id) ?? { launches: 0, sent: 0, replied: 0 }]));
}
