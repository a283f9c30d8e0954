import type { EmailTemplate, TemplateVersion } from "../../../shared/template.ts";
import type { TemplateVersionRow } from "../../db/template-versions.ts";
import type { TemplateRow } from "../../db/templates.ts";
import { toIso } from "./instant.ts";

/** Returns a variable with `fallback` set to null if an older row has no `fallback`. */
const toVariableView = (variable: TemplateRow["variables"][number]) => ({
  ...variable,
  fallback: variable.fallback ?? null,
});

export function toTemplateVersionView(row: TemplateVersionRow): TemplateVersion {
  return { ...row, variables: row.variables.map(toVariableView), createdAt: toIso(row.createdAt) };
}

export function toTemplateView(row: TemplateRow): EmailTemplate {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    subject: row.subject,
    preheader: row.preheader,
    bodyHtml: row.bodyHtml,
    bodyText: row.bodyText,
    variables: row.variables.map(toVariableView),
    tags: row.tags,
    presetKey: row.presetKey,
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
  };
}
