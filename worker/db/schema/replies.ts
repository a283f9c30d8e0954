import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { answerKinds, answerStatuses, settlingOutcomes } from "../../../shared/vocabulary.ts";
import type { ReplyUndo } from "../../domain/reply-outcome.ts";
import { campaignRecipients } from "./recipients.ts";
import { tenantId } from "./tenant-id.ts";

/**
 * The question that an agent is asked about an answer, and the agent's decision. Most answers have
 * no row. The key is the answer's event, whose row never changes.
 */
export const replyReadings = sqliteTable(
  "reply_readings",
  {
    recipientId: integer("recipient_id").notNull(),
    stepNumber: integer("step_number").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    tenantId: tenantId(),
    /**
     * The event kind that the answer counts as from now on. Null while the agent has not said
     * whether the writer wants no more emails.
     */
    kind: text("kind", { enum: answerKinds }),
    /** The day on which the writer is back, YYYY-MM-DD; only for `autoReplied`. */
    awayUntil: text("away_until"),
    /** The `sub` of the agent's token, and when the agent decided. */
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
  },
  (table) => [primaryKey({ columns: [table.recipientId, table.stepNumber, table.dedupeKey] })],
);

/**
 * One row per recipient who has replied: whether an agent still has to handle the reply, and the
 * reply's outcome.
 */
export const replyThreads = sqliteTable(
  "reply_threads",
  {
    recipientId: integer("recipient_id")
      .primaryKey()
      .references(() => campaignRecipients.id, { onDelete: "cascade" }),
    tenantId: tenantId(),
    /** When the person last replied. */
    repliedAt: integer("replied_at").notNull(),
    /**
     * From this instant, the reply is listed as a reply to handle: the time when the reply came in,
     * or the day that an agent chose with the outcome `notNow`. Null if an agent has nothing more
     * to do.
     */
    waitingSince: integer("waiting_since"),
    outcome: text("outcome", { enum: settlingOutcomes }),
    /** The `sub` of the agent's token, and when the agent recorded the outcome. */
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    /** The data that the outcome replaced, with which the outcome can be undone. */
    undo: text("undo", { mode: "json" }).$type<ReplyUndo>(),
    /**
     * The `sub` of the token of the agent who handles the replies: the creator of the campaign,
     * until somebody assigns the replies to a colleague. Null if nobody in particular does.
     */
    assignedTo: text("assigned_to"),
  },
  (table) => [
    index("reply_threads_waiting")
      .on(table.tenantId, table.waitingSince)
      .where(sql`waiting_since IS NOT NULL`),
    index("reply_threads_of_agent")
      .on(table.tenantId, table.assignedTo, table.waitingSince)
      .where(sql`waiting_since IS NOT NULL`),
  ],
);

/**
 * The emails that agents have written back to people who replied. The row is written before the
 * service is called, so that a repeated request sends no second email.
 */
export const answers = sqliteTable(
  "answers",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId(),
    recipientId: integer("recipient_id")
      .notNull()
      .references(() => campaignRecipients.id, { onDelete: "cascade" }),
    /** The Idempotency-Key of the request. */
    idempotencyKey: text("idempotency_key").notNull(),
    status: text("status", { enum: answerStatuses }).notNull(),
    subject: text("subject").notNull(),
    bodyText: text("body_text").notNull(),
    /** The `sub` of the agent's token. */
    sentBy: text("sent_by").notNull(),
    createdAt: integer("created_at").notNull(),
    /** The service's reason for not taking the email; null unless the status is `failed`. */
    failure: text("failure"),
  },
  (table) => [uniqueIndex("answers_of_recipient").on(table.recipientId, table.idempotencyKey)],
);
