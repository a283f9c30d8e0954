import { beforeEach, expect, test } from "vitest";
import { allowedOrigin, createLaunchedCampaign } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;
let path: string;
beforeEach(async () => {
  app = await openApp();
  path = `/api/campaigns/${(await createLaunchedCampaign(app.api)).id}`;
});

const ask = (etag: string) =>
  app.api.get(path, { headers: { "if-none-match": etag, origin: allowedOrigin } });

test("an answer that the page has already is 304 without a body, and the page may read it", async () => {
  const first = await ask("");
  const etag = first.headers.get("etag") ?? "";
  expect(first.status).toBe(200);
  expect(first.headers.get("access-control-expose-headers")).toContain("ETag");
  const second = await ask(etag);
  expect([second.status, second.text]).toEqual([304, ""]);
  expect(second.headers.get("access-control-allow-origin")).toBe(allowedOrigin);
  expect(second.headers.get("etag")).toBe(etag);
  // Each answer tells the Worker's time, also one without a body.
  expect(second.headers.get("access-control-expose-headers")).toContain("X-Now");
  expect(Math.abs(Number(second.headers.get("x-now")) - app.api.now())).toBeLessThan(1000);
});

test("an answer that has changed is sent whole", async () => {
  const etag = (await ask("")).headers.get("etag") ?? "";
  await app.api.patch(`${path}/status`, { status: "paused" });
  const changed = await ask(etag);
  expect([changed.status, changed.json.status]).toEqual([200, "paused"]);
});

test("another agent's answer is not confused with the page's", async () => {
  const etag = (await ask("")).headers.get("etag") ?? "";
  const refused = await app.api.get(path, { token: null, headers: { "if-none-match": etag } });
  expect(refused.status).toBe(401);
});

test("a CSV is streamed without a tag", async () => {
  const csv = await app.api.get(`${path}/export.csv`);
  expect([csv.status, csv.headers.get("etag")]).toEqual([200, null]);
});

test("a preflight allows the header with the tag", async () => {
  const answer = await app.api.call("OPTIONS", path, { token: null, headers: { origin: allowedOrigin } });
  expect(answer.headers.get("access-control-allow-headers")).toContain("If-None-Match");
});
