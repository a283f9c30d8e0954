import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { OtherLicense, SenderRamp } from "../../../shared/sender.ts";
import { accountPauseReasons, providerNames } from "../../../shared/vocabulary.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

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
