import { hostReportedVariables } from "../../shared/fact-age.ts";
import { elseStartsThreadSql } from "./step-wordings.ts";

/** SQL: the template versions `v` of all wordings of the step `s`. */
const versionsOfStepSql = `email_template_versions v WHERE (v.template_id, v.version) IN (
  SELECT s.template_id, s.template_version
  UNION ALL SELECT j.value->>'templateId', j.value->>'templateVersion' FROM json_each(s.variants) j)`;

/**
 * SQL: the personal wordings of the recipient `r` for the step `s`, as one text. Null if the
 * recipient has no personal wording for the step, or if an email of the step may go in the
 * template's wording.
 */
const personalTextSql = `(SELECT group_concat(w.preheader || w.body_html || w.body_text
    || coalesce(w.subject, (SELECT group_concat(v.subject) FROM ${versionsOfStepSql}), ''))
  FROM personal_wordings w WHERE w.recipient_id = r.id AND w.step_number IN (r.next_step, -r.next_step)
  HAVING ${elseStartsThreadSql("s")} IS NULL OR count(*) = 2)`;

/** SQL: the paths of the variables that the templates of the step `s` use, as one text. */
const templatePathsSql = `(SELECT group_concat(u.value->>'path', ' ')
  FROM (SELECT v.variables FROM ${versionsOfStepSql}) version, json_each(version.variables) u)`;

/** SQL: `text` with a space in place of each character that can end a variable's path. */
const spacedTextSql = ["'}'", "')'", "'~'", "char(9)", "char(10)", "char(13)"].reduce(
  (sql, end) => `replace(${sql}, ${end}, ' ')`,
  "text",
);

/** SQL: the variables whose age the office `t` limits. */
const limitedVariablesSql = `SELECT key AS path FROM json_each(t.max_fact_age_days)
  UNION ALL SELECT value FROM json_each('${JSON.stringify(hostReportedVariables)}') WHERE t.max_fact_age_days->>'default' IS NOT NULL`;

/**
 * SQL: a JSON array of the variables with a limited age that a recipient's next email uses. If the
 * step has several wordings, the array has the variables of every wording that may go. The letters
 * are read only if the office `t` limits an age. The tables `r` and `s` are the recipient and the
 * step.
 */
export const ageLimitedVariablesSql = `CASE WHEN t.max_fact_age_days = '{}' OR s.kind IS NOT 'email' THEN '[]' ELSE
  (SELECT json_group_array(limited.path)
    FROM (SELECT ${spacedTextSql} || ' ' AS spaced FROM (SELECT coalesce(${personalTextSql}, ${templatePathsSql}) AS text)) letter
    CROSS JOIN (${limitedVariablesSql}) limited WHERE instr(letter.spaced, limited.path || ' ') > 0) END`;
