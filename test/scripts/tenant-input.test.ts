import { expect, test } from "vitest";
import { parseTenantCommand } from "../../scripts/tenant-input.ts";
import { buildOriginsUpdate, buildTenantSql } from "../../scripts/tenant-sql.ts";

const args = [
  ...["--name", "Cairn Realty", "--postal-address", "1 Main St, Denver, CO 80203"],
  ...[
    "--time-zone",
    "America/Denver",
    "--from-name",
    "Alex Morgan",
    "--from-email",
    "alex@cairn.example.com",
  ],
  ...["--agent-license", "FA.100012345", "--agent-license-state", "CO"],
  ...["--provider", "outbox", "--credentials", '{"webhookSecret":"0123456789abcdef0123456789abcdef"}'],
];

function parse(more: readonly string[]) {
  const command = parseTenantCommand([...args, ...more], () => "");
  if (command.kind !== "create") throw new Error(`The command is ${command.kind}.`);
  return command.tenant;
}

test("a sender takes licenses from several states, with the type and the name where they differ", async () => {
  const tenant = parse([
    ...["--other-license", "ut 5551234-SA00, Sales Agent, Alexandra Morgan, Jr."],
    ...["--other-license", "WY 14777"],
  ]);
  expect(tenant.otherLicenses).toEqual([
    {
      ...{ licenseState: "UT", licenseNumber: "5551234-SA00", licenseType: "Sales Agent" },
      licensedName: "Alexandra Morgan, Jr.",
    },
    { licenseState: "WY", licenseNumber: "14777", licenseType: null, licensedName: null },
  ]);
  const { sql } = await buildTenantSql(tenant, [new Uint8Array(32)]);
  expect(sql).toContain('"licenseNumber":"5551234-SA00"');
});

test("a sender without --other-license has no further licenses", () => {
  expect(parse([]).otherLicenses).toEqual([]);
});

test.each([
  ["a state that is no code of two letters", ["--other-license", "Utah 1"], "--other-license: "],
  ["no text", ["--other-license", ""], "--other-license: "],
  [
    "two licenses from a state",
    ["--other-license", "UT 1", "--other-license", "UT 2"],
    "--other-license: has two licenses from UT",
  ],
  [
    "a second license from the first license's state",
    ["--other-license", "CO 2"],
    "--other-license: has two licenses from CO",
  ],
])("a sender with %s is refused with the flag's name", (_, more, message) => {
  expect(() => parse(more)).toThrow(message);
});

test("further licenses want the state of the first", () => {
  const stateless = args.filter((arg) => arg !== "--agent-license-state" && arg !== "CO");
  const withOther = [...stateless, "--other-license", "UT 1"];
  expect(() => parseTenantCommand(withOther, () => "")).toThrow("--agent-license-state: is required");
});

const parseOrigins = (...more: string[]) =>
  parseTenantCommand(["--remote", "--tenant", "7", ...more], () => "");

test("a tenant's origins are replaced as a whole, with an entry in the audit log", () => {
  const origins = ["https://crm.example.com", "http://localhost:3000"];
  expect(parseOrigins(...origins.flatMap((origin) => ["--allowed-origin", origin]))).toEqual({
    kind: "replaceOrigins",
    isRemote: true,
    tenantId: 7,
    allowedOrigins: origins,
  });
  const sql = buildOriginsUpdate(7, origins);
  expect(sql).toMatch(
    /^insert into "audit_log" .*'tenant.changed'.* from "tenants" where "tenants"."id" = 7;$/m,
  );
  expect(sql).toMatch(/^update "tenants" set .*localhost:3000.* where "tenants"."id" = 7 returning "id";$/m);
});

test.each([
  ["no origin", [], "--allowed-origin: is required"],
  ["a path", ["--allowed-origin", "https://crm.example.com/"], "--allowed-origin: must be an origin"],
  ["every page", ["--allowed-origin", "*"], "--allowed-origin: must be an origin"],
])("a list of origins with %s is refused", (_, more, message) => {
  expect(() => parseOrigins(...more)).toThrow(message);
});
