import { beforeAll, describe, expect, test } from "vitest";
import type { Task } from "../../shared/task.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { listOpenTasks } from "../../worker/db/task-list.ts";
import { day } from "../support/time.ts";
import {
  buildCampaignBody,
  buildOwners,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

const call = { kind: "call", instructions: "Ask about the roof", waitDays: 3 };

let app: App;
let templateId = 0;
let taskIds: string[] = [];
let otherTaskIds: string[] = [];

/**
 * Creates three people with an open task at one property, and two people with an open task at
 * another property.
 */
beforeAll(async () => {
  app = await openApp();
  await createTenant(2);
  templateId = await createTemplate(app.api);
  const opening = async (count: number, propertyId: string) => {
    const steps = [{ kind: "task", task: call }, { templateId }];
    const recipients = buildOwners(count).map((one) => ({ ...one, email: `${propertyId}-${one.email}` }));
    const { id } = await createLaunchedCampaign(app.api, { recallSeconds: 0, steps, recipients, propertyId });
    await app.run();
    app.api.advance(day / 24);
    return (await listRecipientIds(id)).map((recipientId) => `${recipientId}-1`);
  };
  taskIds = await opening(3, "p-1");
  otherTaskIds = await opening(2, "p-2");
});

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);
const token = (options: Parameters<typeof signToken>[0]) => signToken({ at: app.api.now(), ...options });

describe("the list of open tasks", () => {
  test("starts with the task that has been open longest, page by page", async () => {
    const first = (await app.api.get("/api/tasks?status=open&limit=2")).json;
    const second = (await app.api.get(`/api/tasks?limit=2&cursor=${first.nextCursor}`)).json;
    const third = (await app.api.get(`/api/tasks?limit=2&cursor=${second.nextCursor}`)).json;
    expect(idsOf([...first.items, ...second.items, ...third.items])).toEqual([...taskIds, ...otherTaskIds]);
    expect(third.nextCursor).toBeNull();
  });

  test("can be filtered by property, and is limited to the agent's properties", async () => {
    expect(idsOf((await app.api.get("/api/tasks?propertyId=p-2")).json.items)).toEqual(otherTaskIds);
    const held = await token({ prop: ["p-2"] });
    expect(idsOf((await app.api.get("/api/tasks", { token: held })).json.items)).toEqual(otherTaskIds);
    expect((await app.api.get("/api/tasks?propertyId=p-1", { token: held })).json.items).toEqual([]);
  });

  test("refuses unknown parameters", async () => {
    for (const [field, query] of [
      ["status", "status=closed"],
      ["cursor", "cursor=12"],
      ["limit", "limit=0"],
    ]) {
      const { status, json } = await app.api.get(`/api/tasks?${query}`);
      expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
    }
  });

  test("reads only the rows of the requested property", async () => {
    const { d1, cost } = meterDatabase(bindings.DB);
    const scope = createScope(openDatabase(d1), 1);
    expect(
      await listOpenTasks(scope, {
        properties: ["p-2"],
        agentId: null,
        after: null,
        limit: 51,
        now: Date.now(),
      }),
    ).toHaveLength(2);
    // For each task, the request reads the recipient, the campaign, the steps, the last email and
    // the last reply.
    expect(cost.rowsRead).toBeLessThanOrEqual(2 * 15);
  });
});

describe("whose task it is", () => {
  /**
   * Lists the tasks at the property p-3 for the caller: for whom each is, and whether it is theirs.
   */
  const listFor = async (sub: string, query: string) => {
    const { json } = await app.api.get(`/api/tasks?${query}`, { token: await token({ claims: { sub } }) });
    return json.items.map((task: Task) => [task.assignedTo, task.isMine]);
  };

  beforeAll(async () => {
    const assigned = { ...call, assignedTo: "kim" };
    const stranger = { ...call, assignedTo: "nobody here" };
    await bindings.DB.prepare(
      "INSERT INTO agents (tenant_id, agent_id, name, seen_at) VALUES (1, 'kim', 'Kim Reed', 0)",
    ).run();
    for (const [index, task] of [assigned, stranger].entries()) {
      const recipients = [{ ...buildOwners(1)[0], email: `p-3-${index}@example.com` }];
      const steps = [{ kind: "task", task }, { templateId }];
      await createLaunchedCampaign(app.api, {
        recallSeconds: 0,
        steps,
        recipients,
        propertyId: `p-3-${index}`,
      });
      await app.run();
      app.api.advance(day / 24);
    }
  });

  test("is the agent's whom the step names, or else of the agent who launched the campaign", async () => {
    const kim = { id: "kim", name: "Kim Reed" };
    const launcher = { id: "agent-1", name: null };
    expect(await listFor("kim", "propertyId=p-3-0")).toEqual([[kim, true]]);
    expect(await listFor("agent-1", "propertyId=p-3-0")).toEqual([[kim, false]]);
    expect(await listFor("agent-1", "propertyId=p-3-1")).toEqual([[launcher, true]]);
  });

  test("decides which tasks the caller's own list has", async () => {
    const kim = { id: "kim", name: "Kim Reed" };
    expect(await listFor("kim", "reach=mine")).toEqual([[kim, true]]);
    expect(await listFor("sam", "reach=mine")).toEqual([]);
    expect(await listFor("agent-1", "reach=mine")).toHaveLength(taskIds.length + otherTaskIds.length + 1);
    expect(await listFor("sam", "reach=office")).toHaveLength(taskIds.length + otherTaskIds.length + 2);
  });
});

