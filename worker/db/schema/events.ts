import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { eventKinds } from "../../../shared/vocabulary.ts";
import { tenantId } from "./tenant-id.ts";

/**
 * Reports about emails, such as a delivery, a click or a reply. A stored event is never changed.
 * The key removes duplicates: an event that is delivered twice is stored once. If `recipient_id`
 * and `step_number` are 0, the event belongs to no message of ours.
 */
export const events = sqliteTable(
  "events",
  {
    recipientId: integer("recipient_id").notNull(),
    stepNumber: integer("step_number").notNull(),
    kind: text("kind", { enum: eventKinds }).notNull(),
    isMachine: integer("is_machine", { mode: "boolean" }).notNull().default(false),
    dedupeKey: text("dedupe_key").notNull(),
    tenantId: tenantId(),
    occurredAt: integer("occurred_at").notNull(),
    receivedAt: integer("received_at").notNull(),
    /** The ingest batch that inserted the event, so that the batch's effects apply only once. */
    batchId: integer("batch_id").notNull(),
    /**
     * The details of the event's kind: {bounceClass, status, diagnostic, rejectReason, url, text,
     * …}; never a whole payload.
     */
    data: text("data", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    primaryKey({
      columns: [
        table.recipientId,
        table.stepNumber,
        table.kind,
        table.isMachine,
        table.tenantId,
        table.dedupeKey,
      ],
    }),
  ],
);

/**
 * Webhook posts whose signature does not cover their body. The key begins with the day, so that old
 * posts are found without an index.
 */
export const webhookPosts = sqliteTable(
  "webhook_posts",
  {
    /** The day of the signed timestamp, as YYYY-MM-DD in UTC. */
    day: text("day").notNull(),
    accountId: integer("account_id").notNull(),
    token: text("token").notNull(),
    tenantId: tenantId(),
    bodyHash: text("body_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.accountId, table.token] })],
);
