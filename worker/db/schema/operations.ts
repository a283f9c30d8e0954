import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenantId } from "./tenant-id.ts";

export const auditLog = sqliteTable("audit_log", {
  id: integer("id").primaryKey(),
  tenantId: tenantId(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  subject: text("subject").notNull(),
  data: text("data", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
  createdAt: integer("created_at").notNull(),
});

/** Queue messages that were given up, kept for an operator. */
export const deadLetters = sqliteTable("dead_letters", {
  id: text("id").primaryKey(),
  tenantId: integer("tenant_id"),
  queue: text("queue").notNull(),
  body: text("body").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** A table of one row: the last tick (the Worker's run every minute), for /health/ready. */
export const ticks = sqliteTable(
  "ticks",
  {
    id: integer("id").primaryKey(),
    tickedAt: integer("ticked_at").notNull(),
    claimed: integer("claimed").notNull(),
    /**
     * The instant since which ticks have run without a long gap; null if there was never a long
     * gap.
     */
    runningSince: integer("running_since"),
  },
  (table) => [check("ticks_single", sql`${table.id} = 1`)],
);

/**
 * Mail that the `outbox` provider captured instead of sending. The table is empty in production.
 */
export const outboxMessages = sqliteTable("outbox_messages", {
  id: text("id").primaryKey(),
  tenantId: integer("tenant_id").notNull(),
  providerAccountId: integer("provider_account_id").notNull(),
  recipientId: integer("recipient_id").notNull(),
  stepNumber: integer("step_number").notNull(),
  toEmail: text("to_email").notNull(),
  subject: text("subject").notNull(),
  /** The whole message as RFC 5322 text. */
  raw: text("raw").notNull(),
  sentAt: integer("sent_at").notNull(),
});
