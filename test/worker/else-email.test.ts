import { beforeEach, describe, expect, test } from "vitest";
import { CampaignBuilder } from "../../shared/campaign-builder.ts";
import { elseVariantIndex } from "../../shared/limits.ts";
import { day, minute } from "../support/time.ts";
import { buildLaunchBody, buildTemplateBody, exampleOwner, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  emptyDatabase,
  listCapturedEmails,
  readStepStats,
  type WorldStep,
  worldIds,
} from "../support/worker/world.ts";

const asked = { conditions: { previousOpened: true, otherwise: "email" } } as const;
const second: WorldStep = { delayDays: 3, ...asked, subject: "Seen", elseEmail: { subject: "Not seen" } };

const readVariants = async () =>
  (await bindings.DB.prepare("SELECT step_number AS step, variant FROM messages ORDER BY 1").all()).results;

/**
 * Sends the first email, and moves the clock until the second step is due. The second step has an
 * else email, which people get if the step's conditions do not hold.
 */
async function atSecondStep(step: WorldStep = {}, rest: WorldStep[] = [{ delayDays: 4 }]) {
  const world = { steps: [{ subject: "First" }, { ...second, startsThread: true, ...step }, ...rest] };
  const engine = await openEngine({ world });
  await engine.run();
  engine.advance(3 * day + minute);
  return engine;
}
const subjects = async () => (await listCapturedEmails()).map(({ subject }) => subject);

describe("a step with an else email", () => {
  beforeEach(emptyDatabase);

  test("sends the else email if the condition does not hold, and the first if it does", async () => {
    const engine = await atSecondStep({ elseEmail: { subject: "Not seen", startsThread: true } });
    await engine.run();
    expect(await subjects()).toEqual(["First", "Not seen"]);
    expect(await readVariants()).toEqual([
      { step: 1, variant: null },
      { step: 2, variant: elseVariantIndex },
    ]);
    await emptyDatabase();
    const opened = await atSecondStep({ elseEmail: { subject: "Not seen", startsThread: true } });
    await opened.hear({ kind: "opened", recipientId: worldIds.firstRecipient, dedupeKey: "o" });
    opened.advance(2 * minute);
    await opened.run();
    expect(await subjects()).toEqual(["First", "Seen"]);
    expect(await readVariants()).toContainEqual({ step: 2, variant: null });
  });

  test("is one step: whatever changes afterwards, nobody gets both emails", async () => {
    const engine = await atSecondStep();
    await engine.tick();
    const jobs = engine.queue.take();
    for (let time = 0; time < 3; time += 1) await engine.deliver(jobs);
    await engine.hear({ kind: "opened", recipientId: worldIds.firstRecipient, dedupeKey: "o" });
    engine.advance(5 * minute);
    await engine.run();
    expect((await listCapturedEmails()).map(({ stepNumber }) => stepNumber)).toEqual([1, 2]);
    expect(await readStepStats(2)).toEqual({ sent: 1 });
  });

  test("sends the same email at a retry, though the condition holds by then", async () => {
    const engine = await atSecondStep({ elseEmail: { subject: "Not seen", startsThread: true } });
    engine.answerWith(() => ({ kind: "deferred", retryAfterMs: minute, detail: "429" }));
    await engine.run();
    await engine.hear({ kind: "opened", recipientId: worldIds.firstRecipient, dedupeKey: "o" });
    engine.advance(10 * minute);
    await engine.run();
    engine.advance(60 * minute);
    await engine.run();
    const tried = engine.calls.filter(({ reference }) => reference.stepNumber === 2);
    expect(tried.length).toBeGreaterThan(1);
    expect(new Set(tried.map(({ subject }) => subject))).toEqual(new Set(["Not seen"]));
  });

  test("keeps or leaves the thread as each of its emails says, and so do the emails after it", async () => {
    const follows = await atSecondStep({}, [{ delayDays: 0 }]);
    await follows.run();
    follows.advance(minute);
    await follows.run();
    expect(await subjects()).toEqual(["First", "First", "First"]);
    await emptyDatabase();
    const begins = await atSecondStep(
      { startsThread: false, elseEmail: { subject: "Not seen", startsThread: true } },
      [{ delayDays: 0 }],
    );
    await begins.run();
    begins.advance(minute);
    await begins.run();
    expect(await subjects()).toEqual(["First", "Not seen", "Not seen"]);
  });

  test("divides only its first email among variants", async () => {
    const engine = await openEngine({
      world: {
        steps: [{}, { ...second, variants: [{ subject: "A" }, { subject: "B" }] }],
        recipients: Array.from({ length: 6 }, (_, index) => ({ email: `owner-${index}@example.com` })),
      },
    });
    await engine.run();
    engine.advance(3 * day + minute);
    for (let turn = 0; turn < 3; turn += 1) await engine.run();
    const variants = await readVariants();
    expect(variants.filter(({ step }) => step === 2)).toEqual(
      Array.from({ length: 6 }, () => ({ step: 2, variant: elseVariantIndex })),
    );
  });
});

