import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { refusalKinds, suppressionReasons } from "../../../shared/vocabulary.ts";
import { tenantId } from "./tenant-id.ts";

/** An address that a tenant never mails. */
export const suppressions = sqliteTable(
  "suppressions",
  {
    tenantId: tenantId(),
    email: text("email").notNull(),
    reason: text("reason", { enum: suppressionReasons }).notNull(),
    source: text("source").notNull(),
    evidence: text("evidence", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.email] })],
);

/**
 * A person's latest refusal at a property. The row has no foreign key, because the row outlives the
 * campaign. The primary key begins with the property, so reading by property needs no index.
 */
export const refusals = sqliteTable(
  "refusals",
  {
    tenantId: tenantId(),
    propertyId: text("property_id").notNull(),
    email: text("email").notNull(),
    kind: text("kind", { enum: refusalKinds }).notNull(),
    refusedAt: integer("refused_at").notNull(),
    recipientId: integer("recipient_id").notNull(),
    name: text("name").notNull(),
    /** The note that an agent wrote when recording the refusal. */
    note: text("note"),
    /** The words of the reply with the refusal; null if no reply was read. */
    replyText: text("reply_text"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.propertyId, table.email] }),
    // A launch looks for undecided replies of its people about other homes.
    index("refusals_undecided").on(table.tenantId, table.email).where(sql`kind = 'undecided'`),
  ],
);
