import { parseArgs } from "node:util";
import { z } from "zod";
import { limits } from "../shared/limits.ts";
import { emailAddress, singleLine, stateCode, timeZone, webOrigin } from "../shared/primitives.ts";
import { credentialsInput } from "../shared/provider-account.ts";
import { otherLicense } from "../shared/sender.ts";
import { providerNames } from "../shared/vocabulary.ts";
import { findRepeatedLicenseStatePosition } from "../worker/domain/compliance/agent-license.ts";
import type { Credentials } from "../worker/providers/provider.ts";
import { UserFacingError } from "./process.ts";

const allowedOrigins = z.array(webOrigin).max(limits.allowedOrigins);

const tenantInput = z.object({
  name: singleLine(limits.nameLength),
  postalAddress: singleLine(300),
  timeZone,
  license: singleLine(100).nullable().default(null),
  licensedName: singleLine(limits.nameLength).nullable().default(null),
  officePhone: singleLine(limits.phoneLength).nullable().default(null),
  officeCity: singleLine(limits.nameLength).nullable().default(null),
  officeState: stateCode.nullable().default(null),
  equalHousingLine: singleLine(200)
    .transform((text) => (text === "none" ? null : text))
    .default("Equal Housing Opportunity"),
  allowedOrigins,
  holidays: z.array(z.iso.date("must be a date such as 2026-12-24")),
  issuer: singleLine(200).nullable().default(null),
  agentLicense: singleLine(limits.licenseNumberLength).optional(),
  agentLicensedName: singleLine(limits.nameLength).nullable().default(null),
  agentLicenseType: singleLine(limits.licenseTypeLength).nullable().default(null),
  agentLicenseState: stateCode.nullable().default(null),
  otherLicenses: z.array(otherLicense).max(limits.otherLicenses),
  fromName: singleLine(limits.nameLength),
  fromEmail: emailAddress,
  replyTo: emailAddress.nullable().default(null),
  phone: singleLine(50).nullable().default(null),
  ratePerSecond: z.coerce.number().positive().max(1000).default(0.2),
  dailyCap: z.coerce.number().int().positive().max(1_000_000).nullable().default(null),
  provider: z.enum(providerNames),
});

export type TenantInput = z.output<typeof tenantInput> & { credentials: Credentials };

const options = {
  name: { type: "string" },
  "postal-address": { type: "string" },
  "time-zone": { type: "string" },
  license: { type: "string" },
  "licensed-name": { type: "string" },
  "office-phone": { type: "string" },
  "office-city": { type: "string" },
  "office-state": { type: "string" },
  "equal-housing-line": { type: "string" },
  "allowed-origin": { type: "string", multiple: true },
  holiday: { type: "string", multiple: true },
  issuer: { type: "string" },
  "agent-license": { type: "string" },
  "agent-licensed-name": { type: "string" },
  "agent-license-type": { type: "string" },
  "agent-license-state": { type: "string" },
  "other-license": { type: "string", multiple: true },
  "from-name": { type: "string" },
  "from-email": { type: "string" },
  "reply-to": { type: "string" },
  phone: { type: "string" },
  "rate-per-second": { type: "string" },
  "daily-cap": { type: "string" },
  account: { type: "string" },
  tenant: { type: "string" },
  provider: { type: "string" },
  credentials: { type: "string" },
  remote: { type: "boolean" },
  local: { type: "boolean" },
  help: { type: "boolean" },
} as const;

