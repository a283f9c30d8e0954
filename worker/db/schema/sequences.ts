import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { SequenceStep } from "../../../shared/sequence.ts";
import type { SequenceRules } from "../../../shared/sequence-rules.ts";
import { campaignTypes, sequenceScopes } from "../../../shared/vocabulary.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

/**
 * The rules that existing sequences got when the column `sequences.rules` was added. Another
 * default would need a migration that writes the whole table anew. No insert uses the default.
 */
const firstDefaultRules = sql<SequenceRules>`'{"skipsHolidays":true,"exitStatuses":["Pending","ActiveUnderContract","Closed"],"endsAfterDays":null}'`;

/**
 * A sequence that an agent or the office has made, or the office's copy of a preset (a ready-made
 * sequence of the product). Campaigns copy the steps at launch, so a later change of the sequence
 * does not change a running campaign.
 */
export const sequences = sqliteTable(
  "sequences",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    scope: text("scope", { enum: sequenceScopes }).notNull(),
    /** The preset that this copy replaces; null if the sequence is no copy of a preset. */
    presetId: text("preset_id"),
    type: text("type", { enum: campaignTypes }).notNull(),
    /** The steps with their letters, as last saved. The steps may have faults. */
    steps: text("steps", { mode: "json" }).$type<SequenceStep[]>().notNull(),
    /**
     * The rules for the whole sequence: hours, holidays, exit statuses (property statuses that end
     * the sequence) and end.
     */
    rules: text("rules", { mode: "json" }).$type<SequenceRules>().notNull().default(firstDefaultRules),
    /**
     * A counter that goes up with each change. A change names the version from which it started.
     */
    version: integer("version").notNull().default(1),
    /** The `sub` of the tokens of the agents who own, made and last changed the sequence. */
    ownedBy: text("owned_by").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: integer("updated_at").notNull(),
    archivedAt: integer("archived_at"),
  },
  (table) => [
    index("sequences_tenant").on(table.tenantId, table.id),
    uniqueIndex("sequences_preset").on(table.tenantId, table.presetId).where(sql`preset_id IS NOT NULL`),
  ],
);