describe("the API for an else email", () => {
  let app: App;
  let templateIds: number[];
  beforeEach(async () => {
    app = await openApp();
    templateIds = [await saveTemplate("Home"), await saveTemplate("Seen"), await saveTemplate("Not seen")];
  });

  const saveTemplate = async (subject: string): Promise<number> =>
    (await app.api.post("/api/templates", buildTemplateBody({ subject }))).json.id;
  const steps = (change: object = {}) => [
    { templateId: templateIds[0] },
    {
      templateId: templateIds[1],
      delayDays: 3,
      ...asked,
      elseEmail: { templateId: templateIds[2], startsThread: true },
      ...change,
    },
  ];
  async function launch(change: object = {}) {
    const body = buildLaunchBody(templateIds[0] ?? 0, { recallSeconds: 0, steps: steps(), ...change });
    const answer = await app.api.post("/api/campaigns", body);
    const [id = 0] = answer.status === 201 ? await listRecipientIds(answer.json.id) : [];
    return { answer, id, path: `/api/campaigns/${answer.json.id}` };
  }

  test("is what CampaignBuilder builds with `otherwise`", async () => {
    const [first = 0, seen = 0, other = 0] = templateIds;
    const built = new CampaignBuilder("Maple", "sellerOutreach")
      .setSender(1)
      .addStep(first)
      .addStep(seen, { days: 3 }, { previousOpened: true })
      .otherwise(other, { startsThread: true })
      .build();
    expect(built.steps?.[1]).toMatchObject(steps()[1] ?? {});
    const { answer, path } = await launch({ steps: built.steps });
    expect(answer.status).toBe(201);
    const { json } = await app.api.get(path);
    expect(json.steps[1].elseEmail).toEqual({
      ...{ templateId: other, templateVersion: 1, subject: "Not seen", startsThread: true },
      templateName: expect.any(String),
    });
    expect(json.steps[1].variants).toEqual([]);
    expect(json.steps[0].elseEmail).toBeNull();
  });

  test.each([
    [{ elseEmail: undefined }, "steps.1.elseEmail", "is required with otherwise: email"],
    [{ conditions: { previousOpened: true } }, "steps.1.elseEmail", "goes only with otherwise: email"],
    [{ conditions: { otherwise: "email" } }, "steps.1.conditions.otherwise", "needs a condition"],
    [{ elseEmail: { templateId: 999 } }, "steps.1.elseEmail.templateId", "is not one of your templates"],
  ])("refuses %j, and names the field", async (change, field, message) => {
    const { answer } = await launch({ steps: steps(change) });
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toEqual({ [field]: message });
  });

  test("shows either email of a coming step, by default the email of today's condition", async () => {
    const { id } = await launch();
    await app.pass(2);
    const read = async (query = "") =>
      (await app.api.get(`/api/recipients/${id}/steps/2/letter${query}`)).json;
    expect(await read()).toMatchObject({ subject: "Not seen", isElse: true, hasElse: true, state: "coming" });
    expect(await read("?email=first")).toMatchObject({ subject: "Home", isElse: false });
    await app.hear({ kind: "opened", recipientId: id, stepNumber: 1, dedupeKey: "o" });
    expect(await read()).toMatchObject({ subject: "Home", isElse: false });
    expect(await read("?email=else")).toMatchObject({ subject: "Not seen" });
    expect((await app.api.get(`/api/recipients/${id}/steps/1/letter?email=else`)).status).toBe(404);
  });

  test("sends now the email of today's condition, and shows it afterwards as it left", async () => {
    const { id, path } = await launch();
    await app.pass(2);
    const answer = await app.api.post(`/api/recipients/${id}/send-now`, { recallSeconds: 0 });
    expect(answer.status).toBe(200);
    await app.pass(2);
    expect(app.calls.map(({ subject }) => subject)).toEqual(["Home", "Not seen"]);
    const { json } = await app.api.get(`/api/recipients/${id}/steps/2/letter`);
    expect(json).toMatchObject({ subject: "Not seen", isElse: true, copy: "asItLeft", state: "sent" });
    const { steps: figures } = (await app.api.get(`${path}/analytics`)).json;
    expect(figures[1].elseEmail).toMatchObject({ subject: "Not seen", sent: 1, opened: 0 });
    expect(figures[0].elseEmail).toBeNull();
  });

  test("keeps the personal wordings of the two emails apart", async () => {
    const { id } = await launch();
    await app.pass(2);
    const path = `/api/recipients/${id}/steps/2/wording`;
    const put = (email: string, bodyText: string) =>
      app.api.put(`${path}?email=${email}`, { version: 0, bodyText });
    expect((await put("first", "You saw it.")).json).toMatchObject({ isElse: false, isPersonal: true });
    expect((await put("else", "You did not see it.")).json).toMatchObject({
      isElse: true,
      version: expect.any(Number),
    });
    app.advance(3 * day);
    await app.pass(2);
    expect(app.calls[1]?.text).toMatch(/^You did not see it\./);
    expect((await app.api.get(`/api/recipients/${id}/steps/2/letter`)).json).toMatchObject({
      ...{ isPersonal: true, isElse: true, copy: "asItLeft" },
    });
  });

  test("takes personal wordings of either email at the launch", async () => {
    const wordings = [{ stepNumber: 2, isElse: true, bodyText: "Written for the one who did not look." }];
    const { id } = await launch({ recipients: [{ ...exampleOwner, wordings }] });
    await app.pass(2);
    app.advance(3 * day);
    await app.pass(2);
    expect(app.calls[1]?.text).toMatch(/^Written for the one who did not look\./);
    expect(id).toBeGreaterThan(0);
    const refused = await launch({
      recipients: [{ ...exampleOwner, wordings: [{ ...wordings[0], stepNumber: 1 }] }],
    });
    expect(Object.keys(refused.answer.json.error.fields)).toEqual(["recipients.0.wordings.0.isElse"]);
  });

  test("names the values that either email lacks", async () => {
    const lacking = await saveTemplate("Built in {{property.yearBuilt}}");
    const { id } = await launch({ steps: steps({ elseEmail: { templateId: lacking, startsThread: true } }) });
    const { json } = await app.api.get(`/api/recipients/${id}`);
    expect(json.missingValues).toMatchObject([{ path: "property.yearBuilt", stepNumber: 2 }]);
  });

  test("keeps a template that only an else email uses", async () => {
    await launch();
    expect((await app.api.delete(`/api/templates/${templateIds[2]}`)).status).toBe(409);
  });

  test("pins the newest wording of both emails when an agent asks for it", async () => {
    const { id, path } = await launch();
    await app.pass(2);
    await app.api.patch(`/api/templates/${templateIds[2]}`, { subject: "Still not seen" });
    const answer = await app.api.post(`${path}/steps/2/apply-template`, {});
    expect(answer.json.wordings).toHaveLength(2);
    const { json } = await app.api.get(`/api/recipients/${id}/steps/2/letter`);
    expect(json).toMatchObject({ subject: "Still not seen", isElse: true });
  });
});

