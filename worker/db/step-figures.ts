/**
 * Returns SQL that adds counts to the figures of campaign steps.
 * @param counts a SELECT of campaign id, step number, name of the figure, tenant id and count,
 * without the GROUP BY
 */
export function addToStepStatsSql(counts: string): string {
  return `INSERT INTO step_stats (campaign_id, step_number, name, tenant_id, value)
    ${counts} GROUP BY 1, 2, 3, 4
    ON CONFLICT (campaign_id, step_number, name) DO UPDATE SET value = value + excluded.value`;
}
