import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProviderName } from "../shared/vocabulary.ts";
import { type KeyRing, parseKeyRing } from "../worker/domain/key-ring.ts";
import { createInboundKey } from "../worker/mail/inbound/key.ts";
import type { Credentials } from "../worker/providers/provider.ts";
import { projectRoot, runMain, runTool, UserFacingError } from "./process.ts";
import { parseTenantCommand, type TenantInput, tenantUsageText } from "./tenant-input.ts";
import { buildCredentialsUpdate, buildOriginsUpdate, buildTenantSql } from "./tenant-sql.ts";

/**
 * Runs SQL statements on the D1 database that `args` names. If one statement fails, no statement
 * takes effect.
 */
export async function executeSqlOnDatabase(sql: string, args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "doorknock-"));
  try {
    const file = join(folder, "tenant.sql");
    writeFileSync(file, sql, { mode: 0o600 });
    await executeWithWrangler(["--file", file, ...args]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs `wrangler d1 execute` and returns its JSON. With `--command`, the JSON contains rows. With
 * `--file` on a deployed database, the JSON contains only counts.
 */
async function executeWithWrangler(args: readonly string[]): Promise<string> {
  const { code, output, stdout } = await runTool("wrangler", [
    "d1",
    "execute",
    "DB",
    "--yes",
    "--json",
    ...args,
  ]);
  if (code !== 0) throw new UserFacingError(`The database refused it:\n${output}`);
  return stdout;
}

/** Returns the keys of a secret of the Worker, the newest first. */
export function parseKeys(secret: string): KeyRing {
  const keys = parseKeyRing(secret);
  if (keys === null) {
    throw new UserFacingError(
      "The secret must be 32 bytes in base64 (openssl rand -base64 32), or several such keys with commas.",
    );
  }
  return keys;
}

/** Returns a secret of the Worker from the environment, or from .dev.vars. */
function readSecret(name: "CREDENTIALS_KEY" | "LINK_KEY"): string | undefined {
  const devVars = join(projectRoot, ".dev.vars");
  const text = existsSync(devVars) ? readFileSync(devVars, "utf8") : "";
  return process.env[name] ?? new RegExp(`^${name}\\s*=\\s*["']?([^"'\\s]+)`, "m").exec(text)?.[1];
}

function readCredentialsKey(): KeyRing {
  const key = readSecret("CREDENTIALS_KEY");
  if (key === undefined) {
    throw new UserFacingError(
      "CREDENTIALS_KEY is not set: give the Worker's own in the environment or in .dev.vars.",
    );
  }
  return parseKeys(key);
}

async function createTenant(input: TenantInput, place: string): Promise<void> {
  const tenant = await buildTenantSql(input, readCredentialsKey());
  await executeSqlOnDatabase(tenant.sql, [place]);
  console.log(`Tenant ${tenant.tenantId} "${input.name}" is there.

  For the host's backend, which signs the tokens (HS256):
    tid     ${tenant.tenantId}
    kid     ${tenant.kid}
    iss     ${tenant.issuer}
    aud     doorknock
    secret  ${tenant.secret}
  The secret is shown this once; it is stored sealed.

  Webhooks of its ${input.provider} account ${tenant.accountId}:
    /webhooks/email-status/${tenant.accountId}
    /webhooks/inbound/${tenant.accountId}${await buildInboundQuery(input.provider, tenant.accountId)}`);
}

/**
 * Returns the query of an account's inbound URL. SendGrid's URL contains a key, because SendGrid
 * does not sign its inbound posts.
 */
async function buildInboundQuery(provider: ProviderName, accountId: number): Promise<string> {
  if (provider !== "sendgrid") return "";
  const key = readSecret("LINK_KEY");
  return key === undefined
    ? "?key=… (set LINK_KEY to see it)"
    : `?key=${await createInboundKey(parseKeys(key), accountId)}`;
}

async function replaceCredentials(accountId: number, credentials: Credentials, place: string): Promise<void> {
  const sql = await buildCredentialsUpdate(accountId, credentials, readCredentialsKey());
  const answer = await executeWithWrangler(["--command", sql, place]);
  if (!answer.includes(String(accountId))) {
    throw new UserFacingError(`There is no ${credentials.provider} account ${accountId}.`);
  }
  console.log(`Account ${accountId} has its new credentials.`);
}

async function replaceOrigins(tenantId: number, allowedOrigins: string[], place: string): Promise<void> {
  const answer = await executeWithWrangler([
    "--command",
    buildOriginsUpdate(tenantId, allowedOrigins),
    place,
  ]);
  if (!answer.includes(String(tenantId))) throw new UserFacingError(`There is no tenant ${tenantId}.`);
  console.log(
    `Pages of ${allowedOrigins.join(", ")} may call the API for tenant ${tenantId}, and no others.`,
  );
}

async function runCommand(): Promise<void> {
  const command = parseTenantCommand(process.argv.slice(2), (path) => readFileSync(path, "utf8"));
  if (command.kind === "help") return console.log(tenantUsageText);
  const place = command.isRemote ? "--remote" : "--local";
  if (command.kind === "create") return createTenant(command.tenant, place);
  if (command.kind === "replaceOrigins")
    return replaceOrigins(command.tenantId, command.allowedOrigins, place);
  return replaceCredentials(command.accountId, command.credentials, place);
}

if (process.argv[1] === import.meta.filename) await runMain(runCommand);
