import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  buildCampaignBody,
  buildTemplateBody,
  createApi,
  createTemplate,
  createTenant,
  getSenderId,
  signToken,
} from "../support/worker/api.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
});

describe("a template", () => {
  test("lists its variables, and which of them may be missing", async () => {
    const made = await api.post(
      "/api/templates",
      buildTemplateBody({
        bodyHtml: "<p>{{recipient.firstName}} {{default recipient.hobby 'home'}} {{property.city}}</p>",
      }),
    );
    expect(made.json).toMatchObject({ version: 1, presetKey: null, tags: [] });
    expect(made.json.variables).toEqual([
      {
        path: "property.streetAddress",
        label: "Street address",
        example: "1420 Maple Street",
        hasFallback: true,
        fallback: "your street",
      },
      {
        path: "recipient.firstName",
        label: "First name",
        example: "Jane",
        hasFallback: false,
        fallback: null,
      },
      { path: "recipient.hobby", label: "Hobby", example: "", hasFallback: true, fallback: "home" },
      { path: "property.city", label: "City", example: "Denver", hasFallback: false, fallback: null },
    ]);
  });

  test("is edited as a new version, and only from the version that the editor saw", async () => {
    const id = await createTemplate(api);
    const edit = (body: unknown) => api.patch(`/api/templates/${id}`, body);
    expect((await edit({ subject: "Two", version: 1 })).json).toMatchObject({
      version: 2,
      subject: "Two",
      name: "First letter",
    });
    const late = await edit({ subject: "Three", version: 1 });
    expect([late.status, late.json.error.code]).toEqual([409, "conflict"]);
    const [one, two] = await Promise.all([edit({ name: "A", version: 2 }), edit({ name: "B", version: 2 })]);
    expect([one?.status, two?.status].sort()).toEqual([200, 409]);
    expect((await api.get(`/api/templates/${id}`)).json).toMatchObject({ version: 3, subject: "Two" });
  });

  test("can't be deleted while a campaign uses it", async () => {
    const id = await createTemplate(api);
    const { json: campaign } = await api.post("/api/campaigns", buildCampaignBody(id));
    expect((await api.delete(`/api/templates/${id}`)).status).toBe(409);
    await api.delete(`/api/campaigns/${campaign.id}`);
    expect((await api.delete(`/api/templates/${id}`)).status).toBe(204);
    expect((await api.get(`/api/templates/${id}`)).status).toBe(404);
    expect((await api.get("/api/templates")).json.items).toEqual([]);
    const answer = await api.post("/api/campaigns", buildCampaignBody(id));
    expect(answer.json.error.fields).toEqual({
      "steps.0.templateId": "is not one of your templates",
      "steps.1.templateId": "is not one of your templates",
      "steps.2.templateId": "is not one of your templates",
    });
  });

  test("is previewed as a recipient would get it, with the missing variables named", async () => {
    const before = await bindings.DB.prepare("SELECT count(*) AS n FROM events").first();
    const content = {
      subject: "Your home at {{property.streetAddress}}",
      bodyHtml:
        '<p>Hi {{recipient.salutation}}, {{recipient.hobby}} <a href="https://example.com/">see</a></p>',
      bodyText: "",
    };
    const token = await signToken({ role: "viewer" });
    const { status, json } = await api.post(
      "/api/templates/preview",
      {
        content,
        recipient: { email: "jane@example.com", firstName: "Jane" },
        property: { streetAddress: "123 Main St" },
      },
      { token },
    );
    expect(status).toBe(200);
    expect(json).toMatchObject({
      from: "Ann Agent <ann@brokerage-1.example>",
      to: "Jane <jane@example.com>",
      subject: "Your home at 123 Main St",
      missingVariables: ["recipient.hobby"],
    });
    expect(json.html).toContain("1 Cedar Street");
    expect(json.text).toContain("Hi Jane");
    expect(json.html).not.toContain("/c/");
    expect(await bindings.DB.prepare("SELECT count(*) AS n FROM events").first()).toEqual(before);
  });

  test("can be previewed by its id, or by its preset and step", async () => {
    const id = await createTemplate(api);
    expect((await api.post("/api/templates/preview", { templateId: id })).status).toBe(200);
    for (const preset of (await api.get("/api/presets")).json.items) {
      for (const index of preset.steps.keys()) {
        const body = { presetId: preset.id, stepNumber: index + 1, senderId: getSenderId(1) };
        const answer = await api.post("/api/templates/preview", body);
        expect([preset.id, index, answer.status]).toEqual([preset.id, index, 200]);
      }
    }
  });
});
