import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { SendWindow } from "../../shared/campaign.ts";
import type { CampaignApproval } from "../../shared/campaign-approval.ts";
import type { ClaimAttestations } from "../../shared/claim.ts";
import type { StepConditions } from "../../shared/condition.ts";
import type { Consent } from "../../shared/consent.ts";
import { digestReaches } from "../../shared/digest.ts";
import type { MaxFactAgeDays } from "../../shared/fact-age.ts";
import type { LetterRecord } from "../../shared/letter-record.ts";
import type { ListingGuardSettings } from "../../shared/listing-guard.ts";
import type { OtherLicense, SenderRamp } from "../../shared/sender.ts";
import type { SequenceStep } from "../../shared/sequence.ts";
import type { SequenceRules } from "../../shared/sequence-rules.ts";
import type { SourceRuleSettings } from "../../shared/source-rule.ts";
import type { StepTask } from "../../shared/task.ts";
import type { TemplateVariable } from "../../shared/template.ts";
import {
  accountPauseReasons,
  answerKinds,
  answerStatuses,
  campaignPauseReasons,
  campaignStatuses,
  campaignTypes,
  campaignUnknownPolicies,
  collisionPolicies,
  eventKinds,
  type LetterClaim,
  messageFailureReasons,
  messageStatuses,
  providerNames,
  recipientSources,
  recipientStatuses,
  refusalKinds,
  sequenceScopes,
  settlingOutcomes,
  skipReasons,
  stepKinds,
  stopReasons,
  suppressionReasons,
  taskKinds,
  taskOutcomes,
  taskResults,
  templateVerdicts,
  timeZoneSources,
  unknownPolicies,
} from "../../shared/vocabulary.ts";
import type { ListingDetails } from "../domain/compliance/listing.ts";
import type { HostFacts } from "../domain/host-facts.ts";
import type { GuardrailFigures } from "../domain/receive/guardrail.ts";
import type { ReplyUndo } from "../domain/reply-outcome.ts";
import type { BulkChange } from "../domain/send/bulk-action.ts";
import type { SendNowLevel } from "../domain/send/candidate.ts";
import type { DailyCounts } from "../domain/send/daily-figures.ts";
import type { PlaceMove } from "../domain/send/step-change.ts";
import type { StoredStep } from "../domain/send/step-comparison.ts";
import type { WinnerChoice } from "../domain/winner.ts";
import type { StoredWording } from "./step-wordings.ts";

/*
 * D1 bills rows written, and every index entry is a row. So a table has an index only if a frequent
 * query needs the index, and tables with a composite key have no rowid. Instants are integer
 * milliseconds UTC. Recipient ids come from ranges (see db/recipient-ranges.ts), and other integer
 * ids from `Ctx.newId()`. No id is reused, so a link in an old email can't lead to another person.
 */

const tenantId = () => integer("tenant_id").notNull();

export const tenants = sqliteTable("tenants", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  timeZone: text("time_zone").notNull().default("America/New_York"),
  /** The address in every footer; nothing is sent without an address. */
  postalAddress: text("postal_address").notNull(),
  license: text("license"),
  /** The name on the brokerage's license; null if the license has the name in `name`. */
  licensedName: text("licensed_name"),
  officePhone: text("office_phone"),
  officeCity: text("office_city"),
  /** The two-letter code of the office's state. */
  officeState: text("office_state"),
  officeWebsite: text("office_website"),
  /** The office's copy of the Texas form "Information About Brokerage Services". */
  iabsLink: text("iabs_link"),
  /** The office's copy of Maine's form on real estate relationships. */
  relationshipFormLink: text("relationship_form_link"),
  /**
   * The line that every footer prints beside name and license; null if the tenant has said that no
   * such line applies.
   */
  equalHousingLine: text("equal_housing_line").default("Equal Housing Opportunity"),
  /**
   * Decides whether a recipient is held while the person or the property is in another active
   * campaign. Also decides whether a launch may override the hold.
   */
  collisionPolicy: text("collision_policy", { enum: collisionPolicies }).notNull().default("hold"),
  /**
   * How the Worker treats emails that may or may not have been sent, for campaigns without a policy
   * of their own.
   */
  unknownPolicy: text("unknown_policy", { enum: unknownPolicies }).notNull().default("assumeSent"),
  /**
   * The least time between two emails to one person from different campaigns; 0 allows any time.
   */
  coolOffHours: integer("cool_off_hours").notNull().default(24),
  /**
   * After an email that says that no more emails will come, nobody writes to the person for this
   * number of days; 0 for no limit.
   */
  lastNoteDays: integer("last_note_days").notNull().default(180),
  /**
   * For each variable with a limit: the greatest age in days at which the host's value may be used
   * in an email.
   */
  maxFactAgeDays: text("max_fact_age_days", { mode: "json" }).$type<MaxFactAgeDays>().notNull().default({}),
  /** Browser origins whose pages may call the API; JSON array of origins. */
  allowedOrigins: text("allowed_origins", { mode: "json" }).$type<string[]>().notNull().default([]),
  /** The tenant's holidays besides the federal holidays; JSON array of YYYY-MM-DD. */
  holidays: text("holidays", { mode: "json" }).$type<string[]>().notNull().default([]),
  /**
   * The office's settings of the listing guard, which forbids emails to owners under another
   * brokerage's contract. A setting that is missing here has the product's default.
   */
  listingGuard: text("listing_guard", { mode: "json" }).$type<ListingGuardSettings>().notNull().default({}),
  /** The rules for sources of recipients that differ from the product's defaults. */
  sourceRules: text("source_rules", { mode: "json" }).$type<SourceRuleSettings>().notNull().default({}),
  /** If true, agents may use only letters that a team lead has approved. */
  requiresTemplateApproval: integer("requires_template_approval", { mode: "boolean" })
    .notNull()
    .default(false),
  /**
   * The office's statements that claims in wordings are true (attestations). Each attestation names
   * the person who gave the attestation, the time and the words.
   */
  claimAttestations: text("claim_attestations", { mode: "json" })
    .$type<ClaimAttestations>()
    .notNull()
    .default({}),
  /** When the panic stop was set; no email of this tenant leaves until the stop is lifted. */
  stoppedAt: integer("stopped_at"),
  /** When the panic stop was last lifted. */
  resumedAt: integer("resumed_at"),
  metadata: text("metadata", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
  createdAt: integer("created_at").notNull(),
});

