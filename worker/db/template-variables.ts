import type { Scope } from "./scope.ts";

/** Returns the paths of the variables that the newest versions of these templates use. */
export async function listTemplateVariables(
  { db, tenantId }: Scope,
  templateIds: readonly number[],
): Promise<string[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT u.value->>'path' AS path
       FROM json_each(?1) j
       CROSS JOIN email_templates t ON t.id = j.value AND +t.tenant_id = ?2
       JOIN email_template_versions v ON v.template_id = t.id AND v.version = t.version
       JOIN json_each(v.variables) u`,
    )
    .bind(JSON.stringify(templateIds), tenantId)
    .all<{ path: string }>();
  return results.map(({ path }) => path);
}
