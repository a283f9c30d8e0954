import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { TemplateVariable } from "../../shared/template.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { emailTemplates, emailTemplateVersions } from "./schema/letters.ts";
import type { Scope } from "./scope.ts";

export type TemplateContent = {
  subject: string;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
  variables: TemplateVariable[];
};
export type TemplateRow = typeof emailTemplates.$inferSelect & TemplateContent;
export type NewTemplate = TemplateContent & {
  id: number;
  name: string;
  tags: string[];
  claims: LetterClaim[];
  at: number;
};

const columns = {
  id: emailTemplates.id,
  tenantId: emailTemplates.tenantId,
  name: emailTemplates.name,
  version: emailTemplates.version,
  presetKey: emailTemplates.presetKey,
  tags: emailTemplates.tags,
  createdAt: emailTemplates.createdAt,
  updatedAt: emailTemplates.updatedAt,
  deletedAt: emailTemplates.deletedAt,
  subject: emailTemplateVersions.subject,
  preheader: emailTemplateVersions.preheader,
  bodyHtml: emailTemplateVersions.bodyHtml,
  bodyText: emailTemplateVersions.bodyText,
  variables: emailTemplateVersions.variables,
};

const newestVersion = and(
  eq(emailTemplateVersions.templateId, emailTemplates.id),
  eq(emailTemplateVersions.version, emailTemplates.version),
);

/** Returns a template with its newest wording. Deleted templates are not found. */
export async function findTemplate({ db, tenantId }: Scope, id: number): Promise<TemplateRow | undefined> {
  return await db
    .select(columns)
    .from(emailTemplates)
    .innerJoin(emailTemplateVersions, newestVersion)
    .where(
      and(eq(emailTemplates.id, id), eq(emailTemplates.tenantId, tenantId), isNull(emailTemplates.deletedAt)),
    )
    .get();
}

/** Returns templates with their newest wording, the newest template first. */
export async function listTemplates(
  { db, tenantId }: Scope,
  page: { before: number | null; limit: number },
): Promise<TemplateRow[]> {
  return await db
    .select(columns)
    .from(emailTemplates)
    .innerJoin(emailTemplateVersions, newestVersion)
    .where(
      and(
        eq(emailTemplates.tenantId, tenantId),
        isNull(emailTemplates.deletedAt),
        lt(emailTemplates.id, page.before ?? Number.MAX_SAFE_INTEGER),
      ),
    )
    .orderBy(desc(emailTemplates.id))
    .limit(page.limit);
}

/** Returns the given ids whose templates exist and are not deleted. */
export async function listExistingTemplateIds(
  { db, tenantId }: Scope,
  ids: readonly number[],
): Promise<Set<number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM email_templates
       WHERE id IN (SELECT value FROM json_each(?)) AND +tenant_id = ? AND deleted_at IS NULL`,
    )
    .bind(JSON.stringify(ids), tenantId)
    .all<{ id: number }>();
  return new Set(results.map((row) => row.id));
}

export async function addTemplate({ db, tenantId }: Scope, template: NewTemplate): Promise<void> {
  const { id, name, tags, at, ...content } = template;
  await db.batch([
    db.insert(emailTemplates).values({ id, tenantId, name, tags, createdAt: at, updatedAt: at }),
    db
      .insert(emailTemplateVersions)
      .values({ templateId: id, version: 1, tenantId, createdAt: at, ...content }),
  ]);
}

/**
 * Saves a new version of a template. Returns false, with nothing changed, if `change.from` is no
 * longer the newest version.
 */
export async function addTemplateVersion(
  { db, tenantId }: Scope,
  change: NewTemplate & { from: number },
): Promise<boolean> {
  const version = change.from + 1;
  const client = db.$client;
  const refusal = await awaitGuardedBatch(
    client.batch([
      abortUnless(
        db,
        "version",
        "EXISTS (SELECT 1 FROM email_templates WHERE id = ? AND tenant_id = ? AND version = ? AND deleted_at IS NULL)",
        change.id,
        tenantId,
        change.from,
      ),
      client
        .prepare(
          "UPDATE email_templates SET name = ?, tags = ?, version = ?, updated_at = ? WHERE id = ? AND tenant_id = ?",
        )
        .bind(change.name, JSON.stringify(change.tags), version, change.at, change.id, tenantId),
      client
        .prepare(
          `INSERT INTO email_template_versions
             (template_id, version, tenant_id, subject, preheader, body_html, body_text, variables, claims, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .bind(
          change.id,
          version,
          tenantId,
          change.subject,
          change.preheader,
          change.bodyHtml,
          change.bodyText,
          JSON.stringify(change.variables),
          JSON.stringify(change.claims),
          change.at,
        ),
    ]),
  );
  return refusal === null;
}

/**
 * Marks a template as deleted. The template's versions stay, because emails were made from these
 * versions. Returns false if an unfinished campaign uses the template.
 */
export async function deleteTemplate(scope: Scope, id: number, audit: AuditEntry): Promise<boolean> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "unused",
        `NOT EXISTS (
           SELECT 1 FROM campaigns c JOIN campaign_steps s ON s.campaign_id = c.id
           WHERE c.tenant_id = ? AND c.status IN ('draft', 'waitingForApproval', 'active', 'paused') AND (s.template_id = ?
             OR EXISTS (SELECT 1 FROM json_each(s.variants) w WHERE w.value->>'templateId' = ?)))`,
        tenantId,
        id,
        id,
      ),
      db.$client
        .prepare(
          "UPDATE email_templates SET deleted_at = ? WHERE id = ? AND tenant_id = ? AND deleted_at IS NULL",
        )
        .bind(audit.at, id, tenantId),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}
