import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  buildLaunchBody,
  createApi,
  createTemplate,
  createTenant,
  getSenderId,
} from "../support/worker/api.ts";
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
const licenseSender = () =>
  bindings.DB.prepare("UPDATE senders SET license = 'NY 1040' WHERE id = ?").bind(getSenderId(1)).run();
const count = async (table: string) =>
  (await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;

describe.each([
  ["tenant.postalAddress", "postal_address", " "],
  ["tenant.license", "license", null],
  ["tenant.equalHousingLine", "equal_housing_line", ""],
  ["tenant.name", "name", " "],
])("without %s", (field, column, value) => {
  test("a campaign can be drafted but not launched, and nothing is half-written", async () => {
    await set(column, value);
    const refused = await api.post("/api/campaigns", buildLaunchBody(templateId));
    expect([refused.status, refused.json.error.code]).toEqual([409, "conflict"]);
    expect(Object.keys(refused.json.error.fields)).toEqual([field]);
    expect(await count("campaigns")).toBe(0);

    const draft = await api.post("/api/campaigns", buildLaunchBody(templateId, { status: "draft" }));
    expect(draft.status).toBe(201);
    const launch = await api.patch(`/api/campaigns/${draft.json.id}/status`, { status: "active" });
    expect([launch.status, Object.keys(launch.json.error.fields)]).toEqual([409, [field]]);
    const preflight = await api.post(`/api/campaigns/${draft.json.id}/preflight`, {});
    expect(preflight.json.blockers.map((blocker: { field: string }) => blocker.field)).toEqual([field]);
  });

  test("a campaign that was paused is not resumed", async () => {
    const { json } = await api.post("/api/campaigns", buildLaunchBody(templateId));
    await api.patch(`/api/campaigns/${json.id}/status`, { status: "paused" });
    await set(column, value);
    const resumed = await api.patch(`/api/campaigns/${json.id}/status`, { status: "active" });
    expect([resumed.status, Object.keys(resumed.json.error.fields)]).toEqual([409, [field]]);
  });
});

test("the sender's own license is enough, and a line that is null does not apply", async () => {
  await set("license", null);
  await set("equal_housing_line", null);
  await licenseSender();
  const launched = await api.post("/api/campaigns", buildLaunchBody(templateId));
  expect(launched.status).toBe(201);
  const preflight = await api.post(`/api/campaigns/${launched.json.id}/preflight`, {});
  expect(preflight.json.blockers).toEqual([]);
});

describe("a preview", () => {
  test("of a preset's follow-up shows the subject it will be sent under", async () => {
    const preview = async (stepNumber: number) =>
      (
        await api.post("/api/templates/preview", {
          presetId: "sellerOutreach",
          stepNumber,
          property: { streetAddress: "12 Elm St" },
        })
      ).json.subject;
    expect(await preview(1)).toBe("Question about 12 Elm St");
    expect(await preview(3)).toBe("Re: Question about 12 Elm St");
  });

  test("of any wording continues the given thread, and says if Gmail would clip it", async () => {
    const content = { subject: "Own", bodyHtml: `<p>${"x".repeat(60_000)}</p>`, bodyText: "" };
    const input = { content, threadSubject: "About {{property.city}}", property: { city: "Troy" } };
    const small = await api.post("/api/templates/preview", input);
    expect([small.json.subject, small.json.isClipped]).toEqual(["Re: About Troy", false]);
    const bodyHtml = `<p>${"{{property.city}} ".repeat(5_000)}</p>`;
    const large = await api.post("/api/templates/preview", {
      content: { ...content, bodyHtml },
      property: { city: "Poughkeepsie, New York" },
    });
    expect([large.json.subject, large.json.isClipped]).toEqual(["Own", true]);
    expect(large.json.htmlBytes).toBeGreaterThan(102 * 1024);
  });
});
