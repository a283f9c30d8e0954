import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { StepConditions } from "../../../shared/condition.ts";
import type { StepTask } from "../../../shared/task.ts";
import { stepKinds } from "../../../shared/vocabulary.ts";
import type { PlaceMove } from "../../domain/send/step-change.ts";
import type { StoredStep } from "../../domain/send/step-comparison.ts";
import type { WinnerChoice } from "../../domain/winner.ts";
import type { StoredWording } from "../step-wordings.ts";
import { campaigns } from "./campaigns.ts";
import { emailTemplates } from "./letters.ts";
import { tenantId } from "./tenant-id.ts";

export const campaignSteps = sqliteTable(
  "campaign_steps",
  {
    campaignId: integer("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    /**
     * The step's id within its campaign. A number stays with its step wherever the step moves, and
     * is never used again, so a message, event or link always names the same step.
     */
    stepNumber: integer("step_number").notNull(),
    /** Steps go in the order of their positions; a removed step keeps a position too. */
    position: integer("position").notNull().default(0),
    /** When the step was taken out of the sequence; null for a step of the sequence. */
    removedAt: integer("removed_at"),
    tenantId: tenantId(),
    kind: text("kind", { enum: stepKinds }).notNull().default("email"),
    /** The task that the step gives to the agent; null for an email. */
    task: text("task", { mode: "json" }).$type<StepTask>(),
    /** The template of the email; null for a task. */
    templateId: integer("template_id").references(() => emailTemplates.id),
    /**
     * The pinned version of the template. A newer version does not change a running campaign by
     * itself.
     */
    templateVersion: integer("template_version"),
    delayDays: integer("delay_days").notNull().default(0),
    delayHours: integer("delay_hours").notNull().default(0),
    /** Business days (weekdays that are not holidays), added after the days and hours. */
    delayBusinessDays: integer("delay_business_days").notNull().default(0),
    sendTimeHour: integer("send_time_hour"),
    /** The ISO weekdays on which the step may take place; null for any day. */
    weekdays: text("weekdays", { mode: "json" }).$type<number[]>(),
    conditions: text("conditions", { mode: "json" }).$type<StepConditions>().notNull().default({}),
    /** If false, a follow-up is sent as a reply in the thread of the previous email. */
    startsThread: integer("starts_thread", { mode: "boolean" }).notNull().default(false),
    /**
     * All wordings of the step, each pinned to a version; empty if the step has only one wording.
     * The first wording is the step's own template, and the else email is the last.
     */
    variants: text("variants", { mode: "json" }).$type<StoredWording[]>().notNull().default([]),
    /**
     * After this number of sent emails per wording, the Worker chooses the best wording (the
     * winner). Null: a person chooses.
     */
    winnerAfter: integer("winner_after"),
    /** The instant from which the Worker looks for the winner; null if no winner is to be found. */
    winnerDueAt: integer("winner_due_at"),
    /** Emails before this instant do not count for the winner, because the wordings changed. */
    winnerSince: integer("winner_since"),
    winner: text("winner", { mode: "json" }).$type<WinnerChoice>(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.stepNumber] }),
    index("campaign_steps_by_winner").on(table.winnerDueAt).where(sql`winner_due_at IS NOT NULL`),
  ],
);

/**
 * The latest change of the steps of a launched campaign. The row is kept as long as the change can
 * be undone. A campaign has one row: the next change replaces the row.
 */
export const stepChanges = sqliteTable("step_changes", {
  campaignId: integer("campaign_id")
    .primaryKey()
    .references(() => campaigns.id, { onDelete: "cascade" }),
  tenantId: tenantId(),
  /** The token that undoes the change. */
  token: text("token").notNull(),
  undoUntil: integer("undo_until").notNull(),
  /** The version of the steps that the change made. */
  version: integer("version").notNull(),
  /** The steps of the sequence before the change, in order. */
  stepsBefore: text("steps_before", { mode: "json" }).$type<StoredStep[]>().notNull(),
  /** The steps from which and to which the change has moved recipients. */
  moves: text("moves", { mode: "json" }).$type<PlaceMove[]>().notNull(),
});
