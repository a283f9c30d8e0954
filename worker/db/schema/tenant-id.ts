import { integer } from "drizzle-orm/sqlite-core";

/** Returns a new column with the id of the tenant that owns the row. */
export const tenantId = () => integer("tenant_id").notNull();
