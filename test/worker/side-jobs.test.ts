import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLaunchedCampaign } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
  await bindings.DB.prepare("ALTER TABLE digests RENAME TO digests_away").run();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bindings.DB.prepare("ALTER TABLE digests_away RENAME TO digests").run();
});

test("a side job that fails is logged, and the tick counts and its emails go", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await createLaunchedCampaign(app.api, { recallSeconds: 0 });
  const now = app.api.now();
  await app.run();
  expect(await listCapturedEmails()).toHaveLength(1);
  const tick = await bindings.DB.prepare("SELECT * FROM ticks").first<Record<string, number>>();
  expect(Object.values(tick ?? {}).some((value) => value >= now)).toBe(true);
  const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, string>);
  expect(lines).toContainEqual(expect.objectContaining({ msg: "side job failed", job: "sendDueDigests" }));
});
