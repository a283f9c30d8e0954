import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { roles } from "../../shared/vocabulary.ts";
import {
  findPermission,
  type Permission,
  refuseUndeclaredRoutes,
  requires,
} from "../../worker/http/permissions.ts";
import type { AppEnv } from "../../worker/http/request.ts";
import { tenantRoutes } from "../../worker/http/routes/tenant.ts";
import { type Api, createApi, createTenant, signToken } from "../support/worker/api.ts";
import { emptyDatabase } from "../support/worker/world.ts";

const agents: Permission = { role: "agent", property: "none", owner: "anyone" };

/**
 * The expected routes for each permission. A key is the lowest role and the property that the
 * permission requires; `public` needs no token. All these permissions have the owner "anyone".
 */
const expected: Record<string, string[]> = {
  public: [
    "GET /api/openapi.json",
    "GET /c/{token}",
    "GET /health",
    "GET /health/ready",
    "GET /o/{file}",
    "GET /state-rules",
    "GET /u/{token}",
    "POST /u/{token}",
    "POST /webhooks/email-status/{account}",
    "POST /webhooks/inbound/{account}",
  ],
  "viewer, none": [
    "GET /api/agents",
    "GET /api/presets",
    "GET /api/senders",
    "GET /api/sequences",
    "GET /api/sequences/{id}",
    "GET /api/sequences/{id}/letters/{stepId}/versions",
    "GET /api/snippets",
    "GET /api/start-rules",
    "GET /api/templates",
    "GET /api/templates/{id}",
    "GET /api/templates/{id}/versions",
    "GET /api/templates/{id}/versions/{version}",
    "GET /api/tenant",
    "POST /api/campaigns/plan",
    "POST /api/templates/convert",
    "POST /api/templates/lint",
    "POST /api/templates/preview",
    "POST /api/templates/variables",
  ],
  "viewer, own": [
    "GET /api/attention",
    "GET /api/campaigns",
    "GET /api/campaigns/{id}",
    "GET /api/campaigns/{id}/analytics",
    "GET /api/campaigns/{id}/export.csv",
    "GET /api/campaigns/{id}/recipients",
    "GET /api/campaigns/{id}/send-now",
    "GET /api/campaigns/{id}/steps",
    "GET /api/listing-checks",
    "GET /api/recipients/{id}",
    "GET /api/recipients/{id}/send-now",
    "GET /api/recipients/{id}/steps/{stepNumber}/letter",
    "GET /api/recipients/{id}/steps/{stepNumber}/wording",
    "GET /api/replies",
    "GET /api/search",
    "GET /api/start-proposals",
    "GET /api/tasks",
    "POST /api/campaigns/{id}/preflight",
    "POST /api/collisions",
    "POST /api/properties/{propertyId}/contact-history",
  ],
  "viewer, every": ["GET /api/analytics", "GET /api/suppressions"],
  "agent, none": [
    "DELETE /api/sequences/{id}",
    "DELETE /api/templates/{id}",
    "GET /api/do-not-solicit-lists",
    "GET /api/template-approvals",
    "PATCH /api/sequences/{id}",
    "PATCH /api/templates/{id}",
    "POST /api/agents/{agentId}/pause",
    "POST /api/agents/{agentId}/resume",
    "POST /api/sequences",
    "POST /api/sequences/{id}/duplicate",
    "POST /api/templates",
  ],
  "agent, own": [
    "DELETE /api/campaigns/{id}",
    "DELETE /api/recipients/{id}/steps/{stepNumber}/wording",
    "GET /api/recipients/{id}/snippets",
    "PATCH /api/campaigns/{id}",
    "PATCH /api/campaigns/{id}/status",
    "PATCH /api/recipients/{id}",
    "PATCH /api/recipients/{id}/reply",
    "POST /api/campaigns",
    "POST /api/campaigns/{id}/confirm-late",
    "POST /api/campaigns/{id}/recall",
    "POST /api/campaigns/{id}/recipients",
    "POST /api/campaigns/{id}/recipients/actions",
    "POST /api/campaigns/{id}/recipients/actions/undo",
    "POST /api/campaigns/{id}/recipients/check",
    "POST /api/campaigns/{id}/recipients/missing-values",
    "POST /api/campaigns/{id}/send-now",
    "POST /api/campaigns/{id}/send-now/recall",
    "POST /api/campaigns/{id}/steps/preview-change",
    "POST /api/campaigns/{id}/steps/undo",
    "POST /api/campaigns/{id}/steps/{stepNumber}/apply-template",
    "POST /api/listing-checks",
    "POST /api/properties/{propertyId}/status",
    "POST /api/properties/{propertyId}/stop",
    "POST /api/recipients/{id}/answers",
    "POST /api/recipients/{id}/outcome",
    "POST /api/recipients/{id}/outcome/undo",
    "POST /api/recipients/{id}/pause",
    "POST /api/recipients/{id}/replies/{replyId}",
    "POST /api/recipients/{id}/resume",
    "POST /api/recipients/{id}/send-now",
    "POST /api/recipients/{id}/send-now/recall",
    "POST /api/recipients/{id}/snooze",
    "POST /api/recipients/{id}/stop",
    "POST /api/start-proposals/{id}/dismiss",
    "POST /api/start-proposals/{id}/launch",
    "POST /api/start-proposals/{id}/restore",
    "POST /api/tasks/{taskId}/done",
    "POST /api/tasks/{taskId}/postpone",
    "POST /api/tasks/{taskId}/skip",
    "POST /api/template-approvals",
    "POST /api/templates/test-send",
    "POST /api/templates/{id}/test-send",
    "PUT /api/campaigns/{id}/steps",
    "PUT /api/campaigns/{id}/steps/{stepNumber}/winner",
    "PUT /api/recipients/{id}/steps/{stepNumber}/wording",
  ],
  "agent, every": [
    "DELETE /api/suppressions",
    "GET /api/digest",
    "POST /api/suppressions",
    "PUT /api/digest",
  ],
  "teamLead, none": [
    "DELETE /api/do-not-solicit-lists/{id}",
    "DELETE /api/snippets/{id}",
    "DELETE /api/start-rules/{status}",
    "PATCH /api/snippets/{id}",
    "POST /api/do-not-solicit-lists",
    "POST /api/outreach/resume",
    "POST /api/outreach/stop",
    "POST /api/snippets",
    "POST /api/template-approvals/decide",
    "PUT /api/start-rules/{status}",
  ],
  "teamLead, own": [
    "GET /api/campaigns/{id}/compliance.csv",
    "POST /api/campaigns/{id}/decline",
    "POST /api/properties",
  ],
  "teamLead, every": [
    "GET /api/suppressions/export.csv",
    "POST /api/address-record.html",
    "POST /api/compliance.csv",
    "POST /api/suppressions/import",
  ],
  "admin, every": [
    "DELETE /api/host-webhooks/{id}",
    "DELETE /api/signing-keys/{kid}",
    "GET /api/host-webhooks",
    "GET /api/host-webhooks/{id}",
    "GET /api/host-webhooks/{id}/deliveries",
    "GET /api/signing-keys",
    "PATCH /api/host-webhooks/{id}",
    "POST /api/analytics/rebuild",
    "POST /api/host-webhooks",
    "POST /api/host-webhooks/{id}/deliveries/{sequence}/redeliver",
    "POST /api/host-webhooks/{id}/redeliver",
    "POST /api/host-webhooks/{id}/secret",
    "POST /api/host-webhooks/{id}/test",
    "POST /api/signing-keys",
  ],
  "admin, none": [
    "DELETE /api/tenant/claims/{claim}",
    "GET /api/provider-accounts",
    "PATCH /api/provider-accounts/{id}",
    "PATCH /api/senders/{id}",
    "PATCH /api/tenant",
    "POST /api/provider-accounts",
    "POST /api/provider-accounts/{id}/check",
    "POST /api/provider-accounts/{id}/sync-suppressions",
    "POST /api/provider-accounts/{id}/webhooks",
    "POST /api/senders",
    "POST /api/tenant/claims",
  ],
};

