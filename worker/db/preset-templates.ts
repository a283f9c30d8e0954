import type { TemplateVariable } from "../../shared/template.ts";
import type { Scope } from "./scope.ts";

/** The newest wording of the tenant's own copy of one preset template. */
export type PresetTemplateCopy = {
  presetKey: string;
  subject: string;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
  variables: TemplateVariable[];
};

/** Returns the tenant's own copies of these preset templates. Leaves out deleted copies. */
export async function listPresetTemplateCopies(
  { db, tenantId }: Scope,
  presetKeys: readonly string[],
): Promise<PresetTemplateCopy[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT t.preset_key AS presetKey, v.subject, v.preheader, v.body_html AS bodyHtml,
         v.body_text AS bodyText, v.variables
       FROM json_each(?1) j
       CROSS JOIN email_templates t
         ON t.tenant_id = ?2 AND t.preset_key = j.value AND t.preset_key IS NOT NULL AND t.deleted_at IS NULL
       JOIN email_template_versions v ON v.template_id = t.id AND v.version = t.version`,
    )
    .bind(JSON.stringify(presetKeys), tenantId)
    .all<Omit<PresetTemplateCopy, "variables"> & { variables: string }>();
  return results.map((row) => ({ ...row, variables: JSON.parse(row.variables) as TemplateVariable[] }));
}
