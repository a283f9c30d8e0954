import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limits } from "../../shared/limits.ts";
import { type Api, createApi, createTenant, getIssuer, getKeyId, signToken } from "../support/worker/api.ts";
import { listAuditedActions } from "../support/worker/app.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const admin = () => signToken({ role: "admin" });
const add = async (body: unknown) => await api.post("/api/signing-keys", body, { token: await admin() });
const remove = async (kid: string, token?: string) =>
  await api.delete(`/api/signing-keys/${kid}`, { token: token ?? (await admin()) });
const getStatus = async (token: string) => (await api.get("/api/senders", { token })).status;

test("a key is replaced without a refused token: add, switch, delete", async () => {
  const added = await add({ algorithm: "HS256" });
  expect(added.status).toBe(201);
  const { kid, secret, issuer } = added.json;
  expect(issuer).toBe(getIssuer(1));
  const withOld = await signToken();
  const withNew = await signToken({ secret, header: { kid } });
  expect([await getStatus(withOld), await getStatus(withNew)]).toEqual([200, 200]);
  const removed = await remove(getKeyId(1), await signToken({ role: "admin", secret, header: { kid } }));
  expect(removed.status).toBe(204);
  expect([await getStatus(withOld), await getStatus(withNew)]).toEqual([401, 200]);
  expect(await listAuditedActions()).toEqual(["signingKey.created", "signingKey.deleted"]);
});

test("the list and the database show no secret", async () => {
  const { secret } = (await add({ algorithm: "HS256" })).json;
  const { text, json } = await api.get("/api/signing-keys", { token: await admin() });
  expect(json.items).toHaveLength(2);
  expect(text).not.toContain(secret);
  const rows = await bindings.DB.prepare("SELECT * FROM tenant_keys, audit_log").all();
  expect(JSON.stringify(rows.results)).not.toContain(secret);
});

test("the last key stays, and another office's key is not found", async () => {
  const last = await remove(getKeyId(1));
  expect([last.status, last.json.error.code]).toEqual([409, "conflict"]);
  expect((await remove(getKeyId(2))).status).toBe(404);
  expect(await getStatus(await signToken({ tenantId: 2 }))).toBe(200);
});

test("an office has a limited number of keys", async () => {
  for (let count = 1; count < limits.signingKeys; count += 1)
    expect((await add({ algorithm: "HS256" })).status).toBe(201);
  expect((await add({ algorithm: "HS256" })).status).toBe(409);
});

test("a host that publishes its keys is added by the address of its key set", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const keys: unknown[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url) =>
    String(url).includes("dns-query")
      ? Response.json({ Answer: [{ type: 1, data: "93.184.216.34" }] })
      : Response.json({ keys }),
  );
  const added = await add({ algorithm: "ES256", jwksUrl: "https://keys.agency.example.com/jwks.json" });
  expect([added.status, added.json.secret]).toEqual([201, null]);
  const { kid } = added.json;
  keys.push({ ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" });
  const token = await new SignJWT({ tid: 1, role: "viewer", prop: "*" })
    .setProtectedHeader({ alg: "ES256", kid })
    .setIssuer(getIssuer(1))
    .setAudience("doorknock")
    .setSubject("agent-1")
    .setExpirationTime(api.now() / 1000 + 300)
    .sign(privateKey);
  expect(decodeProtectedHeader(token).kid).toBe(kid);
  expect(await getStatus(token)).toBe(200);
});

test.each([
  "http://keys.agency.example.com/jwks.json",
  "https://localhost/jwks.json",
  "https://10.0.0.1/jwks.json",
  "https://user:secret@keys.agency.example.com/jwks.json",
  "file:///etc/passwd",
])("the address %s of a key set is refused, and nothing is stored", async (jwksUrl) => {
  const { status, json } = await add({ algorithm: "ES256", jwksUrl });
  expect([status, Object.keys(json.error.fields)]).toEqual([400, ["jwksUrl"]]);
  expect((await api.get("/api/signing-keys", { token: await admin() })).json.items).toHaveLength(1);
});
