import { beforeEach, describe, expect, test } from "vitest";
import { findPreset } from "../../shared/presets/presets.ts";
import {
  type Api,
  buildLaunchBody,
  createApi,
  createTemplate,
  createTenant,
  dumpTables,
  exampleOwner,
  getSenderId,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let templateId: number;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
  templateId = await createTemplate(api);
});

const count = async (table: string) =>
  (await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;
const withKey = (key: string) => ({ headers: { "idempotency-key": key } });

describe("launching with an idempotency key", () => {
  test("creates one campaign, however often the request is repeated", async () => {
    const body = buildLaunchBody(templateId);
    const first = await api.post("/api/campaigns", body, withKey("k-1"));
    const again = await api.post("/api/campaigns", body, withKey("k-1"));
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toEqual(first.json);
    expect(await count("campaigns")).toBe(1);
    expect(await count("campaign_recipients")).toBe(1);
  });

  test("creates one campaign if the requests come at the same time", async () => {
    const body = buildLaunchBody(templateId, { recipients: [exampleOwner, { email: "bob@example.com" }] });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => api.post("/api/campaigns", body, withKey("k-2"))),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => answer.json.id)).size).toBe(1);
    expect(await count("campaigns")).toBe(1);
    expect(await count("campaign_recipients")).toBe(2);
    expect(await count("audit_log")).toBe(1);
  });

  test("refuses the same key with another request or another agent", async () => {
    await api.post("/api/campaigns", buildLaunchBody(templateId), withKey("k-3"));
    const before = await dumpTables();
    const other = await api.post(
      "/api/campaigns",
      buildLaunchBody(templateId, { name: "Other" }),
      withKey("k-3"),
    );
    expect([other.status, other.json.error.code]).toEqual([409, "conflict"]);
    const token = await signToken({ claims: { sub: "agent-2" } });
    const another = await api.post("/api/campaigns", buildLaunchBody(templateId), {
      ...withKey("k-3"),
      token,
    });
    expect(another.status).toBe(409);
    expect(await dumpTables()).toBe(before);
  });

  test("allows another tenant to use the same key", async () => {
    const token = await signToken({ tenantId: 2 });
    const foreign = await createTemplate(api, { token });
    const mine = await api.post("/api/campaigns", buildLaunchBody(templateId), withKey("k-4"));
    const body = buildLaunchBody(foreign, { senderId: getSenderId(2) });
    const theirs = await api.post("/api/campaigns", body, { ...withKey("k-4"), token });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
  });
});

describe("a launch", () => {
  test("changes nothing if all its recipients have opted out", async () => {
    await suppressAddress(exampleOwner.email);
    const before = await dumpTables();
    const answer = await api.post("/api/campaigns", buildLaunchBody(templateId));
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toHaveProperty("recipients");
    expect(await dumpTables()).toBe(before);
  });

  test("changes nothing if the database fails halfway", async () => {
    await bindings.DB.prepare(
      "CREATE TRIGGER no_recipients BEFORE INSERT ON campaign_recipients BEGIN SELECT RAISE(ABORT, 'no'); END",
    ).run();
    const before = await dumpTables();
    const answer = await api.post("/api/campaigns", buildLaunchBody(templateId));
    expect([answer.status, answer.json.error.code]).toEqual([500, "internal"]);
    expect(answer.text).not.toContain(exampleOwner.email);
    expect(await dumpTables()).toBe(before);
    await bindings.DB.prepare("DROP TRIGGER no_recipients").run();
  });

  test("that fails logs no names or addresses", async () => {
    await bindings.DB.prepare(
      "ALTER TABLE campaign_recipients RENAME COLUMN contact_key TO contact_key_2",
    ).run();
    const logged: string[] = [];
    const original = console.error;
    console.error = (line: string) => logged.push(line);
    const answer = await api.post("/api/campaigns", buildLaunchBody(templateId));
    console.error = original;
    await bindings.DB.prepare(
      "ALTER TABLE campaign_recipients RENAME COLUMN contact_key_2 TO contact_key",
    ).run();
    expect(answer.status).toBe(500);
    expect(logged).toHaveLength(1);
    const line = JSON.parse(logged[0] ?? "{}");
    expect(line).toMatchObject({
      level: "error",
      method: "POST",
      route: "/api/campaigns",
      requestId: answer.json.error.requestId,
    });
    expect(line.cause).toContain("D1_ERROR");
    expect(logged[0]).not.toMatch(/jane|example\.com|Main St|Bearer|eyJ/i);
  });
});

test("launches in the same millisecond with the same random numbers all succeed", async () => {
  const unlucky = createApi({ random: () => 0 });
  const recipients = Array.from({ length: 50 }, (_, index) => ({ email: `owner-${index}@example.com` }));
  const first = await unlucky.post("/api/campaigns", buildLaunchBody(templateId, { recipients }));
  unlucky.advance(-1);
  const other = buildLaunchBody(templateId, { recipients, propertyId: "p-2" });
  const second = await unlucky.post("/api/campaigns", other);
  unlucky.advance(-1);
  const path = `/api/campaigns/${first.json.id}/recipients`;
  const joined = await unlucky.post(path, { recipients: [{ email: "late@example.com" }] });
  expect([first.status, second.status, joined.status]).toEqual([201, 201, 200]);
  expect(joined.json.added).toBe(1);
  expect(await count("campaign_recipients")).toBe(101);
});

