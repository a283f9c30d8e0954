import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  createApi,
  createLaunchedCampaign,
  createTenant,
  exampleOwner,
  signToken,
} from "../support/worker/api.ts";
import { listAuditedActions } from "../support/worker/app.ts";
import { emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let admin: { token: string };

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
  admin = { token: await signToken({ role: "admin" }) };
});

describe("the tenant's settings", () => {
  const change = {
    name: "Cedar & Main",
    timeZone: "America/Denver",
    postalAddress: "2 Cedar Street, Denver, CO 80203",
    license: "CO 100012345",
    licensedName: "Cedar & Main Realty, LLC",
    officePhone: "(303) 555-0100",
    officeCity: "Denver",
    officeState: "CO",
    officeWebsite: "https://cedar.example.com/",
    iabsLink: "https://cedar.example.com/iabs.pdf",
    relationshipFormLink: null,
    equalHousingLine: null,
    collisionPolicy: "holdAlways",
    coolOffHours: 48,
    unknownPolicy: "resend",
    lastNoteDays: 365,
    maxFactAgeDays: { "property.listPrice": 30, "recipient.salutation": 90, default: 60 },
    listingGuard: { officeKeys: ["OFF-1"], statusMap: { "Temp Off": "Withdrawn" }, closedDays: 365 },
    sourceRules: { list: { needsApproval: true, waitDays: 5 } },
    requiresTemplateApproval: true,
    allowedOrigins: ["http://localhost:3000", "https://crm.example"],
  };

  test("are changed by an admin, seen by every role of the tenant, and hidden from other tenants", async () => {
    const other = { token: await signToken({ tenantId: 2, role: "admin" }) };
    const before = (await api.get("/api/tenant", other)).json;
    const holidays = ["2026-12-24", "2026-01-02", "2026-12-24"];
    const changed = await api.patch("/api/tenant", { ...change, holidays }, admin);
    const after = {
      ...change,
      holidays: ["2026-01-02", "2026-12-24"],
      stoppedAt: null,
      approvalSources: ["list", "probate", "preForeclosure"],
      claimAttestations: {},
      stateRulesUrl: expect.stringMatching(/^https?:.*\/state-rules$/),
      volumes: [{ domain: "brokerage-1.example", emailsToday: 0, bulkLimit: 5000, isNearLimit: false }],
    };
    expect([changed.status, changed.json]).toEqual([200, after]);
    for (const role of ["viewer", "agent", "admin"]) {
      expect((await api.get("/api/tenant", { token: await signToken({ role }) })).json).toEqual(after);
    }
    expect((await api.get("/api/tenant", other)).json).toEqual(before);
    expect(await listAuditedActions()).toEqual(["tenant.changed"]);
  });

  test.each(["viewer", "agent", "teamLead"])("are not changed by a %s", async (role) => {
    const token = await signToken({ role });
    expect((await api.patch("/api/tenant", { coolOffHours: 0 }, { token })).status).toBe(403);
    expect((await api.get("/api/tenant")).json.coolOffHours).toBe(24);
  });

  test.each([
    ["nothing", {}, ""],
    ["an unknown time zone", { timeZone: "Mars/Olympus" }, "timeZone"],
    ["an unknown collision policy", { collisionPolicy: "never" }, "collisionPolicy"],
    ["an unknown policy for unknown outcomes", { unknownPolicy: "office" }, "unknownPolicy"],
    [
      "an age of no days",
      { maxFactAgeDays: { "property.listPrice": 0 } },
      "maxFactAgeDays.property.listPrice",
    ],
    [
      "an age of a value that is not the recipient's or the property's",
      { maxFactAgeDays: { "sender.phone": 3 } },
      "maxFactAgeDays.sender.phone",
    ],
    [
      "ages of 51 variables",
      { maxFactAgeDays: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`property.x${i}`, 3])) },
      "maxFactAgeDays",
    ],
    ["a negative cool-off", { coolOffHours: -1 }, "coolOffHours"],
    ["a cool-off of half an hour", { coolOffHours: 0.5 }, "coolOffHours"],
    ["a cool-off of more than ninety days", { coolOffHours: 2161 }, "coolOffHours"],
    ["a state's name in place of its code", { officeState: "Colorado" }, "officeState"],
    ["a form link that is not a web address", { iabsLink: "javascript:alert(1)" }, "iabsLink"],
    ["a link with a quote in it", { officeWebsite: 'https://x.example/"onclick=' }, "officeWebsite"],
    ["an empty postal address", { postalAddress: " " }, "postalAddress"],
    ["a header in its name", { name: "Cedar\r\nBcc: x@example.com" }, "name"],
    ["a holiday that does not exist", { holidays: ["2026-02-30"] }, "holidays.0"],
    ["an origin with a path", { allowedOrigins: ["https://x.example/crm"] }, "allowedOrigins.0"],
    ["an origin that is none", { allowedOrigins: ["null"] }, "allowedOrigins.0"],
    ["every origin", { allowedOrigins: ["*"] }, "allowedOrigins.0"],
    ["a field that an admin can't set", { createdAt: 1 }, ""],
  ])("refuse %s; the fault names the field, and nothing is written", async (_name, body, field) => {
    const before = (await api.get("/api/tenant")).json;
    const { status, json } = await api.patch("/api/tenant", body, admin);
    expect([status, json.error.code]).toEqual([400, "invalidRequest"]);
    if (field !== "") expect(json.error.fields).toHaveProperty([field]);
    expect((await api.get("/api/tenant")).json).toEqual(before);
    expect(await listAuditedActions()).toEqual([]);
  });
});

describe("the check for recipients who would wait for another campaign", () => {
  const ask = (recipients: unknown, options?: { token: string }) =>
    api.post("/api/collisions", { recipients }, options);

  test("finds them before a launch, by person or by property, and changes nothing", async () => {
    const { id } = await createLaunchedCampaign(api, { name: "Expired listing" });
    const actions = await listAuditedActions();
    const { json } = await ask([
      { email: "new@example.com", propertyId: "p-9" },
      { email: "Jane.Doe@example.com", propertyId: "p-9" },
      { email: null, propertyId: "p-1" },
    ]);
    expect(json).toEqual({
      items: [
        { index: 1, otherCampaign: { id, name: "Expired listing", by: "person" } },
        { index: 2, otherCampaign: { id, name: "Expired listing", by: "property" } },
      ],
      mayIgnore: true,
    });
    expect(await listAuditedActions()).toEqual(actions);
  });

  test("says if the tenant does not allow an override", async () => {
    await api.patch("/api/tenant", { collisionPolicy: "holdAlways" }, admin);
    expect((await ask([{ email: exampleOwner.email }])).json).toEqual({ items: [], mayIgnore: false });
  });

  test("ignores other tenants' campaigns, and is refused for properties of other agents", async () => {
    await createLaunchedCampaign(api);
    const other = { token: await signToken({ tenantId: 2 }) };
    expect((await ask([{ email: exampleOwner.email, propertyId: "p-1" }], other)).json.items).toEqual([]);
    const held = { token: await signToken({ prop: ["p-2"] }) };
    expect((await ask([{ email: exampleOwner.email, propertyId: "p-1" }], held)).status).toBe(403);
  });
});
