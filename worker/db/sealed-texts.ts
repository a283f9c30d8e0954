import { sql } from "drizzle-orm";
import type { Database } from "./scope.ts";

/** The columns with sealed texts. `context` is the text to which the sealing is bound. */
const columns = {
  credentials: {
    table: sql.raw("provider_accounts"),
    column: sql.raw("sealed_credentials"),
    context: sql.raw("'provider-account:' || id"),
  },
  signingSecret: {
    table: sql.raw("tenant_keys"),
    column: sql.raw("sealed_secret"),
    context: sql.raw("kid"),
  },
  webhookSecret: {
    table: sql.raw("host_webhooks"),
    column: sql.raw("sealed_secret"),
    context: sql.raw("'host-webhook:' || id"),
  },
  oldWebhookSecret: {
    table: sql.raw("host_webhooks"),
    column: sql.raw("sealed_old_secret"),
    context: sql.raw("'host-webhook:' || id"),
  },
} as const;
type SealedColumn = keyof typeof columns;

export type SealedText = { column: SealedColumn; context: string; sealed: string };

/**
 * Returns up to `count` sealed texts that do not begin with `prefix`, in every table. Reads all
 * rows of the three small tables.
 */
export async function listSealedWithoutPrefix(
  db: Database,
  prefix: string,
  count: number,
): Promise<SealedText[]> {
  const parts = Object.entries(columns).map(
    ([name, { table, column, context }]) =>
      sql`SELECT ${name} AS "column", ${context} AS context, ${column} AS sealed FROM ${table} WHERE substr(${column}, 1, ${prefix.length}) <> ${prefix}`,
  );
  return await db.all<SealedText>(sql`${sql.join(parts, sql` UNION ALL `)} LIMIT ${count}`);
}

/** Counts the sealed texts that do not begin with `prefix`, up to `most`. */
export async function countSealedWithoutPrefix(db: Database, prefix: string, most: number): Promise<number> {
  return (await listSealedWithoutPrefix(db, prefix, most)).length;
}

/**
 * Replaces a sealed text, unless somebody has replaced the text meanwhile. Finds the row by its
 * text, because no two rows have the same sealed text. Writes one row.
 */
export async function replaceSealedText(db: Database, text: SealedText, sealed: string): Promise<void> {
  const { table, column } = columns[text.column];
  await db.run(sql`UPDATE ${table} SET ${column} = ${sealed} WHERE ${column} = ${text.sealed}`);
}
