import { beforeEach, describe, expect, test } from "vitest";
import { englishPresets } from "../../shared/presets/presets.ts";
import { hashLetter } from "../../worker/http/letter-hash.ts";
import { sanitizeAndInlineLetter } from "../../worker/mail/template/letter.ts";
import { hour } from "../support/time.ts";
import {
  buildCampaignBody,
  buildLaunchBody,
  createTemplate,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";

let app: App;
const joe = { email: "joe@example.com", firstName: "Joe" };
const expired = { steps: undefined, presetId: "expiredListing", recallSeconds: 0 };

beforeEach(async () => {
  app = await openApp();
});

const as = async (role: string, sub = `${role}-1`) => ({
  token: await signToken({ role, at: app.api.now(), claims: { sub } }),
});
const require = async (requiresTemplateApproval = true) =>
  app.api.patch("/api/tenant", { requiresTemplateApproval }, await as("admin"));
const ask = async (body: object, role = "agent") =>
  app.api.post("/api/template-approvals", body, await as(role));
const list = async (verdict = "waiting") =>
  (await app.api.get(`/api/template-approvals?verdict=${verdict}`)).json.items;
const decide = async (body: object, role = "teamLead") =>
  app.api.post("/api/template-approvals/decide", body, await as(role));
const approveAll = async () =>
  decide({ verdict: "approved", hashes: (await list()).map(({ hash }: { hash: string }) => hash) });
const launch = async (change: object = {}, role = "agent") =>
  app.api.post("/api/campaigns", buildLaunchBody(1, { ...expired, ...change }), await as(role));

describe("an office in which a team lead approves templates", () => {
  test("refuses a launch until the sequence is approved, and says where it stands", async () => {
    expect((await require()).json).toMatchObject({ requiresTemplateApproval: true });
    const refused = await launch();
    expect(refused.status).toBe(409);
    expect(refused.json.error.message).toBe(
      "A team lead has to approve emails 1, 2, 3 before you can use them.",
    );
    expect(Object.keys(refused.json.error.fields)).toEqual(["templates.1", "templates.2", "templates.3"]);

    const asked = await ask({ sequenceId: "expiredListing" });
    expect([asked.status, asked.json]).toEqual([201, { waiting: 3, approved: 0, returned: 0 }]);
    expect((await launch()).json.error.message).toBe("A team lead has yet to approve emails 1, 2, 3.");
    const waiting = await list();
    expect(waiting).toHaveLength(3);
    expect(waiting[0]).toMatchObject({ verdict: "waiting", askedBy: { id: "agent-1" }, decidedBy: null });

    expect((await decide({ verdict: "approved", hashes: [waiting[0].hash] }, "agent")).status).toBe(403);
    expect((await approveAll()).json).toEqual({ waiting: 0, approved: 3, returned: 0 });
    const { status, text } = await launch();
    expect([status, text]).toEqual([201, expect.anything()]);
    expect(await list("approved")).toHaveLength(3);
    expect(await listAuditedActions()).toEqual(
      expect.arrayContaining(["templates.approvalAsked", "templates.approved"]),
    );
  });

  test("shows the note of a letter that is returned, which has to be asked about again", async () => {
    await require();
    await ask({ sequenceId: "expiredListing" });
    const [{ hash }] = await list();
    expect((await decide({ verdict: "returned", hashes: [hash] })).json.error.fields).toHaveProperty("note");
    const note = "Shorten the first paragraph.";
    expect((await decide({ verdict: "returned", hashes: [hash], note })).status).toBe(200);
    await approveAll();
    const { json } = await launch();
    expect(json.error.message).toContain(`was returned by a team lead: “${note}”`);
    expect(Object.keys(json.error.fields)).toHaveLength(1);
    expect((await ask({ sequenceId: "expiredListing" })).json).toEqual({
      waiting: 1,
      approved: 2,
      returned: 0,
    });
  });

  test("asks again after any letter is edited, and only about that letter", async () => {
    const letter = (subject: string) => ({ subject, preheader: "", bodyHtml: "<p>Hi.</p>", bodyText: "" });
    const steps = ["One", "Two"].map((subject, index) => ({
      ...{ id: index + 1, kind: "email", startsThread: true, delayDays: index, letter: letter(subject) },
    }));
    const saved = (await app.api.post("/api/sequences", { name: "Own", scope: "mine", steps })).json;
    await require();
    await ask({ sequenceId: String(saved.id) });
    await approveAll();
    const own = { presetId: undefined, sequenceId: String(saved.id) };
    expect((await launch(own)).status).toBe(201);
    const edited = steps.map((step, index) => (index === 0 ? step : { ...step, letter: letter("Two!") }));
    const headers = { "if-match": `"${saved.version}"` };
    expect((await app.api.patch(`/api/sequences/${saved.id}`, { steps: edited }, { headers })).status).toBe(
      200,
    );
    const refused = await launch({ ...own, recipients: [joe] });
    expect(Object.keys(refused.json.error.fields)).toEqual(["templates.2"]);
  });

  test("approves every preset by one request of a team lead", async () => {
    await require();
    const { json } = await ask({ presets: true }, "teamLead");
    const letters = englishPresets.reduce((sum, { steps }) => sum + steps.length, 0);
    expect(json).toMatchObject({ waiting: 0, returned: 0 });
    expect(json.approved).toBeGreaterThanOrEqual(letters);
    expect((await launch()).status).toBe(201);
  });

  test("lets a team lead launch own letters, and asks the agent who starts a draft", async () => {
    await require();
    expect((await launch({}, "teamLead")).status).toBe(201);
    const draft = (await launch({ status: "draft", recipients: [joe] })).json;
    const start = () => app.api.patch(`/api/campaigns/${draft.id}/status`, { status: "active" });
    expect((await start()).json.error.fields).toHaveProperty(["templates.1"]);
    expect((await ask({ campaignId: draft.id })).json).toMatchObject({ waiting: 3 });
    await approveAll();
    expect((await start()).status).toBe(200);
  });

  test("goes on with campaigns that ran before, but lets nobody join them unapproved", async () => {
    const { id } = (await launch({ maxLatenessHours: 240 })).json;
    await require();
    app.advance(26 * hour);
    await app.run();
    expect(app.calls).toHaveLength(1);
    const setStatus = (status: string) => app.api.patch(`/api/campaigns/${id}/status`, { status });
    expect((await setStatus("paused")).status).toBe(200);
    expect((await setStatus("active")).status).toBe(200);
    const added = await app.api.post(`/api/campaigns/${id}/recipients`, { recipients: [joe] });
    expect([added.status, Object.keys(added.json.error.fields)]).toEqual([
      409,
      ["templates.1", "templates.2", "templates.3"],
    ]);
  });

  test("asks about a personal wording by its own text", async () => {
    await require();
    await ask({ presets: true }, "teamLead");
    const [id] = await listRecipientIds((await launch()).json.id);
    const wording = { preheader: "", bodyText: "Hi {{recipient.salutation}},\n\nOnly for you." };
    const put = () => app.api.put(`/api/recipients/${id}/steps/1/wording`, { version: 0, ...wording });
    expect((await put()).json.error.fields).toHaveProperty(["templates.1"]);
    await ask({ letters: [wording], name: "For Jane" });
    expect(await list()).toMatchObject([{ name: "For Jane", bodyText: wording.bodyText }]);
    await approveAll();
    expect((await put()).status).toBe(200);
    const other = { ...joe, wordings: [{ stepNumber: 2, ...wording, bodyText: "Hello again." }] };
    expect((await launch({ recipients: [other] })).json.error.fields).toHaveProperty(["templates.2"]);
  });
});

describe("a campaign that a team lead has approved for its people's source", () => {
  const heir = {
    email: "heir@example.com",
    firstName: "Harriet",
    source: "probate",
    sourceDate: "2020-01-02",
  };

  test("asks again when its letters change, and not when only its times change", async () => {
    const templateId = await createTemplate(app.api);
    const body = buildCampaignBody(templateId, { status: "active", recipients: [heir], recallSeconds: 0 });
    const { id } = (await app.api.post("/api/campaigns", body)).json;
    const start = { status: "active", recallSeconds: 0 };
    expect(
      (await app.api.patch(`/api/campaigns/${id}/status`, start, await as("teamLead"))).json.status,
    ).toBe("active");
    const path = `/api/campaigns/${id}/steps`;
    const put = async (change: (step: { letter: object }) => object, role: string) => {
      const { version, steps } = (await app.api.get(path)).json;
      const headers = { "if-match": `"${version}"` };
      return app.api.put(path, { steps: steps.map(change) }, { ...(await as(role)), headers });
    };
    const later = await put((step) => ({ ...step, delayDays: 9 }), "agent");
    expect([later.status, later.text]).toEqual([200, expect.anything()]);
    const reword = (step: { letter: object }) => ({ ...step, letter: { ...step.letter, subject: "Other" } });
    const refused = await put(reword, "agent");
    expect([refused.status, Object.keys(refused.json.error.fields)[0]]).toEqual([409, "templates.1"]);
    expect((await put(reword, "teamLead")).status).toBe(200);
  });
});

test("a letter has one hash as a draft and as it is stored", async () => {
  const letters = englishPresets.flatMap(({ steps }) => steps);
  expect(letters.length).toBeGreaterThan(10);
  for (const { subject, preheader, bodyHtml, bodyText } of letters) {
    const letter = { subject, preheader, bodyHtml, bodyText };
    const stored = sanitizeAndInlineLetter(bodyHtml);
    if (!stored.ok) throw new Error(stored.message);
    expect(await hashLetter({ ...letter, bodyHtml: stored.html })).toBe(await hashLetter(letter));
    expect(await hashLetter({ ...letter, subject: `${subject}!` })).not.toBe(await hashLetter(letter));
  }
});
