import { beforeEach, describe, expect, test } from "vitest";
import { day, hour } from "../support/time.ts";
import { buildLaunchBody, buildTemplateBody, exampleOwner, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const needy = "<p>Hi {{recipient.salutation}}, about the {{property.poolFeatures}} pool.</p>";

async function saveTemplate(bodyHtml: string): Promise<number> {
  return (await app.api.post("/api/templates", buildTemplateBody({ bodyHtml }))).json.id;
}

/**
 * Launches a campaign whose emails need `property.poolFeatures`, and lets the engine handle the
 * first emails. Returns the recipients' ids.
 */
async function launchNeedy(overrides: Record<string, unknown> = {}): Promise<number[]> {
  const templateId = await saveTemplate(needy);
  const body = buildLaunchBody(templateId, { recallSeconds: 0, ...overrides });
  const { status, json } = await app.api.post("/api/campaigns", body);
  expect(status).toBe(201);
  await app.run();
  return await listRecipientIds(json.id);
}
const read = async (id: number | undefined) => (await app.api.get(`/api/recipients/${id}`)).json;
const patch = (id: number | undefined, body: object) => app.api.patch(`/api/recipients/${id}`, body);
const sentTo = () => app.calls.map(({ to }) => to.email);

describe("a recipient whose email has a missing value", () => {
  test("is held with the value named, and continues when the value is filled in", async () => {
    const [id] = await launchNeedy();
    expect(sentTo()).toEqual([]);
    const held = await read(id);
    expect(held.whyNotYet.reason).toBe("missingVariables");
    expect(held.missingValues).toEqual([
      { path: "property.poolFeatures", label: "Pool features", stepNumber: 1, position: 1 },
    ]);
    app.advance(30 * day);
    const filled = await patch(id, { property: { poolFeatures: "heated" } });
    expect([filled.status, filled.json.status, filled.json.missingValues]).toEqual([200, "active", []]);
    await app.run();
    expect(sentTo()).toEqual([exampleOwner.email]);
    expect(app.calls[0]?.text).toContain("about the heated pool");
  });

  test("stays held while another value is missing, and keeps the filled-in value", async () => {
    const templateId = await saveTemplate("<p>{{property.poolFeatures}} {{recipient.hobby}}</p>");
    const { json } = await app.api.post("/api/campaigns", buildLaunchBody(templateId, { recallSeconds: 0 }));
    await app.run();
    const [id] = await listRecipientIds(json.id);
    const half = await patch(id, { property: { poolFeatures: "heated" } });
    expect(half.json).toMatchObject({
      status: "paused",
      whyNotYet: { reason: "missingVariables" },
      missingValues: [{ path: "recipient.hobby", label: "Hobby", stepNumber: 1 }],
    });
    await patch(id, { templateData: { hobby: "sailing" } });
    await app.run();
    expect(app.calls[0]?.text).toMatch(/^heated sailing/);
  });

  test("is shown with the values missing in later emails before these are due", async () => {
    const first = await saveTemplate("<p>Hi</p>");
    const steps = [{ templateId: first }, { templateId: await saveTemplate(needy), delayDays: 3 }];
    const { json } = await app.api.post("/api/campaigns", buildLaunchBody(first, { steps }));
    const [id] = await listRecipientIds(json.id);
    expect((await read(id)).missingValues).toEqual([
      { path: "property.poolFeatures", label: "Pool features", stepNumber: 2, position: 2 },
    ]);
    await patch(id, { property: { poolFeatures: "heated" } });
    expect((await read(id)).missingValues).toEqual([]);
  });

  test("who was paused by an agent stays paused when the value is filled in", async () => {
    const templateId = await saveTemplate(needy);
    const { json } = await app.api.post("/api/campaigns", buildLaunchBody(templateId));
    const [id] = await listRecipientIds(json.id);
    await app.api.post(`/api/recipients/${id}/pause`);
    expect((await patch(id, { property: { poolFeatures: "heated" } })).json.status).toBe("paused");
    app.advance(hour);
    await app.run();
    expect(sentTo()).toEqual([]);
  });

  test("in a paused campaign gets the email when the campaign is resumed", async () => {
    const [id] = await launchNeedy();
    const { campaignId } = await read(id);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "paused" });
    await patch(id, { property: { poolFeatures: "heated" } });
    await app.run();
    expect(sentTo()).toEqual([]);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "active" });
    await app.run();
    expect(sentTo()).toEqual([exampleOwner.email]);
  });

  test("makes no other campaign wait, neither for the person nor for the property", async () => {
    await launchNeedy();
    const templateId = await saveTemplate("<p>Hi {{recipient.salutation}}</p>");
    const recipients = [exampleOwner, { email: "bob@example.com", fullName: "Bob Doe" }];
    const other = buildLaunchBody(templateId, { recipients, recallSeconds: 0, name: "Other" });
    const { status } = await app.api.post("/api/campaigns", other);
    expect(status).toBe(201);
    await app.run();
    await app.run();
    expect(sentTo().toSorted()).toEqual(["bob@example.com", exampleOwner.email]);
  });

  test("who is paused by an agent still makes other campaigns wait", async () => {
    const templateId = await saveTemplate("<p>Hi</p>");
    const first = await app.api.post("/api/campaigns", buildLaunchBody(templateId));
    const [id] = await listRecipientIds(first.json.id);
    await app.api.post(`/api/recipients/${id}/pause`);
    await app.api.post("/api/campaigns", buildLaunchBody(templateId, { recallSeconds: 0, name: "Other" }));
    await app.run();
    expect(sentTo()).toEqual([]);
  });
});

