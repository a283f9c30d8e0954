import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import {
  type ApiCallOptions,
  buildLaunchBody,
  createTenant,
  exampleOwner,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";

let app: App;
let lead: ApiCallOptions;
beforeEach(async () => {
  app = await openApp();
  lead = await as("teamLead");
});

const as = async (role: string): Promise<ApiCallOptions> => ({
  token: await signToken({ role, claims: { sub: role }, at: app.api.now() }),
});
const create = async (bodyHtml = "<p>We know every roof in town.</p>", name = "About us") =>
  app.api.post("/api/snippets", { name, bodyHtml }, lead);
const change = async (id: number, version: number, body: object, options = lead) =>
  app.api.patch(`/api/snippets/${id}`, body, { ...options, headers: { "if-match": `"${version}"` } });
const mark = (id: number) => `<p>Hi {{recipient.salutation}}</p>\n<p>{{> snippet-${id}}}</p>`;
const email = (id: number, bodyHtml: string, more: object = {}) => ({
  ...{ id, kind: "email", delayDays: id === 1 ? 0 : 3 },
  ...{ letter: { subject: `Letter ${id}`, bodyHtml }, ...more },
});
const createSequence = async (steps: object[]) =>
  (await app.api.post("/api/sequences", { name: "Roofs", steps })).json;
const launch = async (sequenceId: string, more: object = {}, options: ApiCallOptions = {}) =>
  await app.api.post(
    "/api/campaigns",
    buildLaunchBody(1, { steps: undefined, type: undefined, sequenceId, sendWindow: null, ...more }),
    options,
  );
const preview = async (sequenceId: string, stepNumber = 1) =>
  (
    await app.api.post("/api/templates/preview", {
      sequenceId,
      stepNumber,
      recipient: { email: exampleOwner.email },
    })
  ).json;
const runDays = async (days: number) => {
  app.advance(days * day + minute);
  await app.run();
};

describe("a snippet", () => {
  test("is listed with the number of letters that use it, those under way included", async () => {
    const { json } = await create();
    expect(json).toMatchObject({ name: "About us", version: 1, letters: 0, updatedBy: "teamLead" });
    const other = { elseEmail: { letter: { subject: "", bodyHtml: mark(json.id) } } };
    const sequence = await createSequence([
      email(1, mark(json.id)),
      email(2, mark(json.id), { conditions: { previousOpened: true, otherwise: "email" }, ...other }),
    ]);
    const count = async () => (await app.api.get("/api/snippets")).json.items[0].letters;
    expect(await count()).toBe(3);
    await launch(sequence.id);
    expect(await count()).toBe(6);
    expect(await listAuditedActions()).toContain("snippet.created");
  });

  test("is changed and deleted by a team lead alone, from its newest version", async () => {
    const { json } = await create();
    const agent = await as("agent");
    expect((await app.api.post("/api/snippets", { name: "x", bodyHtml: "<p>x</p>" }, agent)).status).toBe(
      403,
    );
    expect((await change(json.id, 1, { name: "x" }, agent)).status).toBe(403);
    expect((await change(json.id, 1, { name: "About our office" })).json).toMatchObject({
      version: 2,
      campaigns: 0,
    });
    const late = await change(json.id, 1, { name: "x" });
    expect([late.status, late.json.error.message]).toEqual([
      412,
      expect.stringContaining("teamLead changed"),
    ]);
  });

  test("of another office is not found, and does not fill a letter", async () => {
    const { json } = await create();
    await createTenant(2);
    const elsewhere = { token: await signToken({ role: "admin", tenantId: 2, at: app.api.now() }) };
    expect((await app.api.get("/api/snippets", elsewhere)).json.items).toEqual([]);
    expect((await change(json.id, 1, { name: "x" }, elsewhere)).status).toBe(404);
    const steps = [email(1, mark(json.id))];
    const { faults } = (await app.api.post("/api/sequences", { name: "Roofs", steps }, elsewhere)).json;
    expect(faults).toHaveLength(1);
  });

  test.each([
    ["another snippet", "<p>{{> snippet-12}}</p>"],
    ["the sale nearby", "<p>{{property.nearbySaleNews}}</p>"],
    ["a script alone", "<script>alert(1)</script>"],
    ["a broken tag", "<p>{{#if recipient.firstName}}Hi</p>"],
  ])("can't contain %s", async (_, bodyHtml) => {
    const { status, json } = await create(bodyHtml);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, ["bodyHtml"]]);
  });

  test("is deleted only when no letter uses it, in a sequence or under way", async () => {
    const { json } = await create();
    const sequence = await createSequence([email(1, mark(json.id)), email(2, "<p>Bye</p>")]);
    await launch(sequence.id);
    const remove = async () => (await app.api.delete(`/api/snippets/${json.id}`, lead)).status;
    expect(await remove()).toBe(409);
    await app.api.patch(
      `/api/sequences/${sequence.id}`,
      { steps: [email(1, "<p>Plain</p>")] },
      { headers: { "if-match": '"1"' } },
    );
    expect(await remove()).toBe(409);
    const [campaign] = (await app.api.get("/api/campaigns")).json.items;
    await app.api.patch(`/api/campaigns/${campaign.id}/status`, { status: "stopped" });
    expect(await remove()).toBe(204);
  });
});

