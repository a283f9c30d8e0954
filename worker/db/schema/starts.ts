import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { propertyStatuses, startModes, startProposalStates } from "../../../shared/vocabulary.ts";
import type { StartPerson } from "../../domain/start-rule.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

/** An office's rules: the sequence that a property's new status proposes or launches. */
export const startRules = sqliteTable(
  "start_rules",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    status: text("status", { enum: propertyStatuses }).notNull(),
    sequenceId: text("sequence_id").notNull(),
    senderId: integer("sender_id").notNull(),
    mode: text("mode", { enum: startModes }).notNull(),
    dailyLimit: integer("daily_limit").notNull(),
    /** The `sub` of the token of the agent who saved the rule. */
    savedBy: text("saved_by").notNull(),
    savedAt: integer("saved_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.status] })],
);

/** The campaigns that rules have proposed: one for each property and change of its status. */
export const startProposals = sqliteTable(
  "start_proposals",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    propertyId: text("property_id").notNull(),
    status: text("status", { enum: propertyStatuses }).notNull(),
    /** The first instant for which the property's status is known. */
    since: integer("since").notNull(),
    /** The people whom the host named in the report of the status; JSON array. */
    people: text("people", { mode: "json" }).$type<StartPerson[]>().notNull(),
    state: text("state", { enum: startProposalStates }).notNull().default("waiting"),
    /** Why the rule could not launch by itself; null if nothing was tried. */
    refusal: text("refusal"),
    campaignId: integer("campaign_id"),
    /** True if the rule itself launched the campaign. Such launches count for the daily limit. */
    isByRule: integer("is_by_rule", { mode: "boolean" }).notNull().default(false),
    createdAt: integer("created_at").notNull(),
    decidedAt: integer("decided_at"),
    decidedBy: text("decided_by"),
  },
  (table) => [
    uniqueIndex("start_proposals_change").on(table.tenantId, table.propertyId, table.status, table.since),
    index("start_proposals_waiting").on(table.tenantId, table.id).where(sql`state = 'waiting'`),
    index("start_proposals_by_rule")
      .on(table.tenantId, table.status, table.decidedAt)
      .where(sql`is_by_rule = 1`),
  ],
);
