import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { LetterRecord } from "../../../shared/letter-record.ts";
import {
  messageFailureReasons,
  messageStatuses,
  skipReasons,
  taskKinds,
  taskOutcomes,
  taskResults,
} from "../../../shared/vocabulary.ts";
import { campaignRecipients } from "./recipients.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

/** The one email for a recipient and step. The key makes a second message impossible. */
export const messages = sqliteTable(
  "messages",
  {
    recipientId: integer("recipient_id")
      .notNull()
      .references(() => campaignRecipients.id, { onDelete: "cascade" }),
    stepNumber: integer("step_number").notNull(),
    tenantId: tenantId(),
    campaignId: integer("campaign_id").notNull(),
    status: text("status", { enum: messageStatuses }).notNull(),
    skipReason: text("skip_reason", { enum: skipReasons }),
    failureReason: text("failure_reason", { enum: messageFailureReasons }),
    /**
     * A sentence for the agent on why the email failed or was deferred. The sentence never contains
     * an address or a body.
     */
    failure: text("failure"),
    subject: text("subject"),
    /**
     * The record that later shows which letter left, and on which grounds; null before the first
     * attempt.
     */
    record: text("record", { mode: "json" }).$type<LetterRecord>(),
    /** True if the email told the person that no more emails will come. */
    saysLast: integer("says_last", { mode: "boolean" }).notNull().default(false),
    /**
     * The index of the step's wording that was used, from 0, or `elseVariantIndex`; null if the
     * step has only one wording. Negative for a personal wording (`convertPersonalVariant`).
     */
    variant: integer("variant"),
    attempts: integer("attempts").notNull().default(0),
    /**
     * For how long providers have deferred the email in total. A pause in between does not count.
     */
    deferredMs: integer("deferred_ms").notNull().default(0),
    /** The number of times that the email was tried again after an unknown outcome. */
    resends: integer("resends").notNull().default(0),
    /** The id of the attempt that may write this row's outcome. */
    attemptId: integer("attempt_id"),
    providerAccountId: integer("provider_account_id"),
    providerMessageId: text("provider_message_id"),
    attemptedAt: integer("attempted_at"),
    sentAt: integer("sent_at"),
    /**
     * The instant from which a tick asks the service whether the email was sent. Set if the outcome
     * is unknown and the recipient comes due much later or never, because a tick otherwise asks
     * only about due recipients. Null in every other row.
     */
    askAt: integer("ask_at"),
  },
  (table) => [
    primaryKey({ columns: [table.recipientId, table.stepNumber] }),
    index("messages_to_ask").on(table.askAt).where(sql`ask_at IS NOT NULL`),
  ],
);

/**
 * An agent's task for one recipient, opened by a step or by a reply. The row is written when the
 * task opens; the key keeps a task from opening twice.
 */
export const tasks = sqliteTable(
  "tasks",
  {
    recipientId: integer("recipient_id")
      .notNull()
      .references(() => campaignRecipients.id, { onDelete: "cascade" }),
    stepNumber: integer("step_number").notNull(),
    tenantId: tenantId(),
    campaignId: integer("campaign_id").notNull(),
    kind: text("kind", { enum: taskKinds }).notNull(),
    openedAt: integer("opened_at").notNull(),
    /** The instant at which the sequence continues even if the task was not done. */
    expiresAt: integer("expires_at").notNull(),
    outcome: text("outcome", { enum: taskOutcomes }),
    closedAt: integer("closed_at"),
    /** The `sub` of the agent's token; null if no agent closed the task. */
    closedBy: text("closed_by"),
    /** The result of a task that is done; null if the agent named no result. */
    result: text("result", { enum: taskResults }),
    note: text("note"),
    /** The task is not listed before this instant; null if the task is not postponed. */
    postponedUntil: integer("postponed_until"),
  },
  (table) => [
    primaryKey({ columns: [table.recipientId, table.stepNumber] }),
    index("tasks_open").on(table.tenantId, table.openedAt).where(sql`outcome IS NULL`),
  ],
);

/**
 * The number of test emails that a tenant has sent in the hour that began at `startedAt`. A
 * tenant's row is overwritten each hour.
 */
export const testSends = sqliteTable("test_sends", {
  tenantId: integer("tenant_id")
    .primaryKey()
    .references(() => tenants.id, { onDelete: "cascade" }),
  startedAt: integer("started_at").notNull(),
  sent: integer("sent").notNull(),
});
