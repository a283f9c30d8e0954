/**
 * SQL: a JSON array of the wordings of a recipient's next email that make a claim that the office
 * has not attested. A template is named by its id, and the personal wording by 0. If there is a
 * personal wording, no template is named. The tables `r`, `s` and `t` are the recipient, the step
 * and the office.
 */
export const unattestedWordingsSql = `CASE WHEN s.kind IS NOT 'email' THEN '[]' ELSE
  (SELECT json_group_array(wording.id) FROM (
    SELECT 0 AS id, w.claims FROM personal_wordings w WHERE w.recipient_id = r.id AND w.step_number = r.next_step
    UNION ALL
    SELECT v.template_id, v.claims FROM email_template_versions v
    WHERE (v.template_id, v.version) IN (SELECT s.template_id, s.template_version
        UNION ALL SELECT j.value->>'templateId', j.value->>'templateVersion' FROM json_each(s.variants) j)
      AND NOT EXISTS (SELECT 1 FROM personal_wordings w WHERE w.recipient_id = r.id AND w.step_number = r.next_step)
  ) wording WHERE wording.claims <> '[]' AND EXISTS (
    SELECT 1 FROM json_each(wording.claims) claim
    WHERE json_extract(t.claim_attestations, '$.' || claim.value) IS NULL)) END`;