export const tenantUsageText = `npm run tenant -- [--local | --remote] \\
  --name "Cairn Realty" --postal-address "1 Main St, Denver, CO 80203" --time-zone America/Denver \\
  --license "CO EC.100098700" --from-name "Alex Morgan" --from-email alex@cairn.example.com \\
  --provider sendgrid --credentials '{"apiKey": "SG…"}'

  Also: --allowed-origin https://crm.example.com and --holiday 2026-12-24, besides the federal ones (both may be repeated), --issuer, --reply-to, --phone,
  --rate-per-second (0.2), --daily-cap, --equal-housing-line ("Equal Housing Opportunity"; none where none applies).
  What states want in an email: --office-phone, --office-city, --office-state (CO), --licensed-name,
  --agent-license, --agent-licensed-name, --agent-license-type ("Broker Associate"), --agent-license-state (CO).
  The agent's licenses from more states: --other-license "UT 5551234-SA00, Sales Agent, Alexandra Morgan" (may be
  repeated): the state and the number, then the type and the name on the license where they differ.
  Nothing is sent without a license: the brokerage's (--license) or the agent's own (--agent-license).

npm run tenant -- [--local | --remote] --tenant <id> --allowed-origin https://crm.example.com
  Replaces the origins from which pages may call the API; --allowed-origin may be repeated.

npm run tenant -- [--local | --remote] --account <id> --provider <its provider> --credentials '{…}'
  Replaces an account's credentials: with the webhook's key, which the service shows only after the first set-up.

  Credentials by provider, as JSON; a file's with --credentials @path:
    sendgrid  {"apiKey", "region": "us" | "eu", "webhookPublicKey"}
    mailgun   {"apiKey", "domain", "region": "us" | "eu", "webhookSigningKey"}
    smtp      {"host", "port", "tls": "implicit" | "starttls", "user", "password", "webhookSecret"}
    outbox    {"webhookSecret"}: captures email instead of sending it

  CREDENTIALS_KEY must be in the environment or in .dev.vars, and be the one the Worker has.`;

export type TenantCommand =
  | { kind: "help" }
  | { kind: "create"; isRemote: boolean; tenant: TenantInput }
  | { kind: "replaceOrigins"; isRemote: boolean; tenantId: number; allowedOrigins: string[] }
  | { kind: "replaceCredentials"; isRemote: boolean; accountId: number; credentials: Credentials };

type ReadFile = (path: string) => string;
type Values = ReturnType<typeof parseOptions>;

/**
 * Parses the arguments of `npm run tenant`.
 * @param readFile reads the file of `--credentials @path`
 */
export function parseTenantCommand(args: string[], readFile: ReadFile): TenantCommand {
  const values = parseOptions(args);
  if (values.help || args.length === 0) return { kind: "help" };
  if (values.remote && values.local) throw new UserFacingError("Give --local or --remote, not both.");
  const isRemote = values.remote ?? false;
  if (values.tenant !== undefined) {
    return { kind: "replaceOrigins", isRemote, ...parseOrigins(values.tenant, values) };
  }
  if (values.account !== undefined) {
    return { kind: "replaceCredentials", isRemote, ...parseAccount(values.account, values, readFile) };
  }
  return { kind: "create", isRemote, tenant: parseTenant(values, readFile) };
}

function parseTenant(values: Values, readFile: ReadFile): TenantInput {
  const camel = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  );
  const result = tenantInput.safeParse({
    ...camel,
    allowedOrigins: values["allowed-origin"] ?? [],
    holidays: values.holiday ?? [],
    otherLicenses: (values["other-license"] ?? []).map(parseOtherLicense),
  });
  const faults = result.success
    ? []
    : result.error.issues.map(({ path, message }) => formatFault(path, message));
  if (values.license === undefined && values["agent-license"] === undefined) {
    faults.push("--license: is required, or --agent-license");
  }
  if (result.success) faults.push(...listLicenseFaults(result.data));
  const credentials = readCredentials(values, readFile, faults);
  if (faults.length > 0 || !result.success || credentials === null) throw createUsageError(faults);
  return { ...result.data, credentials };
}

/** Returns the parts of a license such as "UT 5551234-SA00, Sales Agent, Alexandra Morgan". */
function parseOtherLicense(text: string) {
  const [first = "", licenseType = "", ...name] = text.split(",").map((part) => part.trim());
  const [licenseState = "", ...number] = first.split(/\s+/);
  return {
    licenseState: licenseState.toUpperCase(),
    licenseNumber: number.join(" ") || null,
    licenseType: licenseType || null,
    licensedName: name.join(", ") || null,
  };
}

