import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ClaimAttestations } from "../../../shared/claim.ts";
import { digestScopes } from "../../../shared/digest.ts";
import type { MaxFactAgeDays } from "../../../shared/fact-age.ts";
import type { ListingGuardSettings } from "../../../shared/listing-guard.ts";
import type { SourceRuleSettings } from "../../../shared/source-rule.ts";
import { collisionPolicies, unknownPolicies } from "../../../shared/vocabulary.ts";
import { tenantId } from "./tenant-id.ts";

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
 * The origins in `tenants.allowedOrigins`, one row each, so that a preflight finds its origin by
 * the primary key. Triggers on `tenants` keep the rows.
 */
export const tenantOrigins = sqliteTable(
  "tenant_origins",
  {
    origin: text("origin").notNull(),
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.origin, table.tenantId] })],
);

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
    /** When the agent's outreach was paused; null while the outreach is not paused. */
    pausedAt: integer("paused_at"),
    /** The `sub` of the token of the agent who paused the outreach. */
    pausedBy: text("paused_by"),
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
    reach: text("reach", { enum: digestScopes }).notNull(),
    dueAt: integer("due_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.agentId] }), index("digests_due").on(table.dueAt)],
);
