import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Consent } from "../../../shared/consent.ts";
import {
  recipientSources,
  recipientStatuses,
  stopReasons,
  timeZoneSources,
} from "../../../shared/vocabulary.ts";
import type { BulkChange } from "../../domain/send/bulk-action.ts";
import type { SendNowLevel } from "../../domain/send/candidate.ts";
import { campaigns } from "./campaigns.ts";
import { tenantId } from "./tenant-id.ts";

/**
 * The data by which an agent's action on many recipients can be undone. Each request has a row; the
 * requests of one action share a token. A campaign's next action deletes the rows of actions that
 * can no longer be undone.
 */
export const bulkChanges = sqliteTable(
  "bulk_changes",
  {
    campaignId: integer("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    token: text("token").notNull(),
    /** The audit entry of the request. */
    part: integer("part").notNull(),
    tenantId: tenantId(),
    /** The `sub` of the agent's token. */
    agentId: text("agent_id").notNull(),
    undoUntil: integer("undo_until").notNull(),
    change: text("change", { mode: "json" }).$type<BulkChange>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.token, table.part] })],
);

/**
 * The recipients whom an agent's action removed, for as long as the action can be undone. The
 * action's row in `bulk_changes` has the same token.
 */
export const removedRecipients = sqliteTable(
  "removed_recipients",
  {
    campaignId: integer("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    token: text("token").notNull(),
    recipientId: integer("recipient_id").notNull(),
    tenantId: tenantId(),
    removedAt: integer("removed_at").notNull(),
    /** The removed row of `campaign_recipients`, and the rows of `personal_wordings`; JSON. */
    recipient: text("recipient").notNull(),
    wordings: text("wordings").notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.token, table.recipientId] })],
);

/**
 * One person in one campaign. Adding a recipient writes four rows: the row and its three index
 * entries.
 */
