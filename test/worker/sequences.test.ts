import { beforeEach, describe, expect, test } from "vitest";
import type { SequenceStep, SequenceSummary } from "../../shared/sequence.ts";
import { day, minute } from "../support/time.ts";
import {
  type ApiCallOptions,
  buildLaunchBody,
  createTenant,
  exampleOwner,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

const email = (id: number, change: Record<string, unknown> = {}) => ({
  id,
  kind: "email",
  letter: { subject: `Letter ${id}`, bodyHtml: "<p>Hi {{recipient.salutation}}</p>" },
  ...change,
});
const call = (id: number) => ({
  id,
  kind: "task",
  delayDays: 2,
  task: { kind: "call", instructions: "Ask about the roof", waitDays: 3 },
});
const as = async (role: string, sub = role): Promise<ApiCallOptions> => ({
  token: await signToken({ role, claims: { sub }, at: app.api.now() }),
});
const create = (change: Record<string, unknown> = {}, options: ApiCallOptions = {}) =>
  app.api.post("/api/sequences", { name: "Roofs", steps: [email(1), call(2), email(3)], ...change }, options);
const patch = (id: string, version: number | null, body: unknown, options: ApiCallOptions = {}) =>
  app.api.patch(`/api/sequences/${id}`, body, {
    ...options,
    headers: version === null ? {} : { "if-match": `"${version}"` },
  });
const list = async (query = "", options: ApiCallOptions = {}): Promise<SequenceSummary[]> =>
  (await app.api.get(`/api/sequences${query}`, options)).json.items;
const namesOf = (items: readonly SequenceSummary[]) =>
  items.filter(({ isPreset }) => !isPreset).map(({ name }) => name);
const launch = (sequenceId: string, change: Record<string, unknown> = {}) =>
  app.api.post(
    "/api/campaigns",
    buildLaunchBody(1, { steps: undefined, type: undefined, sequenceId, ...change }),
  );

describe("a sequence", () => {
  test("is stored with its steps and letters, and shows who made it and when", async () => {
    const made = await create();
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      ...{ name: "Roofs", scope: "mine", type: "sellerOutreach", version: 1, isPreset: false },
      ...{ isEditable: true, isArchived: false, ownedBy: "agent-1", createdBy: "agent-1" },
      ...{ launches: 0, replyRate: null, faults: [] },
    });
    const read = await app.api.get(`/api/sequences/${made.json.id}`);
    expect(read.json).toEqual(made.json);
    expect(read.json.steps.map(({ id, kind }: SequenceStep) => [id, kind])).toEqual([
      [1, "email"],
      [2, "task"],
      [3, "email"],
    ]);
    expect(await listAuditedActions()).toEqual(["sequence.created"]);
  });

  test("may be unfinished, and its faults name the step and the field", async () => {
    const steps = [
      { ...call(5), task: { kind: "call", instructions: "", waitDays: 1 } },
      email(7, { letter: { subject: "", bodyHtml: "" }, conditions: { previousOpened: true } }),
      email(9, { letter: { subject: "", bodyHtml: "<p>{{#if recipient.firstName}}Hi</p>" } }),
    ];
    const { json } = await create({ steps });
    expect(
      json.faults.map(({ stepId, field }: { stepId: number; field: string }) => [stepId, field]),
    ).toEqual([
      [5, "task.instructions"],
      [7, "letter.subject"],
      [7, "letter.bodyHtml"],
      [7, "conditions.previousOpened"],
      [9, "letter.bodyHtml"],
    ]);
    const refused = await launch(json.id);
    expect(refused.status).toBe(400);
    expect(refused.json.error.fields.sequenceId).toMatch(/^can't be launched yet: step 1: /);
    expect((await create({ steps: [] })).json.faults).toEqual([
      { stepId: null, field: "steps", message: "must include an email" },
    ]);
  });

  test.each([
    ["steps", { steps: [email(1), email(1)] }],
    ["steps", { steps: Array.from({ length: 21 }, (_, index) => email(index + 1)) }],
    ["steps.0.letter.subject", { steps: [email(1, { letter: { subject: "A\r\nBcc: x", bodyHtml: "" } })] }],
    ["steps.0.delayDays", { steps: [email(1, { delayDays: 366 })] }],
    ["name", { name: "" }],
    ["owner", { owner: "agent-2" }],
  ])("is refused with the field %s", async (field, change) => {
    const { status, json } = await create(change);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
  });

  test("can be changed only from its newest version, and the refusal names who changed it", async () => {
    const { json } = await create({ scope: "office" }, await as("teamLead", "lead-1"));
    const changed = await patch(json.id, 1, { name: "Roofs and gutters" }, await as("teamLead", "lead-2"));
    expect([changed.status, changed.json.version, changed.json.updatedBy]).toEqual([200, 2, "lead-2"]);
    const late = await patch(json.id, 1, { name: "Mine" }, await as("teamLead", "lead-1"));
    expect([late.status, late.json.error.code]).toEqual([412, "preconditionFailed"]);
    expect(late.json.error.message).toContain("lead-2 changed this sequence at");
    const blind = await patch(json.id, null, { name: "Mine" }, await as("teamLead"));
    expect([blind.status, Object.keys(blind.json.error.fields)]).toEqual([400, ["If-Match"]]);
    const lead = await as("teamLead");
    const both = await Promise.all([
      patch(json.id, 2, { name: "A" }, lead),
      patch(json.id, 2, { name: "B" }, lead),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test("names the agents who made and changed it, as their tokens name them", async () => {
    const called = async (sub: string, name: string): Promise<ApiCallOptions> => ({
      token: await signToken({ role: "teamLead", claims: { sub, name }, at: app.api.now() }),
    });
    const { json } = await create({ scope: "office" }, await called("lead-1", "Dana Cole"));
    const changed = await patch(json.id, 1, { name: "Gutters" }, await called("lead-2", "Ruth Hale"));
    const names = { createdByName: "Dana Cole", updatedByName: "Ruth Hale" };
    expect(changed.json).toMatchObject(names);
    expect((await list())[0]).toMatchObject(names);
    const late = await patch(json.id, 1, { name: "Mine" }, await called("lead-1", "Dana Cole"));
    expect(late.json.error.message).toMatch(/^Ruth Hale changed this sequence at /);
  });

  test("has only the first of an agent's changes in ten minutes in the audit log", async () => {
    const { json } = await create();
    for (const version of [1, 2, 3]) await patch(json.id, version, { name: `Roofs ${version}` });
    app.api.advance(day);
    await patch(json.id, 4, { name: "Roofs 5" });
    expect(await listAuditedActions()).toEqual(["sequence.created", "sequence.changed", "sequence.changed"]);
  });

  test("can be duplicated as the agent's own, archived and deleted", async () => {
    const { json } = await create({ scope: "office" }, await as("admin"));
    const copy = await app.api.post(`/api/sequences/${json.id}/duplicate`, {});
    expect(copy.json).toMatchObject({ name: "Copy of Roofs", scope: "mine", ownedBy: "agent-1" });
    expect(copy.json.steps).toEqual(json.steps);
    const archived = await patch(copy.json.id, 1, { isArchived: true });
    expect(archived.json.isArchived).toBe(true);
    expect([namesOf(await list()), namesOf(await list("?archived=true"))]).toEqual([
      ["Roofs"],
      ["Copy of Roofs"],
    ]);
    expect((await launch(copy.json.id)).json.error.fields).toEqual({ sequenceId: "is archived" });
    expect((await app.api.delete(`/api/sequences/${copy.json.id}`)).status).toBe(204);
    expect((await app.api.get(`/api/sequences/${copy.json.id}`)).status).toBe(404);
    expect(await listAuditedActions()).toEqual([
      ...["sequence.created", "sequence.duplicated", "sequence.archived", "sequence.deleted"],
    ]);
  });
});

describe("access to sequences:", () => {
  test("an agent's own sequence is visible to nobody else", async () => {
    const { json } = await create();
    for (const other of [await as("agent", "agent-2"), await as("admin", "admin-1")]) {
      expect(namesOf(await list("", other))).toEqual([]);
      expect((await app.api.get(`/api/sequences/${json.id}`, other)).status).toBe(404);
      expect((await patch(json.id, 1, { name: "X" }, other)).status).toBe(404);
      expect((await app.api.post(`/api/sequences/${json.id}/duplicate`, {}, other)).status).toBe(404);
      expect((await app.api.delete(`/api/sequences/${json.id}`, other)).status).toBe(404);
    }
    const stolen = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(1, { steps: undefined, type: undefined, sequenceId: json.id }),
      await as("agent", "agent-2"),
    );
    expect(stolen.json.error.fields).toEqual({ sequenceId: "is not a sequence you can use" });
  });

  test("the office's sequences can be read by everybody and changed by a team lead", async () => {
    expect((await create({ scope: "office" })).status).toBe(403);
    const { json } = await create({ scope: "office" }, await as("teamLead"));
    for (const role of ["viewer", "agent"]) {
      const caller = await as(role);
      expect((await app.api.get(`/api/sequences/${json.id}`, caller)).json.isEditable).toBe(false);
      expect((await patch(json.id, 1, { name: "X" }, caller)).status).toBe(403);
      expect((await app.api.delete(`/api/sequences/${json.id}`, caller)).status).toBe(403);
    }
    const own = (await create()).json;
    expect((await patch(own.id, 1, { scope: "office" })).status).toBe(403);
  });

  test("a token for some properties can use all sequences, and counts only its own launches", async () => {
    const { json } = await create({ scope: "office" }, await as("teamLead"));
    for (const propertyId of ["p-1", "p-2"]) await launch(json.id, { propertyId });
    const token = await signToken({ prop: ["p-2"], at: app.api.now() });
    const seen = (await list("", { token })).find(({ id }) => id === json.id);
    expect([seen?.launches, (await list()).find(({ id }) => id === json.id)?.launches]).toEqual([1, 2]);
  });

  test("another tenant's sequences can't be found", async () => {
    await createTenant(2);
    const { json } = await create({ scope: "office" }, await as("admin"));
    const token = await signToken({ tenantId: 2, role: "admin" });
    expect(namesOf(await list("", { token }))).toEqual([]);
    expect((await app.api.get(`/api/sequences/${json.id}`, { token })).status).toBe(404);
  });
});

describe("the list of sequences", () => {
  test("has the agent's own and the office's sequences, page by page, and then the presets", async () => {
    for (const name of ["A", "B", "C"]) await create({ name });
    await create({ name: "Of the office", scope: "office" }, await as("teamLead"));
    const first = (await app.api.get("/api/sequences?limit=3")).json;
    expect(first.items.map(({ name }: SequenceSummary) => name)).toEqual(["Of the office", "C", "B"]);
    const second = (await app.api.get(`/api/sequences?limit=3&cursor=${first.nextCursor}`)).json;
    expect(second.items[0]).toMatchObject({ name: "A" });
    expect(second.items.slice(1).map(({ id }: SequenceSummary) => id)).toContain("sellerOutreach");
    expect(second.nextCursor).toBeNull();
    expect(namesOf(await list("?scope=mine"))).toEqual(["C", "B", "A"]);
    expect((await list("?scope=mine")).some(({ isPreset }) => isPreset)).toBe(false);
    expect(JSON.stringify(second)).not.toContain("salutation");
  });

  test("counts the launches, and the replies per sent email", async () => {
    const { json } = await create();
    await launch(json.id, { propertyId: "p-1" });
    await launch(json.id, { propertyId: "p-2", status: "draft" });
    app.advance(minute);
    await app.run();
    expect((await app.api.get(`/api/sequences/${json.id}`)).json).toMatchObject({
      launches: 1,
      replyRate: 0,
    });
    await bindings.DB.prepare(
      `INSERT INTO events (recipient_id, step_number, kind, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
       SELECT recipient_id, step_number, 'replied', 'a', tenant_id, sent_at, sent_at, 1 FROM messages WHERE status = 'sent'`,
    ).run();
    expect((await list()).find(({ id }) => id === json.id)).toMatchObject({ launches: 1, replyRate: 1 });
  });
});

describe("a preset", () => {
  const presetId = "sellerOutreach";

  test("that is edited becomes the office's copy, until the original is restored", async () => {
    const lead = await as("teamLead", "lead-1");
    const original = (await app.api.get(`/api/sequences/${presetId}`, lead)).json;
    expect(original).toMatchObject({ isPreset: true, isChanged: false, version: 0, createdBy: null });
    expect((await patch(presetId, 0, { steps: [] })).status).toBe(403);
    const steps = [...original.steps, call(20)];
    const copied = await patch(presetId, 0, { steps }, lead);
    expect(copied.json).toMatchObject({ id: presetId, isChanged: true, version: 1, createdBy: "lead-1" });
    expect((await patch(presetId, 0, { steps: [] }, lead)).status).toBe(412);
    const shown = (await list()).filter(({ id }) => id === presetId);
    expect(shown.map(({ steps: { length } }) => length)).toEqual([4]);
    const launched = await launch(presetId);
    expect(launched.json.steps.map(({ kind }: SequenceStep) => kind)).toEqual([
      ...["email", "email", "email", "task"],
    ]);
    expect((await app.api.delete(`/api/sequences/${presetId}`, lead)).status).toBe(204);
    expect((await app.api.get(`/api/sequences/${presetId}`, lead)).json.steps).toEqual(original.steps);
    expect(await listAuditedActions()).toEqual([
      ...["sequence.copied", "campaign.launched", "sequence.restored"],
    ]);
  });

  test("can also be restored after its templates were edited", async () => {
    const { json } = await launch(presetId);
    await app.api.patch(`/api/templates/${json.steps[0].templateId}`, { subject: "In our words" });
    const edited = (await app.api.get(`/api/sequences/${presetId}`)).json;
    expect([edited.isChanged, edited.steps[0].letter.subject]).toEqual([true, "In our words"]);
    await app.api.delete(`/api/sequences/${presetId}`, await as("teamLead"));
    const restored = (await app.api.get(`/api/sequences/${presetId}`)).json;
    expect([restored.isChanged, restored.steps[0].letter.subject]).toEqual([
      false,
      expect.stringContaining("Question about"),
    ]);
  });

  test("can't be archived or made an agent's own", async () => {
    const lead = await as("teamLead");
    expect((await patch(presetId, 0, { isArchived: true }, lead)).status).toBe(409);
    expect((await patch(presetId, 0, { scope: "mine" }, lead)).status).toBe(409);
  });
});

describe("a campaign from a sequence", () => {
  test("has the steps of the sequence, and sends what the preview shows", async () => {
    const { json } = await create();
    const preview = await app.api.post("/api/templates/preview", {
      sequenceId: json.id,
      stepNumber: 1,
      recipient: { email: exampleOwner.email, fullName: exampleOwner.fullName },
    });
    expect(preview.json.text).toContain("Hi Jane");
    const task = await app.api.post("/api/templates/preview", { sequenceId: json.id, stepNumber: 2 });
    expect(task.json.error.fields).toEqual({ stepNumber: "must be an email" });
    const follow = await app.api.post("/api/templates/preview", { sequenceId: json.id, stepNumber: 3 });
    expect(follow.json.subject).toBe("Letter 1");
    const plan = await app.api.post("/api/campaigns/plan", { sequenceId: json.id, recipients: [{}] });
    expect(plan.json.items[0].steps).toHaveLength(3);
    const launched = await launch(json.id);
    expect([launched.status, launched.json.type]).toEqual([201, "sellerOutreach"]);
    expect(launched.json.steps.map(({ kind }: SequenceStep) => kind)).toEqual(["email", "task", "email"]);
    app.advance(minute);
    await app.run();
    expect(app.calls.map(({ subject }) => subject)).toEqual([preview.json.subject]);
  });

  test("keeps its wording, and the next launch gets the new wording as a new version", async () => {
    const { json } = await create({ steps: [email(1), email(2)] });
    const first = (await launch(json.id, { propertyId: "p-1" })).json;
    const moved = [
      email(2, { startsThread: true }),
      email(1, { letter: { subject: "New", bodyHtml: "<p>New</p>" } }),
    ];
    await patch(json.id, 1, { steps: moved });
    const second = (await launch(json.id, { propertyId: "p-2" })).json;
    const pinned = ({ steps }: { steps: { templateId: number; templateVersion: number }[] }) =>
      steps.map(({ templateId, templateVersion }) => [templateId, templateVersion]);
    const [[one] = [], [two] = []] = pinned(first);
    expect([pinned(first), pinned(second)]).toEqual([
      [
        [one, 1],
        [two, 1],
      ],
      [
        [two, 1],
        [one, 2],
      ],
    ]);
    expect((await app.api.get(`/api/campaigns/${first.id}`)).json.steps[0].subject).toBe("Letter 1");
    const edit = await app.api.patch(`/api/templates/${one}`, { subject: "Around the sequence" });
    expect([edit.status, edit.json.error.code]).toEqual([409, "conflict"]);
    await app.api.delete(`/api/sequences/${json.id}`);
    expect((await app.api.patch(`/api/templates/${one}`, { subject: "On its own" })).status).toBe(200);
    expect((await app.api.get(`/api/campaigns/${second.id}`)).json.steps[1].subject).toBe("New");
  });

  test("can't have steps or a preset as well", async () => {
    const { json } = await create();
    for (const change of [{ presetId: "fsbo" }, { steps: [{ templateId: 1 }] }]) {
      const { status, json: answer } = await launch(json.id, { type: "sellerOutreach", ...change });
      expect([status, Object.keys(answer.error.fields)]).toEqual([400, ["steps"]]);
    }
    expect((await launch("nothing")).json.error.fields).toHaveProperty("sequenceId");
  });
});
