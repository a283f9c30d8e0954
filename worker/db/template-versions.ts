import { and, desc, eq, lt } from "drizzle-orm";
import { emailTemplateVersions } from "./schema/letters.ts";
import type { Scope } from "./scope.ts";

export type TemplateVersionRow = Omit<typeof emailTemplateVersions.$inferSelect, "tenantId">;
export type TemplateVersionSummaryRow = Pick<
  TemplateVersionRow,
  "templateId" | "version" | "subject" | "createdAt"
>;

/** Returns a template's versions, the newest first, without their bodies. */
export async function listTemplateVersions(
  { db, tenantId }: Scope,
  templateId: number,
  page: { before: number | null; limit: number },
): Promise<TemplateVersionSummaryRow[]> {
  const { templateId: id, version, subject, createdAt } = emailTemplateVersions;
  return await db
    .select({ templateId: id, version, subject, createdAt })
    .from(emailTemplateVersions)
    .where(
      and(
        eq(id, templateId),
        eq(emailTemplateVersions.tenantId, tenantId),
        lt(version, page.before ?? Number.MAX_SAFE_INTEGER),
      ),
    )
    .orderBy(desc(version))
    .limit(page.limit);
}

export async function findTemplateVersion(
  { db, tenantId }: Scope,
  templateId: number,
  version: number,
): Promise<TemplateVersionRow | undefined> {
  const row = await db
    .select()
    .from(emailTemplateVersions)
    .where(
      and(
        eq(emailTemplateVersions.templateId, templateId),
        eq(emailTemplateVersions.version, version),
        eq(emailTemplateVersions.tenantId, tenantId),
      ),
    )
    .get();
  if (row === undefined) return undefined;
  const { tenantId: _, ...own } = row;
  return own;
}