/**
 * The keys with which a tenant's host signs tokens. Two keys may be valid at once, for rotation.
 * The row fixes the algorithm, so that a token cannot choose another algorithm.
 */
export const tenantKeys = sqliteTable("tenant_keys", {
  kid: text("kid").primaryKey(),
  tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
  algorithm: text("algorithm", { enum: ["HS256", "ES256"] }).notNull(),
  issuer: text("issuer").notNull(),
  /** HS256: the sealed secret. ES256: null. */
  sealedSecret: text("sealed_secret"),
  /** ES256: the address at which the host publishes its public keys. */
  jwksUrl: text("jwks_url"),
  createdAt: integer("created_at").notNull(),
});

/**
 * The values that the host's tokens state about each agent, so that screens can show names. A row
 * is written when a value changes, and otherwise at most once a day for `seenAt`.
 */
export const agents = sqliteTable(
  "agents",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** The `sub` of the agent's token. */
    agentId: text("agent_id").notNull(),
    name: text("name"),
    email: text("email"),
    team: text("team"),
    seenAt: integer("seen_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.agentId] })],
);

/** The agents who asked for a digest by email, and when the next digest is due. */
export const digests = sqliteTable(
  "digests",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** The `sub` of the agent's token. */
    agentId: text("agent_id").notNull(),
    cadence: text("cadence", { enum: ["daily", "weekly"] }).notNull(),
    reach: text("reach", { enum: digestReaches }).notNull(),
    dueAt: integer("due_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.agentId] }), index("digests_due").on(table.dueAt)],
);

export const providerAccounts = sqliteTable(
  "provider_accounts",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    provider: text("provider", { enum: providerNames }).notNull(),
    name: text("name").notNull(),
    /** Accounts with a lower number are tried first. */
    priority: integer("priority").notNull().default(0),
    isPaused: integer("is_paused", { mode: "boolean" }).notNull().default(false),
    /** `pause_reason` and `paused_at`: why and when the account was paused automatically. */
    pauseReason: text("pause_reason", { enum: accountPauseReasons }),
    pausedAt: integer("paused_at"),
    /**
     * The circuit breaker: consecutive failures of the account, and the instant until which the
     * account is not called. Both columns are written only on a change.
     */
    circuitFailures: integer("circuit_failures").notNull().default(0),
    circuitOpenUntil: integer("circuit_open_until").notNull().default(0),
    /**
     * The domains and addresses that the From of the account's emails may have; JSON array. The
     * provider lists the domains, or an admin enters the domains of an SMTP account. Null if no
     * list is known.
     */
    verifiedDomains: text("verified_domains", { mode: "json" }).$type<string[]>(),
    domainsCheckedAt: integer("domains_checked_at"),
    /**
     * When the account's suppressions (addresses that get no emails) were last copied into the
     * tenant's suppressions.
     */
    suppressionsSyncedAt: integer("suppressions_synced_at"),
    /** When our webhook was last registered at the account. */
    webhooksRegisteredAt: integer("webhooks_registered_at"),
    /**
     * The credentials, encrypted with AES-GCM under CREDENTIALS_KEY; the account's id is the
     * encryption's additional data.
     */
    sealedCredentials: text("sealed_credentials").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("provider_accounts_tenant").on(table.tenantId, table.priority)],
);

export const senders = sqliteTable(
  "senders",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    fromName: text("from_name").notNull(),
    fromEmail: text("from_email").notNull(),
    replyTo: text("reply_to"),
    phone: text("phone"),
    /** The name on the agent's license; null if the license has the name in `from_name`. */
    licensedName: text("licensed_name"),
    /** The kind of license in words, such as "Licensed Salesperson". */
    licenseType: text("license_type"),
    licenseNumber: text("license_number"),
    /** The two-letter code of the state that licensed the agent. */
    licenseState: text("license_state"),
    /** The licenses from other states. */
    otherLicenses: text("other_licenses", { mode: "json" }).$type<OtherLicense[]>().notNull().default([]),
    timeZone: text("time_zone").notNull(),
    isPaused: integer("is_paused", { mode: "boolean" }).notNull().default(false),
    /**
     * Milliseconds between two emails at the sender's rate. Each email makes `next_slot_at` later
     * by this interval or by the minimum gap, whichever is longer.
     */
    intervalMs: integer("interval_ms").notNull(),
    /** The least time between two emails, whatever the rate. */
    minGapSeconds: integer("min_gap_seconds").notNull().default(0),
    dailyCap: integer("daily_cap"),
    /**
     * The warm-up of a new mailbox: `start` emails on `startedOn` (YYYY-MM-DD in the sender's
     * zone), `step` more each day, up to `ceiling`.
     */
    ramp: text("ramp", { mode: "json" }).$type<SenderRamp>(),
    /** The most emails a day to one recipient domain. */
    domainDailyCap: integer("domain_daily_cap"),
    /**
     * The slot clock: the earliest instant for which the next email can be planned (its slot). An
     * update checks first that the stored value is still the value that was read.
     */
    nextSlotAt: integer("next_slot_at").notNull().default(0),
    /** The day that `slotsToday` counts, in the sender's zone, as YYYY-MM-DD. */
    capDay: text("cap_day").notNull().default(""),
    /** The number of slots handed out on `capDay`. */
    slotsToday: integer("slots_today").notNull().default(0),
    /**
     * The earliest instant at which an email of this sender may really leave, whatever the email's
     * slot. Emails that leave late or together make this instant later.
     */
    nextDepartureAt: integer("next_departure_at").notNull().default(0),
    /** When the sender was last resumed after a pause. */
    resumedAt: integer("resumed_at"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [uniqueIndex("senders_from").on(table.tenantId, table.fromEmail)],
);

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
    index("campaigns_guarded").on(table.tenantId, table.id).where(sql`pause_reason IS NOT NULL`),
    index("campaigns_ending").on(table.endAt).where(sql`status = 'active' AND end_at IS NOT NULL`),
  ],
);

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

