import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { TemplateVariable } from "../../../shared/template.ts";
import type { LetterClaim } from "../../../shared/vocabulary.ts";
import { templateVerdicts } from "../../../shared/vocabulary.ts";
import { campaignRecipients } from "./recipients.ts";
import { sequences } from "./sequences.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

export const emailTemplates = sqliteTable(
  "email_templates",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** The newest version; its wording is in `email_template_versions`. */
    version: integer("version").notNull().default(1),
    /**
     * The step of a preset that the template was copied from, such as `sellerOutreach.1`, or the
     * step of a sequence, such as `sequence.12.3`. The first launch makes the copy; later launches
     * find the copy by this key.
     */
    presetKey: text("preset_key"),
    tags: text("tags", { mode: "json" }).$type<string[]>().notNull().default([]),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    deletedAt: integer("deleted_at"),
  },
  (table) => [
    index("email_templates_tenant").on(table.tenantId, table.id),
    uniqueIndex("email_templates_preset")
      .on(table.tenantId, table.presetKey)
      .where(sql`preset_key IS NOT NULL AND deleted_at IS NULL`),
  ],
);

export const emailTemplateVersions = sqliteTable(
  "email_template_versions",
  {
    templateId: integer("template_id")
      .notNull()
      .references(() => emailTemplates.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    tenantId: tenantId(),
    subject: text("subject").notNull(),
    /**
     * The text that an inbox shows beside the subject; if empty, the inbox shows the body's first
     * words.
     */
    preheader: text("preheader").notNull().default(""),
    /** The HTML that is sent. Saving a version sanitizes the HTML and inlines its styles. */
    bodyHtml: text("body_html").notNull(),
    /**
     * The HTML with a marker in place of each snippet's text; null if the letter uses no snippet.
     */
    sourceHtml: text("source_html"),
    bodyText: text("body_text").notNull(),
    variables: text("variables", { mode: "json" }).$type<TemplateVariable[]>().notNull(),
    /** The claims that the wording makes; each needs the office's attestation. */
    claims: text("claims", { mode: "json" }).$type<LetterClaim[]>().notNull().default([]),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.templateId, table.version] })],
);

/**
 * The letters for which somebody has asked for an approval, one row per letter. The key is a hash
 * of the letter, so a changed letter has no approval.
 */
export const templateApprovals = sqliteTable(
  "template_approvals",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    hash: text("hash").notNull(),
    name: text("name").notNull(),
    subject: text("subject").notNull(),
    preheader: text("preheader").notNull(),
    bodyHtml: text("body_html").notNull(),
    bodyText: text("body_text").notNull(),
    verdict: text("verdict", { enum: templateVerdicts }).notNull(),
    /** The `sub` of the token of the agent who asked last. */
    askedBy: text("asked_by").notNull(),
    askedAt: integer("asked_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    note: text("note"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.hash] }),
    index("template_approvals_waiting").on(table.tenantId, table.askedAt).where(sql`verdict = 'waiting'`),
  ],
);

/** The office's snippets: paragraphs that several letters use. */
export const snippets = sqliteTable(
  "snippets",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    bodyHtml: text("body_html").notNull(),
    /**
     * A counter that goes up with each change. A change names the version from which it started.
     */
    version: integer("version").notNull(),
    /** The `sub` of the tokens of the agents who made and last changed the snippet. */
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [index("snippets_tenant").on(table.tenantId, table.name)],
);

/**
 * The earlier letters of sequences, as the letters were before each change. A version is kept when
 * another agent changes a letter, and every few minutes while the same agent changes the letter.
 */
export const letterVersions = sqliteTable(
  "letter_versions",
  {
    sequenceId: integer("sequence_id")
      .notNull()
      .references(() => sequences.id, { onDelete: "cascade" }),
    stepId: integer("step_id").notNull(),
    /** 1 for a step's else email, for people who do not meet the step's conditions. */
    isElse: integer("is_else").notNull(),
    replacedAt: integer("replaced_at").notNull(),
    tenantId: tenantId(),
    replacedBy: text("replaced_by").notNull(),
    /** The replaced letter, as JSON. */
    letter: text("letter").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sequenceId, table.stepId, table.isElse, table.replacedAt] })],
);

/**
 * An agent's changes to one step's email for one recipient. Only a recipient with a change has a
 * row. The step's template is not changed.
 */
export const personalWordings = sqliteTable(
  "personal_wordings",
  {
    recipientId: integer("recipient_id")
      .notNull()
      .references(() => campaignRecipients.id, { onDelete: "cascade" }),
    stepNumber: integer("step_number").notNull(),
    tenantId: tenantId(),
    /** A new number at each change, so that a save that began from an older wording is refused. */
    version: integer("version").notNull(),
    /** The changed subject; null if the step's own subject stays. */
    subject: text("subject"),
    preheader: text("preheader").notNull(),
    /** The HTML that is sent. Saving the wording sanitizes the HTML and inlines its styles. */
    bodyHtml: text("body_html").notNull(),
    bodyText: text("body_text").notNull(),
    /** The claims that the wording makes; each needs the office's attestation. */
    claims: text("claims", { mode: "json" }).$type<LetterClaim[]>().notNull().default([]),
    /** The `sub` of the token of the agent who made the last change. */
    agentId: text("agent_id").notNull(),
    changedAt: integer("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.recipientId, table.stepNumber] })],
);
