import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  buildLaunchBody,
  createApi,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  exampleOwner,
  getSenderId,
  listRecipientIds,
} from "../support/worker/api.ts";
import { openApp } from "../support/worker/app.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let templateId: number;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
  templateId = await createTemplate(api);
});

const set = (column: string, value: string | null) =>
  bindings.DB.prepare(`UPDATE tenants SET ${column} = ? WHERE id = 1`).bind(value).run();
const setSender = (column: string, value: string | null) =>
  bindings.DB.prepare(`UPDATE senders SET ${column} = ? WHERE id = ?`).bind(value, getSenderId(1)).run();
const launchIn = (stateOrProvince: string) => ({
  recipients: [{ ...exampleOwner, email: `${stateOrProvince}@example.com`, property: { stateOrProvince } }],
  recallSeconds: 0,
});
const count = async (table: string) =>
  (await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;

describe.each([
  ["tenant.postalAddress", "postal_address", " "],
  ["tenant.license", "license", null],
  ["tenant.equalHousingLine", "equal_housing_line", ""],
  ["tenant.name", "name", " "],
])("without %s,", (field, column, value) => {
  test("a campaign can be drafted but not launched, and nothing is partly written", async () => {
    await setSender("license_number", null);
    await set(column, value);
    const refused = await api.post("/api/campaigns", buildLaunchBody(templateId, launchIn("CO")));
    expect([refused.status, refused.json.error.code]).toEqual([409, "conflict"]);
    expect(Object.keys(refused.json.error.fields)).toEqual([field]);
    expect(await count("campaigns")).toBe(0);

    const draft = await api.post(
      "/api/campaigns",
      buildLaunchBody(templateId, { status: "draft", ...launchIn("CO") }),
    );
    expect(draft.status).toBe(201);
    const launch = await api.patch(`/api/campaigns/${draft.json.id}/status`, { status: "active" });
    expect([launch.status, Object.keys(launch.json.error.fields)]).toEqual([409, [field]]);
    const preflight = await api.post(`/api/campaigns/${draft.json.id}/preflight`, {});
    expect(preflight.json.blockers.map((blocker: { field: string }) => blocker.field)).toEqual([field]);
  });

  test("a paused campaign can't be resumed", async () => {
    const { json } = await api.post("/api/campaigns", buildLaunchBody(templateId, launchIn("CO")));
    await setSender("license_number", null);
    await api.patch(`/api/campaigns/${json.id}/status`, { status: "paused" });
    await set(column, value);
    const resumed = await api.patch(`/api/campaigns/${json.id}/status`, { status: "active" });
    expect([resumed.status, Object.keys(resumed.json.error.fields)]).toEqual([409, [field]]);
  });
});

test("the sender's own license is enough, and an optional line may be null", async () => {
  await set("license", null);
  await set("equal_housing_line", null);
  const launched = await api.post("/api/campaigns", buildLaunchBody(templateId));
  expect(launched.status).toBe(201);
  const preflight = await api.post(`/api/campaigns/${launched.json.id}/preflight`, {});
  expect(preflight.json.blockers).toEqual([]);
});

describe("the state of the property", () => {
  const dre = "senders.101.otherLicenses.0.licenseNumber";

  test("decides what a launch lacks, also for a draft, an added recipient and a preflight", async () => {
    const refused = await api.post("/api/campaigns", buildLaunchBody(templateId, launchIn("CA")));
    expect([refused.status, refused.json.error.fields]).toEqual([
      409,
      { [dre]: "California requires Ann Agent's own 8-digit DRE number" },
    ]);
    expect(refused.json.error.message).toContain("California requires Ann Agent's own 8-digit DRE number");

    const draft = { status: "draft", ...launchIn("CA") };
    const { id } = (await api.post("/api/campaigns", buildLaunchBody(templateId, draft))).json;
    const launch = await api.patch(`/api/campaigns/${id}/status`, { status: "active" });
    expect([launch.status, Object.keys(launch.json.error.fields)]).toEqual([409, [dre]]);
    const { json } = await api.post(`/api/campaigns/${id}/preflight`, {});
    expect(json.blockers.map((one: { field: string }) => one.field)).toEqual([dre]);
    expect(json.warnings).toEqual([
      {
        field: "senders.101.licenseState",
        message: "Ann Agent is licensed in New York but is emailing about homes in California",
        reason: {
          ...{ code: "licensedElsewhere", agent: "Ann Agent", licenseStates: ["New York"] },
          states: ["California"],
        },
      },
    ]);

    const running = (await api.post("/api/campaigns", buildLaunchBody(templateId, launchIn("NY")))).json;
    const more = [{ email: "new@example.com", property: { stateOrProvince: "CA" } }];
    const added = await api.post(`/api/campaigns/${running.id}/recipients`, { recipients: more });
    expect([added.status, Object.keys(added.json.error.fields)]).toEqual([409, [dre]]);
  });

  test("is checked again right before the call, so that a removed detail holds the email back", async () => {
    const app = await openApp();
    const draft = await createLaunchedCampaign(app.api, launchIn("GA"));
    await set("office_phone", null);
    await app.run();
    expect(app.calls).toEqual([]);
    const [id = 0] = await listRecipientIds(draft.id);
    const { json } = await app.api.get(`/api/recipients/${id}`);
    expect(json.status).toBe("paused");
    expect(json.messages[0].failure).toBe("tenant.officePhone Georgia requires the office's phone");
  });
});

describe("the preview of an email", () => {
  test("for a preset's follow-up shows the subject of its thread", async () => {
    const preview = async (stepNumber: number) =>
      (
        await api.post("/api/templates/preview", {
          presetId: "sellerOutreach",
          stepNumber,
          property: { streetAddress: "12 Elm St" },
        })
      ).json.subject;
    expect(await preview(1)).toBe("Question about 12 Elm St");
    expect(await preview(3)).toBe("Question about 12 Elm St");
  });

  test("continues the given thread, and says if Gmail would clip the email", async () => {
    const content = { subject: "Own", bodyHtml: `<p>${"x".repeat(60_000)}</p>`, bodyText: "" };
    const input = { content, threadSubject: "About {{property.city}}", property: { city: "Troy" } };
    const small = await api.post("/api/templates/preview", input);
    expect([small.json.subject, small.json.isClipped]).toEqual(["About Troy", false]);
    const bodyHtml = `<p>${"{{property.city}} ".repeat(5_000)}</p>`;
    const large = await api.post("/api/templates/preview", {
      content: { ...content, bodyHtml },
      property: { city: "Poughkeepsie, New York" },
    });
    expect([large.json.subject, large.json.isClipped]).toEqual(["Own", true]);
    expect(large.json.htmlBytes).toBeGreaterThan(102 * 1024);
  });
});

describe("a recorded consent", () => {
  test("removes the ad notice, which every other email has", async () => {
    const app = await openApp();
    const consent = {
      by: "Jane Doe",
      at: "2025-09-01T12:00:00Z",
      words: "Yes, email me about selling my home.",
      to: "Brokerage 1",
    };
    const recipients = [exampleOwner, { ...exampleOwner, email: "asked@example.com", consent }];
    await createLaunchedCampaign(app.api, { recipients, recallSeconds: 0, propertyId: null });
    await app.run();
    const notice = "Advertisement from Brokerage 1.";
    const told = app.calls.filter(({ html, text }) => html.includes(notice) && text.includes(notice));
    expect(app.calls.length).toBe(2);
    expect(told.map(({ to }) => to.email)).toEqual([exampleOwner.email]);
  });
});

describe("the reason for an email", () => {
  const sourced = {
    ...exampleOwner,
    source: "countyRecords",
    property: { ...exampleOwner.property, countyOrParish: "Albany" },
  };
  const county = "You got this email because your name is in Albany County's property records.";

  test("is in the HTML and the text, from the recipient's recorded source", async () => {
    const app = await openApp();
    const ended = {
      ...exampleOwner,
      email: "b@example.com",
      source: "pastListing",
      sourceDate: "2026-05-03",
    };
    await createLaunchedCampaign(app.api, { recipients: [sourced, ended], recallSeconds: 0 });
    await app.run();
    const said = app.calls.map(({ html, text }) =>
      [html, text].map((part) => /You got this email because [^<\n]*/.exec(part)?.[0].replace("&#39;", "'")),
    );
    const listing = "You got this email because your listing ended on May 3, 2026.";
    expect(said).toEqual([
      [county, county],
      [listing, listing],
    ]);
  });

  test("is in the preview for the same recipient", async () => {
    const { source, property } = sourced;
    const preview = { presetId: "sellerOutreach", source, property, recipient: { fullName: "Jane Doe" } };
    const { json } = await api.post("/api/templates/preview", preview);
    expect(json.text).toContain(county);
    const wrong = await api.post("/api/templates/preview", { ...preview, source: "spam" });
    expect([wrong.status, Object.keys(wrong.json.error.fields)]).toEqual([400, ["source"]]);
  });
});