describe("a route that does not declare its permission", () => {
  const routesBefore = tenantRoutes.routes.length;
  afterEach(() => {
    tenantRoutes.routes.length = routesBefore;
  });

  test("keeps the Worker from starting, and the error names the route", () => {
    tenantRoutes.get("/planted", (c) => c.text("open to everybody"));
    expect(() => createApi()).toThrow("GET /api/planted does not declare who may use it");
  });

  test("is accepted once it declares one", () => {
    tenantRoutes.get("/planted", requires(agents), (c) => c.text("open to agents"));
    expect(() => createApi()).not.toThrow();
  });

  const planted: Record<string, (app: Hono<AppEnv>) => void> = {
    "answers before it declares": (app) => app.get("/a", (c) => c.text("early"), requires(agents)),
    "declares for another method only": (app) =>
      app.get("/a", requires(agents), (c) => c.text("ok")).post("/a", (c) => c.text("open")),
    "declares for another path only": (app) =>
      app.get("/a", requires(agents), (c) => c.text("ok")).get("/b", (c) => c.text("open")),
    "answers every method": (app) => app.all("/a", (c) => c.text("open")),
    "is middleware that nobody named": (app) => app.use("/a/*", (_c, next) => next()),
  };
  test.each(Object.entries(planted))("is refused if it %s", (_name, plant) => {
    const app = new Hono<AppEnv>();
    plant(app);
    expect(() => refuseUndeclaredRoutes(app, [])).toThrow("does not declare who may use it");
  });
});

