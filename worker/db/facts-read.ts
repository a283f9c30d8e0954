import { elseStartsThreadSql } from "./step-wordings.ts";

/**
 * SQL: the text of a recipient's next email before its variables are filled in: the personal
 * wording, or else the step's template with all its variants. Of a step with an else email, every
 * wording that may go. The tables `r` and `s` are the recipient and the step.
 */
const nextEmailTextSql = `coalesce(
  (SELECT group_concat(w.preheader || w.body_html || w.body_text || coalesce(w.subject, '')) FROM personal_wordings w
    WHERE w.recipient_id = r.id AND w.step_number IN (r.next_step, -r.next_step)
    HAVING ${elseStartsThreadSql("s")} IS NULL OR count(*) = 2),
  (SELECT group_concat(v.subject || v.preheader || v.body_html || v.body_text) FROM email_template_versions v
    WHERE (v.template_id, v.version) IN (SELECT s.template_id, s.template_version
      UNION ALL SELECT j.value->>'templateId', j.value->>'templateVersion' FROM json_each(s.variants) j)))`;

/**
 * SQL: a JSON array that tells whether the next email reads the price, and whether it reads the
 * status. The texts are read only if the office `t` limits the age of such values.
 */
export const readFactsSql = `CASE WHEN t.max_fact_age_days = '{}' OR s.kind IS NOT 'email' THEN '[0,0]' ELSE
  (SELECT json_array(instr(text, 'property.listPrice') > 0, instr(text, 'property.standardStatus') > 0)
    FROM (SELECT ${nextEmailTextSql} AS text)) END`;
