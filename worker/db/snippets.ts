import { and, asc, eq } from "drizzle-orm";
import type { TemplateVariable } from "../../shared/template.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { snippets } from "./schema/letters.ts";
import type { Scope } from "./scope.ts";

export type SnippetRow = typeof snippets.$inferSelect;

/** Returns the office's snippets by name, at most `limit`. */
export async function listSnippets({ db, tenantId }: Scope, limit: number): Promise<SnippetRow[]> {
  return await db
    .select()
    .from(snippets)
    .where(eq(snippets.tenantId, tenantId))
    .orderBy(asc(snippets.name), asc(snippets.id))
    .limit(limit);
}

export async function findSnippet({ db, tenantId }: Scope, id: number): Promise<SnippetRow | undefined> {
  return await db
    .select()
    .from(snippets)
    .where(and(eq(snippets.id, id), eq(snippets.tenantId, tenantId)))
    .get();
}

/** Returns the HTML of the snippets with these ids, by id. Reads nothing if no id is given. */
export async function loadSnippetTexts(
  { db, tenantId }: Scope,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const { results } = await db.$client
    .prepare(
      `SELECT s.id, s.body_html AS bodyHtml FROM json_each(?1) j
       CROSS JOIN snippets s ON s.id = j.value AND +s.tenant_id = ?2`,
    )
    .bind(JSON.stringify(ids), tenantId)
    .all<{ id: number; bodyHtml: string }>();
  return new Map(results.map(({ id, bodyHtml }) => [id, bodyHtml]));
}

type NewSnippet = { id: number; name: string; bodyHtml: string };

/** Saves a new snippet. Returns false, with nothing saved, if the office has `most` snippets. */
export async function addSnippet(
  scope: Scope,
  { id, name, bodyHtml }: NewSnippet,
  most: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "most", "(SELECT count(*) FROM snippets WHERE tenant_id = ?) < ?", tenantId, most),
      db.$client
        .prepare(
          `INSERT INTO snippets (id, tenant_id, name, body_html, version, created_by, created_at, updated_by, updated_at)
           VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?5, ?6)`,
        )
        .bind(id, tenantId, name, bodyHtml, audit.actor, audit.at),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

/** SQL: the statuses of campaigns that send emails, or may send emails later. */
const unfinished = "('draft', 'waitingForApproval', 'active', 'paused')";

/** SQL: each version of a template that a step of the campaign `c` is pinned to. */
const pinnedVersionsSql = `
  campaigns c CROSS JOIN campaign_steps s ON s.campaign_id = c.id AND s.kind = 'email' AND s.removed_at IS NULL
  CROSS JOIN json_each(json_insert(s.variants, '$[#]',
    json_object('templateId', s.template_id, 'templateVersion', s.template_version))) w
  CROSS JOIN email_template_versions v ON v.template_id = w.value->>'templateId' AND v.version = w.value->>'templateVersion'`;

/**
 * SQL: whether the source `text` names the snippet `id`, however the snippet's marker is written.
 * The id is cast, because D1 binds numbers as reals, and a real would read `12.0`.
 */
const namesSnippetSql = (text: string, id: string) =>
  `${text} GLOB '*{{>*snippet-' || CAST(${id} AS INTEGER) || '[^0-9]*'`;

/** A letter that unfinished campaigns send and that uses a snippet. */
export type LetterWithSnippet = {
  templateId: number;
  version: number;
  newestVersion: number;
  name: string;
  subject: string;
  preheader: string;
  sourceHtml: string;
  bodyText: string;
};

/** Returns the letters of unfinished campaigns that use a snippet, at most `limit`. */
export async function listLettersWithSnippet(
  { db, tenantId }: Scope,
  snippetId: number,
  limit: number,
): Promise<LetterWithSnippet[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT v.template_id AS templateId, v.version, t.version AS newestVersion, t.name, v.subject, v.preheader,
         v.source_html AS sourceHtml, v.body_text AS bodyText
       FROM ${pinnedVersionsSql} CROSS JOIN email_templates t ON t.id = v.template_id
       WHERE c.tenant_id = ?1 AND c.status IN ${unfinished} AND ${namesSnippetSql("v.source_html", "?2")}
       ORDER BY v.template_id, v.version LIMIT ?3`,
    )
    .bind(tenantId, snippetId, limit)
    .all<LetterWithSnippet>();
  return results;
}

/**
 * Returns how many letters use each snippet: letters of sequences, and letters that unfinished
 * campaigns send.
 */
export async function countLettersPerSnippet({ db, tenantId }: Scope): Promise<Map<number, number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT n.id, (
         SELECT count(*) FROM sequences q CROSS JOIN json_tree(q.steps) l
         WHERE q.tenant_id = ?1 AND l.key = 'bodyHtml' AND ${namesSnippetSql("l.atom", "n.id")}
       ) + (
         SELECT count(DISTINCT v.template_id || '.' || v.version) FROM ${pinnedVersionsSql}
         WHERE c.tenant_id = ?1 AND c.status IN ${unfinished} AND ${namesSnippetSql("v.source_html", "n.id")}
       ) AS letters
       FROM snippets n WHERE n.tenant_id = ?1`,
    )
    .bind(tenantId)
    .all<{ id: number; letters: number }>();
  return new Map(results.map(({ id, letters }) => [id, letters]));
}