/** A host's description of a property, for step conditions and exit statuses. */
export const properties = sqliteTable(
  "properties",
  {
    tenantId: tenantId(),
    propertyId: text("property_id").notNull(),
    /** The status as a RESO StandardStatus. */
    standardStatus: text("standard_status"),
    listPrice: integer("list_price"),
    /**
     * When the host named `list_price`; null if the price was stored before this column existed.
     */
    listPriceAt: integer("list_price_at"),
    previousListPrice: integer("previous_list_price"),
    /** When the price last changed; the first price that the host names is not a change. */
    priceChangedAt: integer("price_changed_at"),
    /** The owners that the host named last; JSON array of names or keys. */
    owners: text("owners", { mode: "json" }).$type<string[]>(),
    /**
     * When the host last reported a sale or other owners. Older refusals do not forbid emails to
     * new owners.
     */
    ownersChangedAt: integer("owners_changed_at"),
    /**
     * The last address and names of contacts that the host reported; null if the host has never
     * reported an address or a name.
     */
    facts: text("facts", { mode: "json" }).$type<HostFacts>(),
    /** The details of the listing besides its status; null if only the status was ever stored. */
    listing: text("listing", { mode: "json" }).$type<ListingDetails>(),
    /**
     * A counter that goes up whenever the status or `listing` changes, so that a write can tell
     * that another write came first.
     */
    listingRevision: integer("listing_revision").notNull().default(0),
    /** When an email began to wait for a check of the status; null if no email waits. */
    checkAskedAt: integer("check_asked_at"),
    changedAt: integer("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.propertyId] }),
    index("properties_check").on(table.tenantId, table.checkAskedAt).where(sql`check_asked_at IS NOT NULL`),
  ],
);

/**
 * The number of slots that a sender has given to one recipient domain on one day. A row is written
 * only if the sender has a cap per domain.
 */
export const senderDomainDays = sqliteTable(
  "sender_domain_days",
  {
    senderId: integer("sender_id")
      .notNull()
      .references(() => senders.id, { onDelete: "cascade" }),
    domain: text("domain").notNull(),
    /** The day as YYYY-MM-DD in the sender's zone. */
    day: text("day").notNull(),
    slots: integer("slots").notNull(),
  },
  (table) => [primaryKey({ columns: [table.senderId, table.domain, table.day] })],
);

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
  },
  (table) => [
    index("reply_threads_waiting")
      .on(table.tenantId, table.waitingSince)
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

/**
 * The number of emails per hour that were blocked because of the account's reputation. A row is
 * written only when an email is blocked.
 */
export const accountBlocks = sqliteTable(
  "account_blocks",
  {
    accountId: integer("account_id")
      .notNull()
      .references(() => providerAccounts.id, { onDelete: "cascade" }),
    /** The hour of the blocks, as the number of hours since 1970 in UTC. */
    hour: integer("hour").notNull(),
    tenantId: tenantId(),
    blocks: integer("blocks").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.hour] })],
);

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