describe("a letter with a snippet", () => {
  test("is previewed and sent with the snippet's text, and edited with its marker", async () => {
    const { json } = await create();
    const sequence = await createSequence([email(1, mark(json.id))]);
    expect(sequence.faults).toEqual([]);
    expect(sequence.steps[0].letter.bodyHtml).toBe(mark(json.id));
    const shown = await preview(sequence.id);
    expect(shown.text).toContain("We know every roof in town.");
    const unsaved = await app.api.post("/api/templates/preview", {
      content: { subject: "x", bodyHtml: mark(json.id) },
    });
    expect(unsaved.json.text).toContain("We know every roof in town.");
    const launched = (await launch(sequence.id)).json;
    await runDays(0);
    expect(app.calls.map(({ text }) => text.includes("We know every roof in town."))).toEqual([true]);
    const edited = (await app.api.get(`/api/campaigns/${launched.id}/steps`)).json;
    expect(edited.steps[0].letter.bodyHtml).toBe(mark(json.id));
  });

  test("is faulty if the marker is not in a paragraph of its own, or names no snippet", async () => {
    const { json } = await create();
    for (const bodyHtml of [`<p>Hi {{> snippet-${json.id}}}</p>`, "<p>{{> snippet-99}}</p>"]) {
      const { faults } = await createSequence([email(1, bodyHtml)]);
      expect(faults).toMatchObject([{ stepId: 1, field: "letter.bodyHtml" }]);
    }
  });

  test("is linted with the snippet's words, at the snippet's marker", async () => {
    const fine = (await create("<p>Act now! 100% guaranteed!!!</p>")).json;
    const bodyHtml = `<p>Hello</p>\n<p>{{> snippet-${fine.id}}}</p>`;
    const { lint } = (await app.api.post("/api/templates/lint", { bodyHtml })).json;
    expect(lint.length).toBeGreaterThan(0);
    for (const finding of lint.filter(({ end }: { end: number }) => end > 0))
      expect(finding).toMatchObject({ line: 2, column: 1 });
  });
});

describe("a change of a snippet", () => {
  test("reaches the coming emails of campaigns under way, and no sent one", async () => {
    const { json } = await create();
    const sequence = await createSequence([email(1, mark(json.id)), email(2, mark(json.id))]);
    const campaign = (await launch(sequence.id)).json;
    await runDays(0);
    const changed = await change(json.id, 1, { bodyHtml: "<p>We know every gutter.</p>" });
    expect(changed.json).toMatchObject({ version: 2, campaigns: 1 });
    await runDays(3);
    expect(app.calls.map(({ text }) => /roof|gutter/.exec(text)?.[0])).toEqual(["roof", "gutter"]);
    const [recipient] = (await app.api.get(`/api/campaigns/${campaign.id}/recipients`)).json.items;
    const letters = (await app.api.get(`/api/recipients/${recipient.id}/steps/1/letter`)).json;
    expect(JSON.stringify(letters)).toContain("every roof");
    expect((await preview(sequence.id)).text).toContain("every gutter");
    const later = (
      await launch(sequence.id, {
        propertyId: "p-2",
        recipients: [{ ...exampleOwner, email: "b@example.com" }],
      })
    ).json;
    expect(later.steps.map(({ templateVersion }: { templateVersion: number }) => templateVersion)).toEqual([
      2, 2,
    ]);
  });

  test("reaches every wording of a step, and leaves letters without the snippet alone", async () => {
    const { json } = await create();
    const variants = { variants: [{ weight: 1, letter: { subject: "B", bodyHtml: mark(json.id) } }] };
    const sequence = await createSequence([email(1, "<p>Hello</p>", variants), email(2, "<p>Bye</p>")]);
    const campaign = (await launch(sequence.id, { status: "draft" })).json;
    await change(json.id, 1, { bodyHtml: "<p>New</p>" });
    const [first, second] = (await app.api.get(`/api/campaigns/${campaign.id}`)).json.steps;
    expect([first.templateVersion, first.variants[1].templateVersion, second.templateVersion]).toEqual([
      1, 2, 1,
    ]);
  });

  test("asks the gate about claims", async () => {
    const { json } = await create();
    await launch((await createSequence([email(1, mark(json.id)), email(2, mark(json.id))])).id);
    const refused = await change(json.id, 1, { bodyHtml: "<p>I have a buyer for your home.</p>" });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(refused.json.error)).toMatch(/buyer|claim/i);
  });

  test("makes letters that a team lead has approved need an approval again", async () => {
    await app.api.patch("/api/tenant", { requiresTemplateApproval: true }, await as("admin"));
    const agent = await as("agent");
    const { json } = await create();
    const steps = [email(1, mark(json.id))];
    const sequence = (await app.api.post("/api/sequences", { name: "Roofs", scope: "office", steps }, lead))
      .json;
    expect((await launch(sequence.id, {}, agent)).status).toBe(409);
    await app.api.post("/api/template-approvals", { sequenceId: sequence.id }, lead);
    expect((await launch(sequence.id, {}, agent)).status).toBe(201);
    await change(json.id, 1, { bodyHtml: "<p>Something else.</p>" });
    const again = await launch(
      sequence.id,
      { propertyId: "p-2", recipients: [{ ...exampleOwner, email: "b@example.com" }] },
      agent,
    );
    expect([again.status, again.json.error.message]).toEqual([409, expect.stringContaining("team lead")]);
  });
});
