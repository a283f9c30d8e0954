import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type HostEventType, hostWebhookDisabledReasons } from "../../../shared/vocabulary.ts";
import type { DeliveryRound } from "../../domain/send/host-delivery.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

/**
 * A URL of the host's server to which the Worker posts the tenant's events. The row also has the
 * state of the deliveries, so that one round of deliveries writes one row.
 */
export const hostWebhooks = sqliteTable(
  "host_webhooks",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: integer("id").notNull(),
    url: text("url").notNull(),
    description: text("description").notNull(),
    /** The types of event that the URL gets; JSON array, or null for every type. */
    eventTypes: text("event_types", { mode: "json" }).$type<HostEventType[]>(),
    /** The sealed signing secret. While a rotation lasts, the secret before it signs too. */
    sealedSecret: text("sealed_secret").notNull(),
    sealedOldSecret: text("sealed_old_secret"),
    oldSecretUntil: integer("old_secret_until"),
    /** All events up to this number are delivered, or have a row in `host_event_retries`. */
    deliveredTo: integer("delivered_to").notNull(),
    /** No call is made before this instant. */
    nextAttemptAt: integer("next_attempt_at").notNull().default(0),
    /** The number of rounds in a row that ended with a failure, and when the first one began. */
    failures: integer("failures").notNull().default(0),
    failingSince: integer("failing_since"),
    /** The latest rounds of calls, newest first; JSON array. */
    rounds: text("rounds", { mode: "json" }).$type<DeliveryRound[]>().notNull().default([]),
    disabledAt: integer("disabled_at"),
    disabledReason: text("disabled_reason", { enum: hostWebhookDisabledReasons }),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/**
 * The events for the tenant's webhooks. Triggers insert the rows, in the transaction of the change
 * itself, and only while an enabled webhook wants the type. `sequence` counts up by one for each
 * tenant.
 */
export const hostEvents = sqliteTable(
  "host_events",
  {
    tenantId: tenantId(),
    sequence: integer("sequence").notNull(),
    type: text("type").$type<HostEventType>().notNull(),
    occurredAt: integer("occurred_at").notNull(),
    data: text("data", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.sequence] })],
);

/**
 * The events that one webhook gets on their own: because the receiver refused the event while it
 * took others, or because an admin asked for the event again.
 */
export const hostEventRetries = sqliteTable(
  "host_event_retries",
  {
    tenantId: tenantId(),
    webhookId: integer("webhook_id").notNull(),
    sequence: integer("sequence").notNull(),
    attempts: integer("attempts").notNull(),
    failingSince: integer("failing_since").notNull(),
    /** Null if the event is given up. */
    nextAttemptAt: integer("next_attempt_at"),
    /** The last answer, such as "HTTP 500"; null if no call was made. */
    failure: text("failure"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.webhookId, table.sequence] })],
);
