import { beforeAll, describe, expect, test } from "vitest";
import {
  type ApiAnswer,
  allowedOrigin,
  buildCampaignBody,
  buildLaunchBody,
  buildTemplateBody,
  createApi,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  dumpTables,
  exampleOwner,
  getAccountId,
  getSenderId,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { emptyDatabase } from "../support/worker/world.ts";

/*
 * Tests the requests that the API must refuse. Each answer must have a 4xx status and name the
 * fault. No request may change the database, so all tests share the same data.
 */
const api = createApi();
const made = {
  template: 0,
  draft: 0,
  active: 0,
  recipient: 0,
  foreignTemplate: 0,
  sequence: "",
  foreignSequence: "",
  foreignCampaign: 0,
  foreignRecipient: 0,
};

beforeAll(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  made.template = await createTemplate(api);
  made.draft = (await api.post("/api/campaigns", buildCampaignBody(made.template))).json.id;
  made.active = (await createLaunchedCampaign(api)).id;
  made.recipient = (await listRecipientIds(made.active))[0] ?? 0;
  const token = await signToken({ tenantId: 2 });
  const office = { name: "Roofs", scope: "office" };
  const lead = { token: await signToken({ role: "teamLead" }) };
  const foreignLead = { token: await signToken({ tenantId: 2, role: "teamLead" }) };
  made.sequence = (await api.post("/api/sequences", office, lead)).json.id;
  made.foreignSequence = (await api.post("/api/sequences", office, foreignLead)).json.id;
  made.foreignTemplate = await createTemplate(api, { token });
  const body = buildLaunchBody(made.foreignTemplate, { senderId: getSenderId(2) });
  made.foreignCampaign = (await api.post("/api/campaigns", body, { token })).json.id;
  made.foreignRecipient = (await listRecipientIds(made.foreignCampaign))[0] ?? 0;
});

async function changesNothing(request: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const before = await dumpTables();
  const answer = await request();
  expect(await dumpTables()).toBe(before);
  return answer;
}

const bodies = () => [
  ["POST", "/api/campaigns"],
  ["PATCH", `/api/campaigns/${made.draft}`],
  ["PATCH", `/api/campaigns/${made.draft}/status`],
  ["POST", `/api/campaigns/${made.draft}/recipients`],
  ["POST", "/api/templates"],
  ["PATCH", `/api/templates/${made.template}`],
  ["POST", "/api/templates/preview"],
  ["POST", "/api/campaigns/plan"],
  ["POST", "/api/sequences"],
];
const json = { "content-type": "application/json" };