describe("a sequence with an else email", () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
  });
  const letter = (subject: string) => ({ subject, bodyHtml: `<p>${subject}, {{recipient.salutation}}</p>` });
  const sequenceSteps = (other: object | undefined, conditions: object = asked.conditions) => [
    { id: 1, kind: "email", letter: letter("Roofs") },
    { id: 2, kind: "email", delayDays: 3, conditions, letter: letter("Seen"), elseEmail: other },
  ];
  const create = async (steps: object[]) =>
    (await app.api.post("/api/sequences", { name: "Roofs", steps })).json;
  const launch = (sequenceId: string) =>
    app.api.post(
      "/api/campaigns",
      buildLaunchBody(1, { steps: undefined, type: undefined, sequenceId, recallSeconds: 0 }),
    );

  test("names what its else email lacks, and can't be launched so", async () => {
    const { id, faults } = await create(
      sequenceSteps({ startsThread: true, letter: { subject: "", bodyHtml: "<p>{{nobody.knows}}</p>" } }),
    );
    expect(faults.map(({ stepId, field }: { stepId: number; field: string }) => [stepId, field])).toEqual([
      [2, "elseEmail.letter.subject"],
      [2, "elseEmail.letter.bodyHtml"],
    ]);
    expect((await launch(id)).status).toBe(400);
    const missing = await create(sequenceSteps(undefined));
    expect(missing.faults).toEqual([
      { stepId: 2, field: "elseEmail", message: "is required with otherwise: email" },
    ]);
    const task = {
      ...{ id: 3, kind: "task", delayDays: 1 },
      ...asked,
      task: { kind: "call", instructions: "Call", waitDays: 1 },
    };
    const { faults: ofTask } = await create([...sequenceSteps({ letter: letter("Not seen") }), task]);
    expect(ofTask).toMatchObject([{ stepId: 3, field: "conditions.otherwise" }]);
  });

  test("keeps an else email that the condition no longer asks for, and launches without it", async () => {
    const made = await create(sequenceSteps({ letter: letter("") }, { previousOpened: true }));
    expect(made.faults).toEqual([]);
    expect(made.steps[1].elseEmail.letter.bodyHtml).toContain("salutation");
    const { json } = await launch(made.id);
    expect(json.steps[1].elseEmail).toBeNull();
  });

  test("is previewed, launched, duplicated and sent with both of its emails", async () => {
    const { id } = await create(sequenceSteps({ startsThread: true, letter: letter("Not seen") }));
    const preview = (email: string) =>
      app.api.post("/api/templates/preview", { sequenceId: id, stepNumber: 2, email });
    expect((await preview("else")).json.subject).toBe("Not seen");
    expect((await preview("first")).json.subject).toBe("Roofs");
    const copy = (await app.api.post(`/api/sequences/${id}/duplicate`, {})).json;
    expect(copy.steps[1].elseEmail.letter.subject).toBe("Not seen");
    const { json } = await launch(id);
    expect(json.steps[1].elseEmail).toMatchObject({ subject: "Not seen", startsThread: true });
    await app.pass(2);
    app.advance(3 * day);
    await app.pass(2);
    expect(app.calls.map(({ subject }) => subject)).toEqual(["Roofs", "Not seen"]);
  });

  test("can be changed under way: the else email's letter, and whether there is one", async () => {
    const { id } = await create(sequenceSteps({ startsThread: true, letter: letter("Not seen") }));
    const { json } = await launch(id);
    await app.pass(2);
    const path = `/api/campaigns/${json.id}/steps`;
    const read = async () => (await app.api.get(path)).json;
    const put = (version: number, steps: object[]) =>
      app.api.put(path, { steps }, { headers: { "if-match": `"${version}"` } });
    const { version, steps } = await read();
    expect(steps[1].elseEmail).toMatchObject({ startsThread: true, letter: { subject: "Not seen" } });
    const same = await app.api.post(`${path}/preview-change`, { steps });
    expect(same.json.steps.map(({ change }: { change: string }) => change)).toEqual(["kept", "kept"]);
    const reworded = { ...steps[1], elseEmail: { ...steps[1].elseEmail, letter: letter("Did you see it?") } };
    expect((await put(version, [steps[0], reworded])).json.steps[1].change).toBe("changed");
    app.advance(3 * day);
    await app.pass(2);
    expect(app.calls.map(({ subject }) => subject)).toEqual(["Roofs", "Did you see it?"]);
  });
});
