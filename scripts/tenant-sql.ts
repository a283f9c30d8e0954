import { randomBytes, randomInt } from "node:crypto";
import { and, eq, type SQLWrapper, sql } from "drizzle-orm";
import { SQLiteSyncDialect, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import { providerAccounts, senders } from "../worker/db/schema/accounts.ts";
import { auditLog } from "../worker/db/schema/operations.ts";
import { tenantKeys, tenants } from "../worker/db/schema/tenants.ts";
import type { KeyRing } from "../worker/domain/key-ring.ts";
import { toIntervalMs } from "../worker/domain/send/interval.ts";
import { sealCredentials, sealText } from "../worker/providers/credentials.ts";
import type { Credentials } from "../worker/providers/provider.ts";
import type { TenantInput } from "./tenant-input.ts";

/**
 * The SQL that creates a tenant, with the values that the tenant's host needs. The SQL contains the
 * secret only encrypted.
 */
export type NewTenant = {
  sql: string;
  tenantId: number;
  accountId: number;
  senderId: number;
  kid: string;
  issuer: string;
  secret: string;
};

export async function buildTenantSql(input: TenantInput, credentialsKey: KeyRing): Promise<NewTenant> {
  const createdAt = Date.now();
  const [tenantId, accountId, senderId] = createIds(createdAt);
  const kid = `k-${randomBytes(6).toString("hex")}`;
  const secret = randomBytes(32).toString("base64url");
  const issuer = input.issuer ?? `urn:doorknock:tenant:${tenantId}`;
  const statements = [
    buildInsert(tenants, {
      id: tenantId,
      name: input.name,
      timeZone: input.timeZone,
      postalAddress: input.postalAddress,
      license: input.license,
      licensedName: input.licensedName,
      officePhone: input.officePhone,
      officeCity: input.officeCity,
      officeState: input.officeState,
      equalHousingLine: input.equalHousingLine,
      allowedOrigins: input.allowedOrigins,
      holidays: input.holidays,
      metadata: {},
      createdAt,
    }),
    buildInsert(tenantKeys, {
      kid,
      tenantId,
      algorithm: "HS256",
      issuer,
      sealedSecret: await sealText(credentialsKey, kid, secret),
      createdAt,
    }),
    buildInsert(senders, {
      id: senderId,
      tenantId,
      fromName: input.fromName,
      fromEmail: input.fromEmail,
      replyTo: input.replyTo,
      phone: input.phone,
      licensedName: input.agentLicensedName,
      licenseType: input.agentLicenseType,
      licenseNumber: input.agentLicense ?? null,
      licenseState: input.agentLicenseState,
      otherLicenses: input.otherLicenses,
      timeZone: input.timeZone,
      intervalMs: toIntervalMs(input.ratePerSecond),
      dailyCap: input.dailyCap,
      createdAt,
    }),
    buildInsert(providerAccounts, {
      id: accountId,
      tenantId,
      provider: input.provider,
      name: input.provider,
      sealedCredentials: await sealCredentials(credentialsKey, accountId, input.credentials),
      createdAt,
    }),
  ];
  return { sql: `${statements.join(";\n")};\n`, tenantId, accountId, senderId, kid, issuer, secret };
}

/**
 * Returns the SQL that replaces an account's credentials. The SQL changes nothing if the
 * credentials are for another provider than the account's.
 */
export async function buildCredentialsUpdate(
  accountId: number,
  credentials: Credentials,
  credentialsKey: KeyRing,
): Promise<string> {
  const sealedCredentials = await sealCredentials(credentialsKey, accountId, credentials);
  const isThisOne = and(
    eq(providerAccounts.id, accountId),
    eq(providerAccounts.provider, credentials.provider),
  );
  const update = builder.update(providerAccounts).set({ sealedCredentials }).where(isThisOne);
  return `${toSql(update.returning({ id: providerAccounts.id }))};\n`;
}

/**
 * Returns the SQL that replaces the origins from which a tenant's pages may call the API, and that
 * records the change in the audit log. Both change nothing if there is no such tenant.
 */
export function buildOriginsUpdate(tenantId: number, allowedOrigins: string[]): string {
  const now = Date.now();
  const [id] = createIds(now);
  const entry = builder.insert(auditLog).select(
    builder
      .select({
        id: sql`${id}`.as("id"),
        tenantId: tenants.id,
        actor: sql`'operator'`.as("actor"),
        action: sql`'tenant.changed'`.as("action"),
        subject: sql`${`tenants/${tenantId}`}`.as("subject"),
        data: sql`'{"fields":["allowedOrigins"]}'`.as("data"),
        createdAt: sql`${now}`.as("created_at"),
      })
      .from(tenants)
      .where(eq(tenants.id, tenantId)),
  );
  const update = builder.update(tenants).set({ allowedOrigins }).where(eq(tenants.id, tenantId));
  return `${toSql(entry)};\n${toSql(update.returning({ id: tenants.id }))};\n`;
}

/** Builds SQL without a database. No statement runs. */
const builder = drizzle(async () => ({ rows: [] }));
const dialect = new SQLiteSyncDialect();

/**
 * Returns an INSERT statement with the values in its text, because wrangler's command line takes no
 * parameters.
 */
function buildInsert<Table extends SQLiteTable>(table: Table, row: Table["$inferInsert"]): string {
  return toSql(builder.insert(table).values(row));
}

function toSql(query: SQLWrapper): string {
  return dialect.sqlToQuery(sql`${query.getSQL()}`.inlineParams()).sql;
}

/**
 * Returns three ids of the Worker's format: integers that grow with time and that a double can
 * represent exactly.
 */
function createIds(now: number): [number, number, number] {
  const first = (now - Date.UTC(2025, 0, 1)) * 4096 + randomInt(4000);
  return [first, first + 1, first + 2];
}