describe("closing a task", () => {
  const closing = (id: string, body: unknown = {}, options = {}) =>
    app.api.post(`/api/tasks/${id}/done`, body, options);

  test.each(["0-1", "1", "abc", "1-1-1", "9007199254740993-1", "999-1", "%00"])(
    "that never existed is answered with 404: %s",
    async (id) => {
      expect((await closing(id)).status).toBe(404);
    },
  );

  test("of another tenant, property or step is answered with 404", async () => {
    const [id = ""] = taskIds;
    expect((await closing(id, {}, { token: await token({ tenantId: 2 }) })).status).toBe(404);
    expect((await closing(id, {}, { token: await token({ prop: ["p-2"] }) })).status).toBe(404);
    expect((await closing(id.replace(/1$/, "2"))).status).toBe(404);
  });

  test("is refused for a viewer", async () => {
    const viewer = await token({ role: "viewer" });
    expect((await closing(taskIds[0] ?? "", {}, { token: viewer })).status).toBe(403);
    expect((await app.api.get("/api/tasks?propertyId=p-1", { token: viewer })).json.items).toHaveLength(3);
  });

  test("accepts a note of one line and at most 500 characters", async () => {
    for (const note of ["x".repeat(501), "two\nlines", 7]) {
      const { status, json } = await closing(taskIds[0] ?? "", { note });
      expect([status, Object.keys(json.error.fields)]).toEqual([400, ["note"]]);
    }
    expect((await closing(taskIds[0] ?? "", { note: "x".repeat(500) })).status).toBe(200);
  });
});

describe("a step that is neither a valid email nor a valid task", () => {
  const task = (overrides: Record<string, unknown> = {}) => ({ kind: "task", task: call, ...overrides });
  const email = (overrides: Record<string, unknown> = {}) => ({ templateId, ...overrides });
  const cases: [field: string, message: RegExp, steps: () => unknown[]][] = [
    ["steps", /must include an email/, () => [task()]],
    ["steps.0.kind", /email or task/, () => [email({ kind: "letter" })]],
    ["steps.0.task", /only with kind task/, () => [email({ task: call })]],
    ["steps.1.task", /missing/, () => [email(), { kind: "task" }]],
    ["steps.1.task.kind", /call/, () => [email(), task({ task: { ...call, kind: "fax" } })]],
    [
      "steps.1.task.instructions",
      /./,
      () => [email(), task({ task: { ...call, instructions: "x".repeat(501) } })],
    ],
    ["steps.1.task.waitDays", /./, () => [email(), task({ task: { ...call, waitDays: 0 } })]],
    ["steps.1.task.colour", /./, () => [email(), task({ task: { ...call, colour: "red" } })]],
    ["steps.1.templateId", /only with an email/, () => [email(), task({ templateId })]],
    ["steps.1.variants", /only with an email/, () => [email(), task({ variants: [] })]],
    ["steps.1.sendTimeHour", /only with an email/, () => [email(), task({ sendTimeHour: 9 })]],
    ["steps.1.startsThread", /only with an email/, () => [email(), task({ startsThread: true })]],
    ["steps.1.delayDays", /./, () => [email(), task({ delayDays: -1 })]],
    [
      "steps.1.conditions.previousOpened",
      /no email before/,
      () => [task(), email({ conditions: { previousOpened: true } })],
    ],
    [
      "steps.2.conditions.engagement.0.stepNumber",
      /must be an email/,
      () => [
        email(),
        task(),
        email({ conditions: { engagement: [{ stepNumber: 2, kind: "opened", happened: true }] } }),
      ],
    ],
  ];
  test.each(cases)("is refused with the field %s", async (field, message, steps) => {
    const body = buildCampaignBody(templateId, { steps: steps() });
    const { status, json } = await app.api.post("/api/campaigns", body);
    expect(status).toBe(400);
    expect(json.error.fields[field]).toMatch(message);
  });
});

test("a draft's task is returned as it was given, and the draft's steps can be replaced", async () => {
  const given = {
    kind: "task",
    task: call,
    delayDays: 2,
    delayHours: 0,
    delayBusinessDays: 1,
    conditions: {},
  };
  const made = await app.api.post(
    "/api/campaigns",
    buildCampaignBody(templateId, { steps: [{ templateId }, given] }),
  );
  expect(made.json.steps[1]).toEqual({ stepNumber: 2, position: 2, weekdays: null, ...given });
  const steps = [given, { templateId, delayDays: 1 }];
  const changed = await app.api.patch(`/api/campaigns/${made.json.id}`, { steps });
  expect(changed.json.steps.map(({ kind }: { kind: string }) => kind)).toEqual(["task", "email"]);
  const { json } = await app.api.post(`/api/campaigns/${made.json.id}/preflight`);
  expect(json.items).toEqual([]);
});
