import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchBody, buildTemplateBody, listRecipientIds, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const as = async (role: string) => ({ token: await signToken({ role, at: app.api.now() }) });
const heir = {
  email: "heir@example.com",
  fullName: "Harriet Heir",
  source: "probate",
  sourceDate: "2020-01-02",
  templateData: { role: "Executor" },
};
const jane = { email: "jane@example.com", fullName: "Jane Doe" };
const plain = "<p>Hi {{recipient.salutation}}, do you plan to keep the house?</p>";
const grieving = "<p>I am <b>sorry</b> for your loss.</p>";

const saveTemplate = async (bodyHtml: string): Promise<number> =>
  (await app.api.post("/api/templates", buildTemplateBody({ bodyHtml }))).json.id;
const launch = async (bodyHtml: string, change: object = {}, role = "teamLead") =>
  app.api.post(
    "/api/campaigns",
    buildLaunchBody(await saveTemplate(bodyHtml), { recipients: [heir], recallSeconds: 0, ...change }),
    await as(role),
  );

describe("a letter that speaks of a death", () => {
  test.each(["agent", "teamLead"])("can't be launched to a probate family by a %s", async (role) => {
    const { status, json } = await launch(grieving, {}, role);
    expect([status, json.error.message]).toEqual([
      409,
      `Email 1 says "sorry for your loss". Emails to people from probate filings can't mention a death. Take it out.`,
    ]);
  });

  test("can be launched to owners whom no filing named", async () => {
    expect((await launch(grieving, { recipients: [jane] })).status).toBe(201);
  });

  test("keeps people of a probate filing from joining a campaign that sends it", async () => {
    const { id } = (await launch(grieving, { recipients: [jane] })).json;
    const add = async (person: object) =>
      app.api.post(`/api/campaigns/${id}/recipients`, { recipients: [person] }, await as("teamLead"));
    expect((await add(heir)).json.error.message).toContain("mention a death");
    expect((await add({ ...jane, email: "joe@example.com" })).status).toBe(200);
  });

  test("can't become the letter or the wording of a probate campaign under way", async () => {
    const { id } = (await launch(plain)).json;
    const { version, steps } = (await app.api.get(`/api/campaigns/${id}/steps`)).json;
    const [first, ...rest] = steps;
    const changed = { steps: [{ ...first, letter: { ...first.letter, bodyHtml: grieving } }, ...rest] };
    const put = await app.api.put(`/api/campaigns/${id}/steps`, changed, {
      ...(await as("teamLead")),
      headers: { "if-match": `"${version}"` },
    });
    expect([put.status, put.json.error?.message]).toEqual([409, expect.stringContaining("mention a death")]);
    const [recipientId] = await listRecipientIds(id);
    const wording = { version: 0, preheader: "", bodyHtml: grieving };
    const path = `/api/recipients/${recipientId}/steps/1/wording`;
    const personal = await app.api.put(path, wording, await as("teamLead"));
    expect(personal.json.error?.message).toContain("mention a death");
  });

  test("that was worded for one person of a draft can't be launched either", async () => {
    const { id } = (await launch(plain, { status: "draft" })).json;
    const [recipientId] = await listRecipientIds(id);
    const wording = { version: 0, preheader: "", bodyHtml: grieving };
    const path = `/api/recipients/${recipientId}/steps/1/wording`;
    expect((await app.api.put(path, wording, await as("teamLead"))).status).toBe(200);
    const started = await app.api.patch(
      `/api/campaigns/${id}/status`,
      { status: "active" },
      await as("teamLead"),
    );
    expect(started.json.error?.message).toContain("mention a death");
  });
});
