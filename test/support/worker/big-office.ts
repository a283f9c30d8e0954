import { bindings } from "./world.ts";

/**
 * The number of recipients in each campaign of a big office, which is the most that a campaign may
 * have.
 */
const perCampaign = 10_000;
/** The number of ids that each campaign reserves for its recipients. */
const rangeSize = 16_384;

/** An SQL expression for each changed column. All other columns are copied. */
type Changes = Readonly<Record<string, string>>;

async function copyRows(table: string, changes: Changes, from: string): Promise<void> {
  const { results } = await bindings.DB.prepare("SELECT name FROM pragma_table_info(?)")
    .bind(table)
    .all<{ name: string }>();
  const names = results.map(({ name }) => name);
  const values = names.map((name) => changes[name] ?? `t.${name}`);
  await bindings.DB.prepare(
    `INSERT INTO ${table} (${names.join()}) SELECT ${values.join()} FROM ${table} t ${from}`,
  ).run();
}

/**
 * Adds campaigns with active recipients to an office, up to 10,000 recipients per campaign. Each
 * recipient is a copy of the only recipient of the campaign `campaignId`, but is due 30 days later.
 * @returns the ids of the new campaigns
 */
export async function addManyRecipients(campaignId: number, recipients: number): Promise<number[]> {
  const first = await bindings.DB.prepare("SELECT next_first_id AS id FROM recipient_ranges").first<number>(
    "id",
  );
  if (first === null) throw new Error("the database has no ranges of recipients");
  const count = Math.ceil(recipients / perCampaign);
  const ids: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = campaignId + 1 + index;
    const start = first + index * rangeSize;
    await copyRows(
      "campaigns",
      {
        ...{ id: String(id), idempotency_key: `'filled-${index}'`, name: `'Filled ${index}'` },
        property_id: `'filled-${index}'`,
        ...{ first_recipient_id: String(start), last_recipient_id: String(start + rangeSize - 1) },
      },
      `WHERE t.id = ${campaignId}`,
    );
    await copyRows("campaign_steps", { campaign_id: String(id) }, `WHERE t.campaign_id = ${campaignId}`);
    await copyRows(
      "campaign_recipients",
      {
        ...{ id: `${start} + i`, campaign_id: String(id), turn: "i", lease: "NULL" },
        ...{ email: `'person-' || i || '@filled-${index}.example'`, name: `'Person ' || i` },
        ...{ property_id: `'filled-${index}-' || i`, contact_key: "NULL" },
        due_at: "t.due_at + 2592000000",
        scheduled_at: "t.due_at + 2592000000",
      },
      `JOIN (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n
         WHERE i < ${Math.min(recipients - index * perCampaign, perCampaign) - 1}) SELECT i FROM n)
       WHERE t.campaign_id = ${campaignId}`,
    );
    ids.push(id);
  }
  await bindings.DB.prepare("UPDATE recipient_ranges SET next_first_id = ?")
    .bind(first + count * rangeSize)
    .run();
  return ids;
}
