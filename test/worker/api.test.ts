import { beforeEach, describe, expect, test } from "vitest";
import { minute } from "../support/time.ts";
import { type Api, createApi, createTenant, getSenderId } from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
});

test("senders are listed with their pace and its current state", async () => {
  const { json } = await api.get("/api/senders");
  expect(json).toEqual({
    items: [
      {
        id: getSenderId(1),
        fromName: "Ann Agent",
        fromEmail: "ann@brokerage-1.example",
        replyTo: null,
        ratePerSecond: 0.2,
        minGapSeconds: 0,
        dailyCap: null,
        ramp: null,
        domainDailyCap: null,
        timeZone: "America/New_York",
        phone: null,
        licensedName: null,
        licenseType: "Licensed Salesperson",
        licenseNumber: "10401234567",
        licenseState: "NY",
        otherLicenses: [],
        isPaused: false,
        slotsToday: 0,
        effectiveDailyCap: null,
        nextSlotAt: new Date(testStartAt + 1).toISOString(),
      },
    ],
    nextCursor: null,
  });
});

test("the list of presets includes sellerOutreach", async () => {
  const { json } = await api.get("/api/presets");
  expect(json.items.map((preset: { id: string }) => preset.id)).toContain("sellerOutreach");
});

describe("the OpenAPI description", () => {
  const toPath = (path: string) => path.replace(/:(\w+)/g, "{$1}");

  test("needs no token and names exactly the routes that exist", async () => {
    const { status, json } = await api.get("/api/openapi.json", { token: null });
    expect(status).toBe(200);
    const described = Object.entries(json.paths as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = api.app.routes
      .filter(
        ({ method, path }) => method !== "ALL" && path.startsWith("/api/") && path !== "/api/openapi.json",
      )
      .map(({ method, path }) => `${method} ${toPath(path)}`);
    expect(described.sort()).toEqual([...new Set(served)].sort());
  });

  test("types its path parameters: ids and versions as integers, a host's key as a string", async () => {
    const { json } = await api.get("/api/openapi.json", { token: null });
    const typesOf = (path: string, method: string) =>
      json.paths[path][method].parameters
        .filter((parameter: { in: string }) => parameter.in === "path")
        .map(({ name, schema }: { name: string; schema: { type: string } }) => [name, schema.type]);
    expect(typesOf("/api/campaigns/{id}/steps/{stepNumber}/apply-template", "post")).toEqual([
      ["id", "integer"],
      ["stepNumber", "integer"],
    ]);
    expect(typesOf("/api/templates/{id}/versions/{version}", "get").at(-1)).toEqual(["version", "integer"]);
    expect(typesOf("/api/properties/{propertyId}/stop", "post")).toEqual([["propertyId", "string"]]);
    expect(typesOf("/api/tasks/{taskId}/done", "post")).toEqual([["taskId", "string"]]);
  });

  test("has no reference to a missing schema", async () => {
    const { text, json } = await api.get("/api/openapi.json", { token: null });
    const names = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? "");
    expect(names.length).toBeGreaterThan(30);
    for (const reference of new Set(names)) {
      expect(reference).toMatch(/^#\/components\/schemas\/[\w.]+$/);
      expect(json.components.schemas).toHaveProperty([reference.split("/").at(-1) ?? ""]);
    }
  });
});

describe("the health check", () => {
  test("at /health is ok whenever the Worker answers", async () => {
    expect((await api.get("/health", { token: null })).json).toEqual({ status: "ok" });
  });

  test("at /health/ready is ok if the database answers and the last tick is recent", async () => {
    const ready = () => api.get("/health/ready", { token: null });
    expect((await ready()).json).toEqual({
      ...{ status: "ok", database: "ok", lastTickAgeMs: null },
      secretsWithOldKeys: null,
    });
    await bindings.DB.prepare("INSERT INTO ticks (id, ticked_at, claimed) VALUES (1, ?, 0)")
      .bind(api.now())
      .run();
    api.advance(minute);
    expect((await ready()).status).toBe(200);
    api.advance(3 * minute);
    const stale = await ready();
    expect([stale.status, stale.json.status]).toEqual([503, "unavailable"]);
    expect(stale.json.lastTickAgeMs).toBeGreaterThan(3 * minute);
  });
});