describe("the correction of a recipient", () => {
  test("replaces every part of the old name, and keeps the phone", async () => {
    const templateId = await saveTemplate("<p>Hi {{recipient.salutation}}, {{recipient.phone}}</p>");
    const wrong = { ...exampleOwner, firstName: "Jayne", templateData: { salutation: "Mrs. D" } };
    const { json } = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(templateId, { recipients: [wrong], recallSeconds: 0 }),
    );
    const [id] = await listRecipientIds(json.id);
    const { json: corrected } = await patch(id, { name: "Janet Doe", phone: "303-555-0100" });
    expect(corrected.name).toBe("Janet Doe");
    await app.run();
    expect(app.calls[0]?.text).toMatch(/^Hi Janet, 303-555-0100/);
    expect(app.calls[0]?.to.name).toBe("Janet Doe");
  });

  test("removes a value that is null, and keeps the rest", async () => {
    const templateId = await saveTemplate('<p>{{default property.view "no"}} {{property.lotSize}}</p>');
    const recipients = [{ ...exampleOwner, property: { view: "lake", lotSize: 3 } }];
    const body = buildLaunchBody(templateId, { recipients, recallSeconds: 0 });
    const { json } = await app.api.post("/api/campaigns", body);
    const [id] = await listRecipientIds(json.id);
    await patch(id, { property: { view: null } });
    await app.run();
    expect(app.calls[0]?.text).toMatch(/^no 3/);
  });

  test("by two agents at once keeps both values, or asks one agent to try again", async () => {
    const [id] = await launchNeedy();
    const answers = await Promise.all([
      patch(id, { templateData: { hobby: "sailing" } }),
      patch(id, { property: { view: "lake" } }),
    ]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect([
      [200, 200],
      [200, 409],
    ]).toContainEqual(statuses);
    const again = await patch(id, { templateData: { hobby: "sailing" }, property: { view: "lake" } });
    expect(again.status).toBe(200);
  });

  test.each([
    [{ templateData: { "a.b": "x" } }, "templateData.a.b"],
    [{ property: { propertyId: "p-2" } }, "property.propertyId"],
    [{ templateData: { notes: "x".repeat(2001) } }, "templateData.notes"],
    [{ templateData: { deep: { a: 1 } } }, "templateData.deep"],
    [{ name: "" }, "name"],
    [{ phone: "1\n2" }, "phone"],
    [{}, "body"],
  ])("%j is refused, and the fault names the field", async (body, field) => {
    const [id] = await launchNeedy();
    const { status, json } = await patch(id, body);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
  });

  test("is refused if it has too many values, and nothing is written", async () => {
    const [id] = await launchNeedy();
    const values = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`note${i}`, "x".repeat(2000)]));
    const { status, json } = await patch(id, { templateData: values });
    expect([status, Object.keys(json.error.fields)]).toEqual([400, ["templateData"]]);
    expect((await read(id)).missingValues).toHaveLength(1);
  });
});
