import { hourMs, minuteMs } from "../../shared/time-lengths.ts";
import type { Scope } from "./scope.ts";

/*
 * Counting a large campaign reads tens of thousands of rows, so the result (the "answer" to a
 * request) is kept for a minute. An agent's own change of a campaign removes the campaign's kept
 * answers at once.
 */

/** How long a kept answer may be used. */
export const keptAnswerMs = minuteMs;

/**
 * The kinds of kept answers. `figures` and `nextEmail` are about one campaign.
 * `campaignList` has the summaries of a page of campaigns. `sequence` has the figures of a
 * sequence's launches. `office` has the figures of all campaigns on some days.
 */
export type KeptAnswerKind = "figures" | "nextEmail" | "campaignList" | "sequence" | "office";
export const campaignKeptAnswerKinds: readonly KeptAnswerKind[] = ["figures", "nextEmail"];

/**
 * `stamp`: a text such as the campaign's status. An answer that was kept with another stamp is not
 * used.
 */
export type KeptAnswerKey = { id: string; stamp: string };
export type CountedAnswer<T> = { answer: T; countedAt: number };

const toRowKey = (kind: KeptAnswerKind, id: string) => `${kind}:${id}`;

/**
 * Returns an answer for each key: the kept answer, or else a newly counted answer. Writes one row
 * for each newly counted answer for which `isWorthKeeping` returns true.
 * @param count returns the answers for the ids, by id; an answer may be missing
 * @param isFresh returns false for a kept answer that must be counted again before its minute is
 *   over
 */
export async function loadOrCountKeptAnswers<T>(
  scope: Scope,
  kind: KeptAnswerKind,
  keys: readonly KeptAnswerKey[],
  now: number,
  count: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  isWorthKeeping: (answer: T) => boolean,
  isFresh: (kept: CountedAnswer<T>) => boolean = () => true,
): Promise<ReadonlyMap<string, CountedAnswer<T>>> {
  if (keys.length === 0) return new Map();
  const found = await readKeptAnswers<T>(scope, kind, keys, now);
  const kept = new Map([...found].filter(([, answer]) => isFresh(answer)));
  const missing = keys.filter(({ id }) => !kept.has(id));
  if (missing.length === 0) return kept;
  const counted = await count(missing.map(({ id }) => id));
  const rows = missing.flatMap(({ id, stamp }) => {
    const answer = counted.get(id);
    return answer !== undefined && isWorthKeeping(answer) ? [{ key: toRowKey(kind, id), stamp, answer }] : [];
  });
  if (rows.length > 0) await writeKeptAnswers(scope, rows, now);
  return new Map([...kept, ...[...counted].map(([id, answer]) => [id, { answer, countedAt: now }] as const)]);
}

async function readKeptAnswers<T>(
  { db, tenantId }: Scope,
  kind: KeptAnswerKind,
  keys: readonly KeptAnswerKey[],
  now: number,
): Promise<Map<string, CountedAnswer<T>>> {
  const { results } = await db.$client
    .prepare(
      `SELECT j.value->>'id' AS id, k.answer, k.counted_at AS countedAt
       FROM json_each(?1) j CROSS JOIN kept_answers k ON k.tenant_id = ?2 AND k.key = ?3 || (j.value->>'id')
       WHERE k.stamp = j.value->>'stamp' AND k.counted_at BETWEEN ?4 AND ?5`,
    )
    .bind(JSON.stringify(keys), tenantId, toRowKey(kind, ""), now - keptAnswerMs + 1, now)
    .all<{ id: string; answer: string; countedAt: number }>();
  return new Map(
    results.map(({ id, answer, countedAt }) => [id, { answer: JSON.parse(answer) as T, countedAt }]),
  );
}

async function writeKeptAnswers(
  { db, tenantId }: Scope,
  rows: readonly { key: string; stamp: string; answer: unknown }[],
  now: number,
): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO kept_answers (tenant_id, key, stamp, answer, counted_at)
       SELECT ?2, value->>'key', value->>'stamp', value->'answer', ?3 FROM json_each(?1) WHERE 1
       ON CONFLICT (tenant_id, key) DO UPDATE SET stamp = excluded.stamp, answer = excluded.answer,
         counted_at = excluded.counted_at`,
    )
    .bind(JSON.stringify(rows), tenantId, now)
    .run();
}

/**
 * Removes the kept answers that show one of these campaigns, and all kept pages of campaigns.
 * Writes a row only for an answer that is kept.
 */
export async function dropKeptAnswersOfCampaigns(
  scope: Scope,
  campaignIds: readonly number[],
): Promise<void> {
  await scope.db.$client.batch(buildKeptAnswerDrops(scope, campaignIds));
}

/** Builds the statements of `dropKeptAnswersOfCampaigns`, for a batch that changes campaigns. */
export function buildKeptAnswerDrops(
  { db, tenantId }: Scope,
  campaignIds: readonly number[],
): D1PreparedStatement[] {
  const keys = campaignIds.flatMap((id) => campaignKeptAnswerKinds.map((kind) => toRowKey(kind, String(id))));
  return [
    db.$client
      .prepare("DELETE FROM kept_answers WHERE tenant_id = ?1 AND key IN (SELECT value FROM json_each(?2))")
      .bind(tenantId, JSON.stringify(keys)),
    // A page's key is digits and hyphens, which all come before ":" in the order of text.
    db.$client
      .prepare("DELETE FROM kept_answers WHERE tenant_id = ?1 AND key BETWEEN ?2 AND ?3")
      .bind(tenantId, toRowKey("campaignList", ""), toRowKey("campaignList", ":")),
  ];
}

/** Removes all kept answers of a tenant, after a change that affects many campaigns. */
export async function dropAllKeptAnswers({ db, tenantId }: Scope): Promise<void> {
  await db.$client.prepare("DELETE FROM kept_answers WHERE tenant_id = ?").bind(tenantId).run();
}

/** The most old answers that one tick (the Worker's run every minute) removes. */
const oldAnswersPerTick = 200;

/**
 * Removes kept answers that were counted at least an hour ago. Reads all kept answers: at most a
 * few for each large campaign that somebody looked at in the last hour.
 */
export async function dropOldKeptAnswers({ $client }: Scope["db"], now: number): Promise<void> {
  await $client
    .prepare(
      `DELETE FROM kept_answers WHERE (tenant_id, key) IN (SELECT tenant_id, key FROM kept_answers
         WHERE counted_at <= ?1 LIMIT ${oldAnswersPerTick})`,
    )
    .bind(now - hourMs)
    .run();
}
