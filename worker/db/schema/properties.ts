import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ListingDetails } from "../../domain/compliance/listing.ts";
import type { HostFacts } from "../../domain/host-facts.ts";
import { tenantId } from "./tenant-id.ts";
import { tenants } from "./tenants.ts";

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