/** Returns what is wrong with the licenses as a whole. A home's state must name one license. */
function listLicenseFaults({ agentLicenseState, otherLicenses }: z.output<typeof tenantInput>): string[] {
  if (otherLicenses.length > 0 && agentLicenseState === null) {
    return ["--agent-license-state: is required with --other-license"];
  }
  const repeated = findRepeatedLicenseStatePosition({ licenseState: agentLicenseState, otherLicenses });
  return repeated === null
    ? []
    : [`--other-license: has two licenses from ${otherLicenses[repeated]?.licenseState}`];
}

function parseOrigins(tenant: string, values: Values) {
  const tenantId = parseId(tenant);
  const origins = allowedOrigins.min(1, "is required").safeParse(values["allowed-origin"] ?? []);
  const faults = tenantId === null ? ["--tenant: must be the tenant's number"] : [];
  if (!origins.success)
    faults.push(...origins.error.issues.map(({ message }) => `--allowed-origin: ${message}`));
  if (tenantId === null || !origins.success) throw createUsageError(faults);
  return { tenantId, allowedOrigins: origins.data };
}

const parseId = (text: string): number | null => (/^[1-9]\d{0,15}$/.test(text) ? Number(text) : null);

function parseAccount(account: string, values: Values, readFile: ReadFile) {
  const faults: string[] = [];
  const accountId = parseId(account);
  if (accountId === null) faults.push("--account: must be the account's number");
  if (!isProvider(values.provider)) faults.push(formatFault(["provider"], ""));
  const credentials = readCredentials(values, readFile, faults);
  if (accountId === null || credentials === null) throw createUsageError(faults);
  return { accountId, credentials };
}

function createUsageError(faults: string[]): UserFacingError {
  return new UserFacingError(`${faults.join("\n")}\n\n${tenantUsageText}`);
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new UserFacingError(`${error instanceof Error ? error.message : error}\n\n${tenantUsageText}`);
  }
}

function readCredentials(
  { provider, credentials: given }: Values,
  readFile: ReadFile,
  faults: string[],
): Credentials | null {
  if (!isProvider(provider)) return null;
  if (given === undefined) {
    faults.push("--credentials: is required");
    return null;
  }
  const result = credentialsInput.safeParse({ ...readObject(given, readFile), provider });
  if (result.success) return result.data;
  // The messages name only the field, because the value could be a secret.
  faults.push(
    ...result.error.issues.map(({ path, message }) =>
      `--credentials ${path.join(".")}: ${message}`.replace(" :", ":"),
    ),
  );
  return null;
}

function isProvider(name: string | undefined): boolean {
  return providerNames.some((known) => known === name);
}

function readObject(given: string, readFile: ReadFile): object {
  try {
    const value: unknown = JSON.parse(given.startsWith("@") ? readFile(given.slice(1)) : given);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // The error below replaces the parser's own message, which quotes text that may be a secret.
  }
  throw new UserFacingError(
    `--credentials: must be a JSON object, such as '{"apiKey": "…"}', or @ and the path of a file with one`,
  );
}

/** The singular flag of each field that is a list. */
const flagsOfLists: Readonly<Record<string, string>> = {
  allowedOrigins: "allowed-origin",
  holidays: "holiday",
  otherLicenses: "other-license",
};

function formatFault([name = ""]: PropertyKey[], message: string): string {
  const field = String(name);
  const flag = flagsOfLists[field] ?? field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${flag}: ${rewordFault(flag, message)}`;
}

/**
 * Rewrites the validator's message, which names types, for a person who typed flags.
 */
function rewordFault(flag: string, message: string): string {
  if (flag === "provider") return `must be one of ${providerNames.join(", ")}`;
  if (message.includes("received undefined")) return "is required";
  return message.startsWith("Too small: expected string") ? "must not be empty" : message;
}