export const campaignRecipients = sqliteTable(
  "campaign_recipients",
  {
    /** An id from the campaign's own range; a recipient who is added later gets a greater id. */
    id: integer("id").primaryKey(),
    tenantId: tenantId(),
    /**
     * The column has no foreign key: without an index that begins with the column, deleting a
     * campaign would read the whole table.
     */
    campaignId: integer("campaign_id").notNull(),
    /**
     * The recipient's sender, stored when the recipient is added, so that follow-ups come from the
     * same mailbox.
     */
    senderId: integer("sender_id").notNull(),
    /**
     * The recipient's position in the campaign, from 0; the first recipient who was added has 0.
     * The recipient's sender and lane (part of the sender's queue) are derived from this position.
     */
    turn: integer("turn").notNull().default(0),
    propertyId: text("property_id"),
    /**
     * The two-letter code of the property's state; null if the state is unknown. From this column,
     * the launch learns in which states the campaign's properties are.
     */
    propertyState: text("property_state"),
    /**
     * The keys under which a do-not-solicit list would name the home; JSON array. Null if the
     * address is unknown.
     */
    addressKeys: text("address_keys", { mode: "json" }).$type<string[]>(),
    email: text("email"),
    /**
     * When an agent replaced the address because the earlier address had bounced; null if no
     * address was replaced. A bounce of an email that was sent before this instant says nothing
     * about the present address.
     */
    emailChangedAt: integer("email_changed_at"),
    name: text("name").notNull().default(""),
    contactKey: text("contact_key"),
    /** How the office came to know of the person. */
    source: text("source", { enum: recipientSources }).notNull().default("host"),
    /** The date of the event that the source records, such as a court filing, as YYYY-MM-DD. */
    sourceDate: text("source_date"),
    /** The person's recorded consent; null if the person has given no consent. */
    consent: text("consent", { mode: "json" }).$type<Consent>(),
    timeZone: text("time_zone"),
    /** The source of the time zone; null if the recipient has no zone of its own. */
    timeZoneSource: text("time_zone_source", { enum: timeZoneSources }),
    /** The end of the recipient's snooze or absence; `scheduled_at` is the same instant. */
    snoozedUntil: integer("snoozed_until"),
    /** True if the agent has confirmed that a late email may be sent. */
    allowsLate: integer("allows_late", { mode: "boolean" }).notNull().default(false),
    status: text("status", { enum: recipientStatuses }).notNull().default("active"),
    stopReason: text("stop_reason", { enum: stopReasons }),
    /**
     * The recipient's status before the stop, if an event such as an answer stopped the recipient;
     * otherwise null. A stop by an answer ends if the agent says that the answer was automatic.
     */
    stoppedFrom: text("stopped_from", { enum: recipientStatuses }),
    /**
     * The number of the recipient's next step; `sequenceEndStepNumber` once the sequence is done.
     */
    nextStep: integer("next_step").notNull().default(1),
    /**
     * True if the next step is a task. Due tasks are found by an index of their own, because a
     * sender's pace or pause does not affect a task.
     */
    nextIsTask: integer("next_is_task", { mode: "boolean" }).notNull().default(false),
    /**
     * When the next step is due. Null: nothing is due (not launched, paused, or ended). While a
     * tick (the Worker's run every minute) has claimed the recipient, `due_at` is the end of the
     * claim's lease.
     */
    dueAt: integer("due_at"),
    /**
     * The instant for which the next step was planned. Unlike `due_at`, `scheduled_at` does not
     * change when the recipient is claimed or held.
     */
    scheduledAt: integer("scheduled_at"),
    /**
     * The id of the present claim on this recipient, or null; results of an older claim are
     * refused.
     */
    lease: integer("lease"),
    lastSentAt: integer("last_sent_at"),
    /**
     * 1: the agent asked to send the next step now, without the step's delay and conditions. 2: the
     * agent overrode the sending hours too. `scheduled_at` keeps the plan, so that the request can
     * be undone. The column is 0 again when the recipient has left the step. The default is spelled
     * `false`, because another spelling would make a migration rebuild the table.
     */
    sendNow: integer("send_now")
      .$type<SendNowLevel>()
      .notNull()
      .default(false as never),
    /**
     * The recipient's lane, a part of the sender's queue. Lanes 0 to 3 go first, with follow-ups
     * and with emails that an agent asked to send now. Lanes 4 to 7 have first emails. A campaign's
     * first ten, hundred and thousand recipients have separate lanes, so a campaign with ten
     * recipients does not wait behind a campaign with ten thousand. The file db/queue-order.ts lets
     * the lanes take turns.
     */
    lane: integer("lane").generatedAlwaysAs(
      sql`(next_step = 1 AND send_now = 0) * 4 + (turn >= 10) + (turn >= 100) + (turn >= 1000)`,
      { mode: "virtual" },
    ),
    /** The host's values for the template's variables: {recipient: {...}, property: {...}}. */
    data: text("data", { mode: "json" })
      .$type<{ recipient: Record<string, unknown>; property: Record<string, unknown> }>()
      .notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    // Keeps an address from being in a campaign twice, and finds an address across campaigns.
    // Several recipients without an address may be in one campaign, because NULLs are distinct.
    uniqueIndex("campaign_recipients_email").on(table.tenantId, table.email, table.campaignId),
    index("campaign_recipients_due")
      .on(table.senderId, table.lane, table.dueAt)
      .where(sql`due_at IS NOT NULL`),
    index("campaign_recipients_property").on(table.tenantId, table.propertyId, table.campaignId),
    // Finds the people whom the agent's home page lists as needing the agent. A row enters the
    // index when the person is paused or their address bounces, so an email that is sent and
    // delivered writes nothing here.
    index("campaign_recipients_attention")
      .on(table.tenantId, table.id)
      .where(sql`status = 'paused' OR stop_reason = 'bounced'`),
    index("campaign_recipients_tasks").on(table.dueAt).where(sql`next_is_task = 1 AND due_at IS NOT NULL`),
  ],
);

/**
 * A table of one row: the first id of the next campaign's range of recipient ids. The value only
 * grows, so no id is used twice.
 */
export const recipientRanges = sqliteTable(
  "recipient_ranges",
  {
    id: integer("id").primaryKey(),
    nextFirstId: integer("next_first_id").notNull(),
  },
  (table) => [check("recipient_ranges_single", sql`${table.id} = 1`)],
);
