import { beforeEach, expect, test, vi } from "vitest";
import { createContext } from "../../worker/context.ts";
import { resealOldTexts } from "../../worker/send/reseal.ts";
import { createApi, createTenant } from "../support/worker/api.ts";
import { createClock } from "../support/worker/clock.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

const newKey = btoa(String.fromCharCode(...new Uint8Array(32).fill(9)));
const otherKey = btoa(String.fromCharCode(...new Uint8Array(32).fill(8)));
const bothKeys = `${newKey},${bindings.CREDENTIALS_KEY}`;
const clock = createClock();

const reseal = (keys: string) =>
  resealOldTexts(createContext({ ...bindings, CREDENTIALS_KEY: keys }, { now: clock.now }));

/** Calls the API of a Worker with other credentials keys. */
function call(keys: string) {
  const api = createApi({ clock, env: { CREDENTIALS_KEY: keys } });
  return {
    status: async () => (await api.get("/api/senders")).status,
    waiting: async () => (await api.get("/health/ready", { token: null })).json.secretsWithOldKeys,
  };
}

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
});

test("a new CREDENTIALS_KEY in front of the old one is used at once, and tokens stay valid", async () => {
  expect(await call(bindings.CREDENTIALS_KEY).status()).toBe(200);
  expect(await call(bothKeys).status()).toBe(200);
  expect(await call(bindings.CREDENTIALS_KEY).waiting()).toBeNull();
  expect(await call(bothKeys).waiting()).toBe(4);
});

test("a tick seals every stored secret with the new key, and the old key can go", async () => {
  expect(await call(newKey).status()).toBe(503);
  await reseal(bothKeys);
  expect(await call(bothKeys).waiting()).toBe(0);
  expect(await call(newKey).status()).toBe(200);
  const before = await bindings.DB.prepare("SELECT sealed_secret FROM tenant_keys").all();
  await reseal(bothKeys);
  expect(await bindings.DB.prepare("SELECT sealed_secret FROM tenant_keys").all()).toMatchObject({
    results: before.results,
  });
});

test("with one key nothing is sealed anew, and a secret that no key opens stays", async () => {
  const read = async () =>
    (await bindings.DB.prepare("SELECT kid, sealed_secret FROM tenant_keys ORDER BY kid").all()).results;
  const before = await read();
  const log = vi.spyOn(console, "info").mockImplementation(() => undefined);
  await reseal(newKey);
  await reseal(`${newKey},${otherKey}`);
  expect(await read()).toEqual(before);
  expect(log.mock.calls.flat().map(String)).toContainEqual(
    expect.stringContaining('"resealed":0,"unreadable":4'),
  );
});
