import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { SendWindow } from "../../../shared/campaign.ts";
import type { CampaignApproval } from "../../../shared/campaign-approval.ts";
import {
  campaignPauseReasons,
  campaignStatuses,
  campaignTypes,
  campaignUnknownPolicies,
} from "../../../shared/vocabulary.ts";
import type { GuardrailFigures } from "../../domain/receive/guardrail.ts";
import { senders } from "./accounts.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

export const campaigns = sqliteTable(
  "campaigns",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    type: text("type", { enum: campaignTypes }).notNull(),
    status: text("status", { enum: campaignStatuses }).notNull().default("draft"),
    propertyId: text("property_id"),
    /**
     * The sequence that the steps were copied from: a preset's id or a number. Null if the steps
     * were copied from no sequence.
     */
    sequenceId: text("sequence_id"),
    senderId: integer("sender_id")
      .notNull()
      .references(() => senders.id),
    replyTo: text("reply_to"),
    sendWindow: text("send_window", { mode: "json" }).$type<SendWindow>(),
    timeZone: text("time_zone"),
    startAt: integer("start_at"),
    /** The instant after which no email of the campaign leaves. */
    endAt: integer("end_at"),
    /**
     * The number of days after the launch at which the campaign ends. The launch then sets
     * `end_at`. Null: the campaign has no such rule.
     */
    endsAfterDays: integer("ends_after_days"),
    /**
     * Each email is delayed by a random part of this time, chosen once when the email is planned.
     */
    jitterMinutes: integer("jitter_minutes").notNull().default(0),
    skipsHolidays: integer("skips_holidays", { mode: "boolean" }).notNull().default(false),
    /**
     * An email that is late by more than this number of hours waits for the agent's confirmation.
     */
    maxLatenessHours: integer("max_lateness_hours").notNull().default(72),
    /** True if the agent has allowed emails to recipients that are also in another campaign. */
    ignoresCollisions: integer("ignores_collisions", { mode: "boolean" }).notNull().default(false),
    /** Until this instant the launch can be undone, and nothing leaves. */
    recallUntil: integer("recall_until"),
    /** Why the campaign was paused automatically. */
    pauseReason: text("pause_reason", { enum: campaignPauseReasons }),
    /** When the latest pause began; the pause may have ended. */
    pausedAt: integer("paused_at"),
    /**
     * When the campaign was last resumed from a pause longer than `max_lateness_hours`. For emails
     * that were planned before this instant, lateness counts only up to this instant, so that slow
     * sending after the resume adds no lateness.
     */
    resumedAt: integer("resumed_at"),
    /**
     * The figures when the campaign was last resumed. The guardrails (limits on bounces and
     * complaints) count only emails and reports after that resume.
     */
    guardBaseline: text("guard_baseline", { mode: "json" }).$type<GuardrailFigures>(),
    /**
     * True if an email bounced or got a complaint while too few emails were sent to judge the rate.
     * The guardrails then check the campaign after each sent email, until enough emails are sent.
     */
    guardWatch: integer("guard_watch", { mode: "boolean" }).notNull().default(false),
    /**
     * Property statuses that end the sequence for the campaign's recipients at the property; JSON
     * array of RESO StandardStatus values.
     */
    exitStatuses: text("exit_statuses", { mode: "json" }).$type<string[]>().notNull().default([]),
    /** If true, a recipient who clicks a link is stopped. */
    stopsOnClick: integer("stops_on_click", { mode: "boolean" }).notNull().default(false),
    /** The other senders that share the recipients with `senderId`; JSON array of ids. */
    otherSenderIds: text("other_sender_ids", { mode: "json" }).$type<number[]>().notNull().default([]),
    tags: text("tags", { mode: "json" }).$type<string[]>().notNull().default([]),
    metadata: text("metadata", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
    /**
     * How the Worker treats an email that may or may not have been sent if no event shows the
     * outcome in time. A campaign created through the API gets `office` unless the request names a
     * policy.
     */
    unknownPolicy: text("unknown_policy", { enum: campaignUnknownPolicies }).notNull().default("assumeSent"),
    /** All ids of the campaign's recipients are in this range; see db/recipient-ranges.ts. */
    firstRecipientId: integer("first_recipient_id").notNull(),
    lastRecipientId: integer("last_recipient_id").notNull(),
    /** The `sub` of the agent's token. */
    createdBy: text("created_by").notNull(),
    /** The Idempotency-Key of the request that created the campaign, and a hash of that request. */
    idempotencyKey: text("idempotency_key"),
    requestHash: text("request_hash"),
    /**
     * A hash of the people and steps of the request that created the campaign. Null if the request
     * had an Idempotency-Key, or the steps were changed afterwards.
     */
    contentHash: text("content_hash"),
    /**
     * When a team lead last overrode the refusals; the campaign ignores refusals up to this
     * instant.
     */
    refusalsOverriddenAt: integer("refusals_overridden_at"),
    /** The approval that the last launch got or asked for; null if no approval is needed. */
    approval: text("approval", { mode: "json" }).$type<CampaignApproval>(),
    /**
     * A counter that goes up with each change of the steps after the launch. A change names the
     * version from which it started.
     */
    stepsVersion: integer("steps_version").notNull().default(1),
    createdAt: integer("created_at").notNull(),
    launchedAt: integer("launched_at"),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    index("campaigns_property").on(table.tenantId, table.propertyId, table.id),
    uniqueIndex("campaigns_idempotency")
      .on(table.tenantId, table.idempotencyKey)
      .where(sql`idempotency_key IS NOT NULL`),
    index("campaigns_sequence")
      .on(table.tenantId, table.sequenceId, table.id)
      .where(sql`sequence_id IS NOT NULL`),
    index("campaigns_content").on(table.tenantId, table.contentHash).where(sql`content_hash IS NOT NULL`),
    index("campaigns_status").on(table.tenantId, table.status, table.id),
    index("campaigns_agent").on(table.tenantId, table.createdBy, table.id),
    index("campaigns_guarded").on(table.tenantId, table.id).where(sql`pause_reason IS NOT NULL`),
    index("campaigns_ending").on(table.endAt).where(sql`status = 'active' AND end_at IS NOT NULL`),
  ],
);
