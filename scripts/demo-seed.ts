import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type DemoPaths, type DemoSecrets, saveDemoSecrets } from "./demo-state.ts";
import { executeSqlOnDatabase, parseKeys } from "./tenant.ts";
import type { TenantInput } from "./tenant-input.ts";
import { buildTenantSql } from "./tenant-sql.ts";

/**
 * The demo's tenant with one sender. The tenant's provider is the outbox, which captures emails
 * instead of sending them.
 */
const brokerage: Omit<TenantInput, "credentials"> = {
  name: "Cairn & Main Realty",
  postalAddress: "1600 Juniper St, Suite 210, Denver, CO 80202",
  timeZone: "America/Denver",
  license: "EC.100098700",
  licensedName: "Cairn & Main Realty, LLC",
  officePhone: "(303) 555-0100",
  officeCity: "Denver",
  officeState: "CO",
  equalHousingLine: "Equal Housing Opportunity",
  agentLicense: "FA.100012345",
  agentLicensedName: null,
  agentLicenseType: "Broker Associate",
  agentLicenseState: "CO",
  otherLicenses: [],
  allowedOrigins: [],
  holidays: [],
  issuer: "parcelbook-demo",
  fromName: "Alex Morgan",
  fromEmail: "alex@cairn-main.example.com",
  replyTo: null,
  phone: "(303) 555-0110",
  // The rate is high, so that a visitor sees emails arrive at once.
  ratePerSecond: 5,
  dailyCap: null,
  provider: "outbox",
};

/**
 * Creates the demo's tenant, as `npm run tenant` does for a host. The token secret and the ids are
 * saved for the demo's Worker.
 */
export async function seedDemo(state: DemoPaths, secrets: DemoSecrets): Promise<void> {
  const webhookSecret = randomBytes(32).toString("base64url");
  const credentials = { provider: "outbox", webhookSecret } as const;
  const tenant = await buildTenantSql({ ...brokerage, credentials }, parseKeys(secrets.CREDENTIALS_KEY));
  await executeSqlOnDatabase(tenant.sql, [
    "--local",
    "--config",
    "demo/wrangler.toml",
    "--persist-to",
    state.database,
  ]);
  saveDemoSecrets(state, {
    ...secrets,
    DEMO_TENANT_ID: String(tenant.tenantId),
    DEMO_KEY_ID: tenant.kid,
    DEMO_ISSUER: tenant.issuer,
    DEMO_SIGNING_SECRET: tenant.secret,
    DEMO_ACCOUNT_ID: String(tenant.accountId),
    DEMO_WEBHOOK_SECRET: webhookSecret,
  });
  writeFileSync(state.seededFile, "");
}