describe("a preset", () => {
  const preset = { steps: undefined, type: undefined, presetId: "sellerOutreach" };

  test("becomes the tenant's own templates on its first use only", async () => {
    const first = await api.post("/api/campaigns", buildLaunchBody(templateId, preset));
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({ type: "sellerOutreach", status: "active" });
    const made = await count("email_templates");
    const second = await api.post(
      "/api/campaigns",
      buildLaunchBody(templateId, { ...preset, propertyId: "p-2" }),
    );
    expect(await count("email_templates")).toBe(made);
    const templatesOf = (campaign: { steps: { templateId: number }[] }) =>
      campaign.steps.map((step) => step.templateId);
    expect(templatesOf(second.json)).toEqual(templatesOf(first.json));
    const { json: template } = await api.get(`/api/templates/${first.json.steps[0].templateId}`);
    const { subject, preheader, bodyHtml } = findPreset("sellerOutreach")?.steps[0] ?? {};
    expect(template).toMatchObject({ presetKey: "sellerOutreach.1", subject, preheader, bodyHtml });
    expect(template.variables.length).toBeGreaterThan(0);
  });

  test("uses the tenant's wording after the tenant has changed it", async () => {
    const { json: first } = await api.post("/api/campaigns", buildLaunchBody(templateId, preset));
    const id = first.steps[0].templateId;
    await api.patch(`/api/templates/${id}`, { subject: "In our own words" });
    const other = buildLaunchBody(templateId, { ...preset, propertyId: "p-2" });
    const { json: second } = await api.post("/api/campaigns", other);
    expect(second.steps[0]).toMatchObject({
      templateId: id,
      templateVersion: 2,
      subject: "In our own words",
    });
  });

  test("that is launched twice at once creates its templates once", async () => {
    const answers = await Promise.all(
      ["p-1", "p-2"].map((propertyId) =>
        api.post("/api/campaigns", buildLaunchBody(templateId, { ...preset, propertyId })),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
    const keys = await bindings.DB.prepare(
      "SELECT count(*) AS n, count(DISTINCT preset_key) AS distinct_n FROM email_templates WHERE preset_key IS NOT NULL",
    ).first<{ n: number; distinct_n: number }>();
    expect(keys?.n).toBe(keys?.distinct_n);
  });

  test("of every kind can be launched", async () => {
    const { json: presets } = await api.get("/api/presets");
    const nearbySale = { address: "131 Main St", role: "buyersSide", closedOn: "2025-09-20" };
    for (const { id, steps } of presets.items) {
      const sale = id.startsWith("justSold") ? { nearbySale } : {};
      const answer = await api.post(
        "/api/campaigns",
        buildLaunchBody(templateId, { ...preset, presetId: id, ...sale }),
      );
      expect([id, answer.status, answer.json.stepCount]).toEqual([id, 201, steps.length]);
    }
  });
});

describe("two agents who change a campaign's status at once", () => {
  test("launch it only once", async () => {
    const { json } = await api.post("/api/campaigns", buildLaunchBody(templateId, { status: "draft" }));
    const launch = () => api.patch(`/api/campaigns/${json.id}/status`, { status: "active" });
    const answers = await Promise.all([launch(), launch()]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    const { results } = await bindings.DB.prepare(
      "SELECT action FROM audit_log WHERE action = 'campaign.launched'",
    ).all();
    expect(results).toHaveLength(1);
  });
});

describe("a host's record that is too large", () => {
  const notes = "n".repeat(17_000);

  test("is launched without the data that no email uses", async () => {
    const media = Array.from({ length: 60 }, (_, order) => ({ order, mediaUrl: "u".repeat(400) }));
    const large = {
      ...exampleOwner,
      templateData: { notes, hobby: "sailing" },
      property: { ...exampleOwner.property, media },
    };
    const body = buildLaunchBody(templateId, { recipients: [large, { email: "bob@example.com" }] });
    const { status, json } = await api.post("/api/campaigns", body);
    expect(status).toBe(201);
    const stored = await bindings.DB.prepare("SELECT data FROM campaign_recipients ORDER BY id").first(
      "data",
    );
    expect(JSON.parse(String(stored))).toEqual({
      recipient: { hobby: "sailing", fullName: "Jane Doe" },
      property: { streetAddress: "123 Main St", propertyId: "p-1" },
    });
    const path = `/api/campaigns/${json.id}/recipients`;
    const joined = await api.post(path, { recipients: [{ ...large, email: "late@example.com" }] });
    expect([joined.status, joined.json.added]).toEqual([200, 1]);
  });

  test("is refused if the emails use that data, and the fault names the recipient", async () => {
    const needy = await api.post("/api/templates", {
      name: "Notes",
      subject: "Hi",
      bodyHtml: "<p>{{recipient.notes}}</p>",
    });
    const recipients = [exampleOwner, { email: "bob@example.com", templateData: { notes } }];
    const { status, json } = await api.post("/api/campaigns", buildLaunchBody(needy.json.id, { recipients }));
    expect([status, Object.keys(json.error.fields)]).toEqual([400, ["recipients.1.templateData"]]);
  });
});