describe.each([0, 1, 2, 3, 4, 5, 6, 7, 8])("a route that takes a body (%i)", (index) => {
  const target = () => (bodies()[index] ?? []) as [string, string];

  test.each([
    ["nothing", undefined],
    ["half a body", '{"name": "x'],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["nesting without end", `${"[".repeat(5000)}${"]".repeat(5000)}`],
  ])("refuses the body: %s", async (_name, raw) => {
    const options = raw === undefined ? { headers: json } : { raw, headers: json };
    const answer = await changesNothing(() => api.call(...target(), options));
    expect([answer.status, answer.json.error.code]).toEqual([400, "invalidRequest"]);
    expect(answer.json.error.fields).toHaveProperty("body");
  });

  test.each(["null", "[]", '"text"', "7", "{}"])("refuses the JSON body %s", async (raw) => {
    const answer = await changesNothing(() => api.call(...target(), { raw, headers: json }));
    expect([answer.status, answer.json.error.code]).toEqual([400, "invalidRequest"]);
    expect(Object.keys(answer.json.error.fields).length).toBeGreaterThan(0);
  });

  test("refuses a body over 1 MB before reading it, with or without a Content-Length", async () => {
    const raw = `{"name": "${"x".repeat(1_000_000)}"}`;
    const said = await changesNothing(() => api.call(...target(), { raw, headers: json }));
    const stream = new Response(raw).body ?? undefined;
    const unsaid = await changesNothing(() =>
      api.call(...target(), { raw: stream as BodyInit, headers: json }),
    );
    for (const answer of [said, unsaid]) {
      expect([answer.status, answer.json.error.code]).toEqual([413, "payloadTooLarge"]);
    }
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "refuses a body of type %s",
    async (contentType) => {
      const answer = await changesNothing(() =>
        api.call(...target(), {
          raw: new TextEncoder().encode("{}"),
          headers: contentType === "" ? {} : { "content-type": contentType },
        }),
      );
      expect([answer.status, answer.json.error.code]).toEqual([415, "unsupportedMediaType"]);
    },
  );
});

describe("the answer to an invalid request names the wrong field", () => {
  const launching = (overrides: Record<string, unknown>) => buildLaunchBody(made.template, overrides);
  const step = (overrides: Record<string, unknown>) =>
    launching({ steps: [{ templateId: made.template, ...overrides }] });
  const variants = (...templateIds: number[]) => templateIds.map((templateId) => ({ templateId }));
  const recipient = (overrides: Record<string, unknown>) =>
    launching({ recipients: [{ ...exampleOwner, ...overrides }] });
  const post = (path: string, body: () => unknown) => () => api.post(path, body());
  const patch = (path: () => string, body: unknown) => () => api.patch(path(), body);

  const cases: [field: string, status: number, request: () => Promise<ApiAnswer>][] = [
    ["name", 400, post("/api/campaigns", () => launching({ name: "" }))],
    ["name", 400, post("/api/campaigns", () => launching({ name: "Two\r\nBcc: lines@example.com" }))],
    ["type", 400, post("/api/campaigns", () => launching({ type: "spam" }))],
    ["type", 400, post("/api/campaigns", () => launching({ type: undefined }))],
    ["colour", 400, post("/api/campaigns", () => launching({ colour: "red" }))],
    ["senderId", 400, post("/api/campaigns", () => launching({ senderId: "1" }))],
    ["senderId", 400, post("/api/campaigns", () => launching({ senderId: 999 }))],
    ["senderId", 400, post("/api/campaigns", () => launching({ senderId: getSenderId(2) }))],
    ["replyTo", 400, post("/api/campaigns", () => launching({ replyTo: "nobody" }))],
    [
      "schedule.timeZone",
      400,
      post("/api/campaigns", () => launching({ schedule: { timeZone: "Mars/Olympus" } })),
    ],
    ["schedule.startAt", 400, post("/api/campaigns", () => launching({ schedule: { startAt: "tomorrow" } }))],
    [
      "sendWindow.0.endTime",
      400,
      post("/api/campaigns", () =>
        launching({ sendWindow: [{ days: [1], startTime: "09:00", endTime: "09:00" }] }),
      ),
    ],
    [
      "sendWindow.0.days.0",
      400,
      post("/api/campaigns", () =>
        launching({ sendWindow: [{ days: [8], startTime: "09:00", endTime: "17:00" }] }),
      ),
    ],
    ["steps", 400, post("/api/campaigns", () => launching({ steps: [] }))],
    ["steps", 400, post("/api/campaigns", () => launching({ steps: undefined }))],
    ["steps", 400, post("/api/campaigns", () => launching({ presetId: "sellerOutreach" }))],
    ["steps.0.templateId", 400, post("/api/campaigns", () => step({ templateId: 999 }))],
    ["steps.0.templateId", 400, post("/api/campaigns", () => step({ templateId: made.foreignTemplate }))],
    ["steps.0.variants", 400, post("/api/campaigns", () => step({ variants: variants(made.template) }))],
    [
      "steps.0.variants.0.templateId",
      400,
      post("/api/campaigns", () => step({ variants: variants(999, made.template) })),
    ],
    [
      "steps.0.variants.1.templateId",
      400,
      post("/api/campaigns", () => step({ variants: variants(made.template, made.template) })),
    ],
    [
      "steps.0.variants.1.templateId",
      400,
      post("/api/campaigns", () => step({ variants: variants(made.template, made.foreignTemplate) })),
    ],
    [
      "steps.0.variants.1.weight",
      400,
      post("/api/campaigns", () =>
        step({ variants: [...variants(made.template), { templateId: 999, weight: 0 }] }),
      ),
    ],
    ["steps.0.delayDays", 400, post("/api/campaigns", () => step({ delayDays: -1 }))],
    ["steps.0.delayDays", 400, post("/api/campaigns", () => step({ delayDays: 1.5 }))],
    ["steps.0.sendTimeHour", 400, post("/api/campaigns", () => step({ sendTimeHour: 24 }))],
    [
      "steps.0.conditions.previousReplied",
      400,
      post("/api/campaigns", () => step({ conditions: { previousReplied: true } })),
    ],
    ["presetId", 400, post("/api/campaigns", () => launching({ steps: undefined, presetId: "nothing" }))],
    ["recipients", 400, post("/api/campaigns", () => launching({ recipients: [] }))],
    [
      "recipients",
      400,
      post("/api/campaigns", () =>
        launching({ recipients: Array.from({ length: 501 }, () => exampleOwner) }),
      ),
    ],
    ["recipients.0.email", 400, post("/api/campaigns", () => recipient({ email: "jane@" }))],
    ["recipients.0.fullName", 400, post("/api/campaigns", () => recipient({ fullName: "Jane\nDoe" }))],
    ["recipients.0.timeZone", 400, post("/api/campaigns", () => recipient({ timeZone: "nowhere" }))],
    ["recipients.0.templateData", 400, post("/api/campaigns", () => recipient({ templateData: "a note" }))],
    ["name", 400, patch(() => `/api/campaigns/${made.draft}`, { name: 7 })],
    ["body", 400, patch(() => `/api/campaigns/${made.draft}`, {})],
    ["status", 400, patch(() => `/api/campaigns/${made.draft}`, { status: "active" })],
    ["senderId", 400, patch(() => `/api/campaigns/${made.draft}`, { senderId: getSenderId(2) })],
    [
      "steps.0.templateId",
      400,
      patch(() => `/api/campaigns/${made.draft}`, { steps: [{ templateId: 999 }] }),
    ],
    [
      "steps.0.variants",
      400,
      patch(() => `/api/campaigns/${made.draft}`, {
        steps: [{ templateId: 1, variants: [{ templateId: 1 }] }],
      }),
    ],
    ["sendWindow", 409, patch(() => `/api/campaigns/${made.active}`, { name: "x", sendWindow: null })],
    ["status", 400, patch(() => `/api/campaigns/${made.draft}/status`, { status: "completed" })],
    ["status", 409, patch(() => `/api/campaigns/${made.draft}/status`, { status: "paused" })],
    ["status", 409, patch(() => `/api/campaigns/${made.active}/status`, { status: "archived" })],
    [
      "subject",
      400,
      post("/api/templates", () => buildTemplateBody({ subject: "Hi {{recipient.firstName" })),
    ],
    [
      "bodyHtml",
      400,
      post("/api/templates", () => buildTemplateBody({ bodyHtml: "<p>\n{{#if recipient.firstName}}</p>" })),
    ],
    ["bodyHtml", 400, post("/api/templates", () => buildTemplateBody({ bodyHtml: "{{owner.firstName}}" }))],
    ["bodyHtml", 400, post("/api/templates", () => buildTemplateBody({ bodyHtml: "{{> footer}}" }))],
    [
      "bodyText",
      400,
      post("/api/templates", () => buildTemplateBody({ bodyText: "{{shout recipient.firstName}}" })),
    ],
    ["bodyHtml", 400, post("/api/templates", () => buildTemplateBody({ bodyHtml: "x".repeat(100_001) }))],
    ["tags.0", 400, post("/api/templates", () => buildTemplateBody({ tags: [7] }))],
    ["version", 409, patch(() => `/api/templates/${made.template}`, { name: "x", version: 9 })],
    ["body", 400, patch(() => `/api/templates/${made.template}`, { version: 1 })],
    [
      "body",
      400,
      post("/api/templates/preview", () => ({ templateId: made.template, presetId: "sellerOutreach" })),
    ],
    ["templateId", 400, post("/api/templates/preview", () => ({ templateId: made.foreignTemplate }))],
    ["presetId", 400, post("/api/templates/preview", () => ({ presetId: "nothing" }))],
    [
      "stepNumber",
      400,
      post("/api/templates/preview", () => ({ presetId: "sellerOutreach", stepNumber: 20 })),
    ],
    [
      "senderId",
      400,
      post("/api/templates/preview", () => ({ templateId: made.template, senderId: getSenderId(2) })),
    ],
    [
      "content.subject",
      400,
      post("/api/templates/preview", () => ({
        content: { subject: "{{#if}}", bodyHtml: "<p>x</p>", bodyText: "" },
      })),
    ],
    [
      "Idempotency-Key",
      400,
      () => api.post("/api/campaigns", launching({}), { headers: { "idempotency-key": "two words" } }),
    ],
    [
      "Idempotency-Key",
      400,
      () => api.post("/api/campaigns", launching({}), { headers: { "idempotency-key": "k".repeat(201) } }),
    ],
    ["cursor", 400, () => api.get("/api/campaigns?cursor=1%20OR%201")],
    ["limit", 400, () => api.get("/api/campaigns?limit=101")],
    ["limit", 400, () => api.get("/api/campaigns?limit=0")],
    ["status", 400, () => api.get("/api/campaigns?status=sent")],
    ["status", 400, () => api.get(`/api/campaigns/${made.active}/recipients?status=opened`)],
    ["cursor", 400, () => api.get("/api/templates?cursor=abc")],
    ["limit", 400, () => api.get("/api/senders?limit=-1")],
  ];

  test.each(cases.map((one, index) => [index, ...one] as const))(
    "%i: %s",
    async (_index, field, status, request) => {
      const answer = await changesNothing(request);
      expect(answer.status).toBe(status);
      expect(Object.keys(answer.json.error.fields ?? {})).toContain(field);
      expect(answer.json.error.message.length).toBeGreaterThan(10);
    },
  );

  test("and gives the line and column of a template's fault", async () => {
    const body = buildTemplateBody({ bodyHtml: "<p>Hello</p>\n  {{#if recipient.firstName}}Hi{{/unless}}" });
    const { fields } = (await api.post("/api/templates", body)).json.error;
    expect(fields.bodyHtml).toMatch(/line 2, column \d+/);
  });
});

/**
 * One request for every route with an id. For the tenant that owns the id, the request would
 * succeed.
 */
const withId = (
  campaign: () => number,
  recipient: () => number,
  template: () => number,
  sequence: () => string,
) =>
  [
    ["GET", () => `/api/campaigns/${campaign()}`],
    ["PATCH", () => `/api/campaigns/${campaign()}`, { name: "Mine now" }],
    ["DELETE", () => `/api/campaigns/${campaign()}`],
    ["PATCH", () => `/api/campaigns/${campaign()}/status`, { status: "stopped" }],
    ["POST", () => `/api/campaigns/${campaign()}/send-now`],
    ["GET", () => `/api/campaigns/${campaign()}/recipients`],
    ["POST", () => `/api/campaigns/${campaign()}/recipients`, { recipients: [exampleOwner] }],
    ["GET", () => `/api/campaigns/${campaign()}/analytics`],
    ["GET", () => `/api/recipients/${recipient()}`],
    ["PATCH", () => `/api/recipients/${recipient()}`, { timeZone: "America/Denver" }],
    ["POST", () => `/api/recipients/${recipient()}/pause`],
    ["POST", () => `/api/recipients/${recipient()}/resume`],
    ["POST", () => `/api/recipients/${recipient()}/stop`],
    ["POST", () => `/api/recipients/${recipient()}/send-now`],
    ["GET", () => `/api/templates/${template()}`],
    ["PATCH", () => `/api/templates/${template()}`, { name: "Mine now" }],
    ["DELETE", () => `/api/templates/${template()}`],
    ["GET", () => `/api/sequences/${sequence()}`],
    ["PATCH", () => `/api/sequences/${sequence()}`, { name: "Mine now" }],
    ["POST", () => `/api/sequences/${sequence()}/duplicate`, {}],
    ["DELETE", () => `/api/sequences/${sequence()}`],
  ] as [method: string, path: () => string, body?: unknown][];

const absent = async (method: string, path: string, body: unknown, token?: string) => {
  const options = token === undefined ? { body } : { body, token };
  const answer = await changesNothing(() => api.call(method, path, options));
  const { requestId: _, ...error } = answer.json.error;
  expect([answer.status, error]).toEqual([
    404,
    {
      code: "notFound",
      message: "We couldn't find this. It may have been deleted, or you may not have access to it.",
    },
  ]);
};

describe("a row that the caller may not see is answered like a row that does not exist", () => {
  test.each(
    withId(
      () => made.foreignCampaign,
      () => made.foreignRecipient,
      () => made.foreignTemplate,
      () => made.foreignSequence,
    ),
  )("another tenant's: %s %s", async (method, path, body) => absent(method, path(), body));

  test.each(
    withId(
      () => made.active,
      () => made.recipient,
      () => made.template,
      () => made.sequence,
    ).filter(([, path]) => !/templates|sequences/.test(path.toString())),
  )("another property's: %s %s", async (method, path, body) =>
    absent(method, path(), body, await signToken({ prop: ["p-2", "p-3"] })),
  );

  test.each(
    withId(
      () => 999,
      () => 999,
      () => 999,
      () => "999",
    ),
  )("nobody's: %s %s", async (method, path, body) => absent(method, path(), body));

  test.each(["0", "-1", "1.5", "abc", "9007199254740993", "1e3", "%00", "1%27--"])(
    "an id that can't exist: %s",
    async (id) => {
      await absent("GET", `/api/campaigns/${id}`, undefined);
      await absent("POST", `/api/recipients/${id}/stop`, undefined);
      await absent("GET", `/api/templates/${id}`, undefined);
      await absent("GET", `/api/sequences/${id}`, undefined);
    },
  );

  test("a property outside the agent's properties", async () => {
    await absent("POST", "/api/properties/p-1/stop", undefined, await signToken({ prop: ["p-2"] }));
  });

  test("lists leave out the properties that are not the agent's", async () => {
    const other = await signToken({ prop: ["p-2"] });
    expect((await api.get("/api/campaigns", { token: other })).json.items).toEqual([]);
    expect((await api.get("/api/campaigns?propertyId=p-1", { token: other })).json.items).toEqual([]);
    const own = (await api.get("/api/campaigns")).json.items.map((item: { id: number }) => item.id);
    expect(own).toEqual([made.active, made.draft]);
  });
});

describe("contacts of another property", () => {
  const given = [
    ["propertyId", { propertyId: "p-2" }],
    ["templateData.propertyId", { templateData: { propertyId: "p-2" } }],
    ["templateData.propertyId", { propertyId: "p-1", templateData: { propertyId: 2 } }],
    ["property.propertyId", { property: { propertyId: "p-2" } }],
  ] as const;
  const person = { ...exampleOwner, email: "bob@example.com" };

  test.each(given)("are refused at a launch, and the fault names %s", async (field, part) => {
    const body = buildLaunchBody(made.template, {
      propertyId: "p-1",
      recipients: [person, { ...exampleOwner, ...part }],
    });
    const answer = await changesNothing(() => api.post("/api/campaigns", body));
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toEqual({ [`recipients.1.${field}`]: "must be p-1" });
  });

  test.each(given)("are refused when they are added, and the fault names %s", async (field, part) => {
    const answer = await changesNothing(() =>
      api.post(`/api/campaigns/${made.active}/recipients`, { recipients: [{ ...person, ...part }] }),
    );
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toEqual({ [`recipients.0.${field}`]: "must be p-1" });
  });

  test("are refused in a campaign without a property if one contact names two properties", async () => {
    const mixed = { ...person, propertyId: "p-1", property: { propertyId: "p-2" } };
    const body = buildLaunchBody(made.template, { propertyId: null, recipients: [mixed] });
    const answer = await changesNothing(() => api.post("/api/campaigns", body));
    expect(answer.json.error.fields).toEqual({ "recipients.0.property.propertyId": "must be p-1" });
  });
});

describe("an agent who is limited to some properties", () => {
  const launching = (overrides: Record<string, unknown>) => buildLaunchBody(made.template, overrides);

  test.each([
    ["propertyId", () => launching({ propertyId: "p-2" })],
    ["propertyId", () => launching({ propertyId: null })],
    ["recipients.0.propertyId", () => launching({ recipients: [{ ...exampleOwner, propertyId: "p-2" }] })],
  ])("can't launch for another property; the fault names %s", async (field, body) => {
    const token = await signToken({ prop: ["p-1"] });
    const answer = await changesNothing(() => api.post("/api/campaigns", body(), { token }));
    expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
    expect(answer.json.error.fields).toHaveProperty([field]);
  });

  test("can't add people of another property", async () => {
    const token = await signToken({ prop: ["p-1"] });
    const body = { recipients: [{ ...exampleOwner, email: "bob@example.com", propertyId: "p-2" }] };
    const answer = await changesNothing(() =>
      api.post(`/api/campaigns/${made.active}/recipients`, body, { token }),
    );
    expect(answer.status).toBe(403);
    expect(answer.json.error.fields).toHaveProperty(["recipients.0.propertyId"]);
  });
});

describe("a path that does not exist", () => {
  test.each(["/api", "/api/nothing", "/api/campaigns/1/nothing", "/nothing", "/webhooks/nothing"])(
    "is answered with 404: %s",
    async (path) => {
      const answer = await api.get(path);
      expect([answer.status, answer.json.error.code]).toEqual([404, "notFound"]);
    },
  );

  test.each([
    ["PUT", "/api/campaigns"],
    ["DELETE", "/api/campaigns"],
    ["POST", "/api/campaigns/1"],
    ["GET", "/api/templates/preview/"],
    ["GET", "/webhooks/email-status/1"],
    ["POST", "/health"],
  ])("is answered with 404 or 405: %s %s", async (method, path) => {
    const answer = await api.call(method, path);
    expect([404, 405]).toContain(answer.status);
    expect(["notFound", "methodNotAllowed"]).toContain(answer.json.error.code);
  });

  test("is answered with 401 if the request has no token", async () => {
    expect((await api.get("/api/nothing", { token: null })).status).toBe(401);
  });
});

test("every answer has the security headers for browsers", async () => {
  for (const path of ["/api/campaigns", "/api/nothing", "/health", "/u/nothing"]) {
    const { headers } = await api.get(path, { headers: { origin: allowedOrigin } });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-z]+$/);
  }
});

test("a webhook path without an account is answered so that Mailgun stops retrying", async () => {
  for (const id of [999, `${getAccountId(1)}x`]) {
    expect((await changesNothing(() => api.call("POST", `/webhooks/email-status/${id}`))).status).toBe(406);
    expect((await changesNothing(() => api.call("POST", `/webhooks/inbound/${id}`))).status).toBe(406);
  }
});
