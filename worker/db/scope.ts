import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { schema } from "./schema.ts";

export type Database = DrizzleD1Database<typeof schema> & { $client: D1Database };

/**
 * The first parameter of every query on a tenant's rows. Only this file knows which D1 database
 * holds a tenant; today one database holds all tenants.
 */
export type Scope = { db: Database; tenantId: number };

export function openDatabase(d1: D1Database): Database {
  return drizzle(d1, { schema });
}

export function createScope(db: Database, tenantId: number): Scope {
  return { db, tenantId };
}
