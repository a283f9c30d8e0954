import type { TemplateVariable } from "../../shared/template.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import type { LetterTemplate } from "../domain/sequence-content.ts";
import type { Scope } from "./scope.ts";

export type NewLetterTemplate = LetterTemplate & {
  id: number;
  variables: TemplateVariable[];
  claims: LetterClaim[];
};

/**
 * Returns the statements that store the letters of a launched sequence as templates of the tenant.
 * The unique key keeps a letter from being stored twice. If a letter of a stored sequence has
 * changed since the last launch, the letter's template gets a new version. A preset's stored
 * template is not changed, because the office may have edited the template.
 */
export function buildLetterTemplateInserts(
  { db, tenantId }: Scope,
  templates: readonly NewLetterTemplate[],
  at: number,
): D1PreparedStatement[] {
  if (templates.length === 0) return [];
  const json = JSON.stringify(templates);
  return [insertTemplatesSql, addVersionsSql, insertWordingsSql].map((sql) =>
    db.$client.prepare(sql).bind(json, tenantId, at),
  );
}

const insertTemplatesSql = `
  INSERT INTO email_templates (id, tenant_id, name, version, preset_key, tags, created_at, updated_at)
  SELECT j.value->>'id', ?2, j.value->>'name', 1, j.value->>'presetKey', '[]', ?3, ?3 FROM json_each(?1) j
  WHERE 1
  ON CONFLICT (tenant_id, preset_key) WHERE preset_key IS NOT NULL AND deleted_at IS NULL DO NOTHING`;

/** SQL condition: template `t` holds the letter `j`. */
const isTemplateOfLetter = `t.tenant_id = ?2 AND t.preset_key = j.value->>'presetKey'
  AND t.preset_key IS NOT NULL AND t.deleted_at IS NULL`;

const addVersionsSql = `
  UPDATE email_templates AS t SET version = t.version + 1, updated_at = ?3, name = j.value->>'name'
  FROM json_each(?1) j, email_template_versions v
  WHERE ${isTemplateOfLetter} AND j.value->>'isStored' AND v.template_id = t.id AND v.version = t.version
    AND (v.subject, v.preheader, v.body_html, v.body_text, coalesce(v.source_html, '')) <>
      (j.value->>'subject', j.value->>'preheader', j.value->>'bodyHtml', j.value->>'bodyText',
       coalesce(j.value->>'sourceHtml', ''))`;

const insertWordingsSql = `
  INSERT INTO email_template_versions
    (template_id, version, tenant_id, subject, preheader, body_html, source_html, body_text, variables, claims, created_at)
  SELECT t.id, t.version, ?2, j.value->>'subject', j.value->>'preheader', j.value->>'bodyHtml',
    j.value->>'sourceHtml', j.value->>'bodyText', j.value->>'variables', j.value->>'claims', ?3
  FROM json_each(?1) j CROSS JOIN email_templates t ON ${isTemplateOfLetter}
  WHERE NOT EXISTS (SELECT 1 FROM email_template_versions v WHERE v.template_id = t.id AND v.version = t.version)`;