describe("the routes of the API", () => {
  let api: Api;
  beforeEach(async () => {
    await emptyDatabase();
    await createTenant(1);
    api = createApi();
  });

  /** Returns each route with the permission that it declares. */
  const declared = (): Map<string, string> =>
    new Map(
      api.app.routes.flatMap(({ method, path, handler }): [string, string][] => {
        const permission = findPermission(handler);
        if (permission === undefined) return [];
        const text = permission === "public" ? permission : `${permission.role}, ${permission.property}`;
        return [[`${method} ${path.replace(/:(\w+)(\{.+?\})?/g, "{$1}")}`, text]];
      }),
    );

  test("declare these permissions", () => {
    const found: Record<string, string[]> = {};
    for (const [route, permission] of [...declared()].sort()) {
      found[permission] = [...(found[permission] ?? []), route];
    }
    expect(found).toEqual(expected);
  });

  test("in the OpenAPI document all require a role", async () => {
    const { json } = await api.get("/api/openapi.json", { token: null });
    const found = declared();
    const described = Object.entries(json.paths as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.length).toBeGreaterThan(40);
    expect(described.filter((route) => (found.get(route) ?? "public") === "public")).toEqual([]);
  });

  test("refuse a lower role, and a token limited to some properties if they need every property", async () => {
    const found = [...declared()].filter(([, permission]) => permission !== "public");
    for (const [route, permission] of found) {
      const [method = "", path = ""] = route.split(" ");
      const call = async (role: string, prop: unknown) => {
        const token = await signToken({ role, prop, at: api.now() });
        return await api.call(method, path.replace(/\{\w+\}/g, "1"), { token });
      };
      const lowest = roles.find((role) => permission.startsWith(role)) ?? "viewer";
      const lower = roles[roles.indexOf(lowest) - 1];
      if (lower !== undefined) expect([route, (await call(lower, "*")).status]).toEqual([route, 403]);
      const answer = await call(lowest, ["p-1"]);
      const isRefused =
        answer.status === 403 &&
        answer.json.error.message === "This requires a token that covers every property.";
      expect([route, isRefused]).toEqual([route, permission.includes("every")]);
    }
  });
});
