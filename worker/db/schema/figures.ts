import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DailyCounts } from "../../domain/send/daily-figures.ts";
import { tenantId } from "./tenant-id.ts";

/** Counted figures that cost many rows to count, kept for a minute; see db/kept-answers.ts. */
export const keptAnswers = sqliteTable(
  "kept_answers",
  {
    tenantId: tenantId(),
    key: text("key").notNull(),
    /**
     * A text such as the campaign's status. The figures are used only for a request with the same
     * text.
     */
    stamp: text("stamp").notNull(),
    answer: text("answer", { mode: "json" }).$type<unknown>().notNull(),
    countedAt: integer("counted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key] })],
);

/**
 * The figures of days that are over, by the day on which the emails were sent. The figures can be
 * grouped by the columns of the key; see domain/send/daily-figures.ts.
 */
export const dailyFigures = sqliteTable(
  "daily_figures",
  {
    tenantId: tenantId(),
    day: text("day").notNull(),
    hour: integer("hour").notNull(),
    stepNumber: integer("step_number").notNull(),
    variant: integer("variant").notNull(),
    senderId: integer("sender_id").notNull(),
    agentId: text("agent_id").notNull(),
    sequenceId: text("sequence_id").notNull(),
    source: text("source").notNull(),
    /** The figures by name; JSON object. */
    counts: text("counts", { mode: "json" }).$type<DailyCounts>().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tenantId,
        table.day,
        table.hour,
        table.stepNumber,
        table.variant,
        table.senderId,
        table.agentId,
        table.sequenceId,
        table.source,
      ],
    }),
  ],
);

/**
 * The days whose figures are counted and stored ("rolled up"). `rolled`: `daily_figures` has the
 * day. `rolling`: the day is being counted. `changed`: something about the day was stored after the
 * count.
 */
export const figureDays = sqliteTable(
  "figure_days",
  {
    tenantId: tenantId(),
    day: text("day").notNull(),
    state: text("state", { enum: ["rolled", "rolling", "changed"] }).notNull(),
    /** The id of the run that counts the day. Only this run may store the day's figures. */
    token: integer("token").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.day] }),
    index("figure_days_to_roll").on(table.day).where(sql`state <> 'rolled'`),
  ],
);