/** The new text of a letter that uses a changed snippet. */
export type RefilledLetter = LetterWithSnippet & {
  /** The version that the letter gets. */
  to: number;
  bodyHtml: string;
  variables: TemplateVariable[];
  claims: LetterClaim[];
};

/**
 * Changes a snippet, gives each letter that uses the snippet a new version, and pins unfinished
 * campaigns to these versions. Sent emails keep the version of their wording. Returns the number of
 * campaigns that got a new version. Returns null, with nothing changed, if the snippet's version is
 * no longer `from`, or a template has got another version meanwhile.
 */
export async function updateSnippet(
  scope: Scope,
  change: NewSnippet & { from: number },
  letters: readonly RefilledLetter[],
  audit: AuditEntry,
): Promise<number | null> {
  const { db, tenantId } = scope;
  const json = JSON.stringify(letters);
  const prepare = (sql: string) => db.$client.prepare(sql).bind(json, tenantId, audit.at);
  let campaigns = 0;
  const write = async () => {
    const results = await db.$client.batch<{ campaignId: number }>([
      abortUnless(
        db,
        "version",
        "EXISTS (SELECT 1 FROM snippets WHERE id = ? AND tenant_id = ? AND version = ?)",
        change.id,
        tenantId,
        change.from,
      ),
      abortUnless(
        db,
        "version",
        `NOT EXISTS (SELECT 1 FROM json_each(?) j JOIN email_templates t ON t.id = j.value->>'templateId'
           WHERE t.version <> j.value->>'newestVersion')`,
        json,
      ),
      db.$client
        .prepare(
          `UPDATE snippets SET name = ?, body_html = ?, version = version + 1, updated_by = ?, updated_at = ?
           WHERE id = ? AND tenant_id = ?`,
        )
        .bind(change.name, change.bodyHtml, audit.actor, audit.at, change.id, tenantId),
      prepare(insertVersionsSql),
      prepare(raiseVersionsSql),
      db.$client.prepare(repinStepsSql).bind(json, tenantId),
      buildAuditEntryInsert(scope, audit),
    ]);
    campaigns = new Set(results.at(-2)?.results.map(({ campaignId }) => campaignId)).size;
    return results;
  };
  return (await awaitGuardedBatch(write())) === null ? campaigns : null;
}

const insertVersionsSql = `
  INSERT INTO email_template_versions (template_id, version, tenant_id, subject, preheader, body_html, source_html,
    body_text, variables, claims, created_at)
  SELECT j.value->>'templateId', j.value->>'to', ?2, j.value->>'subject', j.value->>'preheader', j.value->>'bodyHtml',
    j.value->>'sourceHtml', j.value->>'bodyText', j.value->>'variables', j.value->>'claims', ?3
  FROM json_each(?1) j`;

const raiseVersionsSql = `
  UPDATE email_templates SET updated_at = ?3,
    version = (SELECT max(j.value->>'to') FROM json_each(?1) j WHERE j.value->>'templateId' = email_templates.id)
  WHERE id IN (SELECT j.value->>'templateId' FROM json_each(?1) j) AND tenant_id = ?2`;

/** SQL: the new version of a letter, or null if the letter stays. */
const newVersionSql = (templateId: string, version: string) =>
  `(SELECT j.value->>'to' FROM json_each(?1) j
    WHERE j.value->>'templateId' = ${templateId} AND j.value->>'version' = ${version})`;

const repinStepsSql = `
  UPDATE campaign_steps SET
    template_version = coalesce(${newVersionSql("template_id", "template_version")}, template_version),
    variants = (SELECT json_group_array(json_set(w.value, '$.templateVersion',
        coalesce(${newVersionSql("w.value->>'templateId'", "w.value->>'templateVersion'")}, w.value->>'templateVersion'))
      ORDER BY w.key) FROM json_each(campaign_steps.variants) w)
  WHERE tenant_id = ?2 AND kind = 'email'
    AND campaign_id IN (SELECT id FROM campaigns WHERE tenant_id = ?2 AND status IN ${unfinished})
    AND (${newVersionSql("template_id", "template_version")} IS NOT NULL
      OR EXISTS (SELECT 1 FROM json_each(campaign_steps.variants) w
        WHERE ${newVersionSql("w.value->>'templateId'", "w.value->>'templateVersion'")} IS NOT NULL))
  RETURNING campaign_id AS campaignId`;

/** Deletes a snippet. Returns false, with nothing deleted, if a letter uses the snippet. */
export async function deleteSnippet(scope: Scope, id: number, audit: AuditEntry): Promise<boolean> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "unused",
        `NOT EXISTS (SELECT 1 FROM sequences q WHERE q.tenant_id = ?1 AND ${namesSnippetSql("q.steps", "?2")})
         AND NOT EXISTS (SELECT 1 FROM ${pinnedVersionsSql} WHERE c.tenant_id = ?1 AND c.status IN ${unfinished}
           AND ${namesSnippetSql("v.source_html", "?2")})`,
        tenantId,
        id,
      ),
      db.$client.prepare("DELETE FROM snippets WHERE id = ? AND tenant_id = ?").bind(id, tenantId),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}