/** An address that a tenant never mails. */
export const suppressions = sqliteTable(
  "suppressions",
  {
    tenantId: tenantId(),
    email: text("email").notNull(),
    reason: text("reason", { enum: suppressionReasons }).notNull(),
    source: text("source").notNull(),
    evidence: text("evidence", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.email] })],
);

/**
 * A person's latest refusal at a property. The row has no foreign key, because the row outlives the
 * campaign. The primary key begins with the property, so reading by property needs no index.
 */
export const refusals = sqliteTable(
  "refusals",
  {
    tenantId: tenantId(),
    propertyId: text("property_id").notNull(),
    email: text("email").notNull(),
    kind: text("kind", { enum: refusalKinds }).notNull(),
    refusedAt: integer("refused_at").notNull(),
    recipientId: integer("recipient_id").notNull(),
    name: text("name").notNull(),
    /** The note that an agent wrote when recording the refusal. */
    note: text("note"),
    /** The words of the reply with the refusal; null if no reply was read. */
    replyText: text("reply_text"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.propertyId, table.email] })],
);

/** A list, imported by the office, of homes and zones whose owners must not be asked to sell. */
export const doNotSolicitLists = sqliteTable(
  "do_not_solicit_lists",
  {
    id: integer("id").primaryKey(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** The area of the list; a null city stands for the whole state. */
    state: text("state").notNull(),
    city: text("city"),
    /** The date that the list bears, as YYYY-MM-DD. */
    asOf: text("as_of").notNull(),
    lines: integer("lines").notNull(),
    importedAt: integer("imported_at").notNull(),
    importedBy: text("imported_by").notNull(),
  },
  (table) => [uniqueIndex("do_not_solicit_lists_name").on(table.tenantId, table.name)],
);

/**
 * A home, ZIP code or city of a do-not-solicit list; domain/compliance/address-keys.ts makes the
 * key.
 */
export const doNotSolicitEntries = sqliteTable(
  "do_not_solicit_entries",
  {
    tenantId: tenantId(),
    key: text("key").notNull(),
    listId: integer("list_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key, table.listId] })],
);

export const auditLog = sqliteTable("audit_log", {
  id: integer("id").primaryKey(),
  tenantId: tenantId(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  subject: text("subject").notNull(),
  data: text("data", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
  createdAt: integer("created_at").notNull(),
});

/** Queue messages that were given up, kept for an operator. */
export const deadLetters = sqliteTable("dead_letters", {
  id: text("id").primaryKey(),
  tenantId: integer("tenant_id"),
  queue: text("queue").notNull(),
  body: text("body").notNull(),
  createdAt: integer("created_at").notNull(),
});

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

/** A table of one row: the last tick (the Worker's run every minute), for /health/ready. */
export const ticks = sqliteTable(
  "ticks",
  {
    id: integer("id").primaryKey(),
    tickedAt: integer("ticked_at").notNull(),
    claimed: integer("claimed").notNull(),
    /**
     * The instant since which ticks have run without a long gap; null if there was never a long
     * gap.
     */
    runningSince: integer("running_since"),
  },
  (table) => [check("ticks_single", sql`${table.id} = 1`)],
);

/**
 * Mail that the `outbox` provider captured instead of sending. The table is empty in production.
 */
export const outboxMessages = sqliteTable("outbox_messages", {
  id: text("id").primaryKey(),
  tenantId: integer("tenant_id").notNull(),
  providerAccountId: integer("provider_account_id").notNull(),
  recipientId: integer("recipient_id").notNull(),
  stepNumber: integer("step_number").notNull(),
  toEmail: text("to_email").notNull(),
  subject: text("subject").notNull(),
  /** The whole message as RFC 5322 text. */
  raw: text("raw").notNull(),
  sentAt: integer("sent_at").notNull(),
});
