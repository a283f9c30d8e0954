import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { schema } from "../../worker/db/schema.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { isOriginAllowedByAnyTenant } from "../../worker/db/tenants.ts";
import { hour, minute } from "../support/time.ts";
import {
  allowedOrigin,
  createApi,
  createTenant,
  getIssuer,
  getKeyId,
  signToken,
  type TokenOptions,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: ReturnType<typeof createApi>;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const base64url = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

describe("a token", () => {
  test("that is valid gives its agent access", async () => {
    expect((await api.get("/api/campaigns", { token: await signToken() })).status).toBe(200);
  });

  const forged: Record<string, TokenOptions> = {
    "signed with another secret": { secret: "some other secret that is long enough" },
    "of another issuer": { claims: { iss: "https://elsewhere.example" } },
    "for another audience": { claims: { aud: "campaigns-api" } },
    "without an audience": { claims: { aud: undefined } },
    "that names another tenant": { claims: { tid: 2 } },
    "whose tenant is text": { claims: { tid: "1" } },
    "of an unknown key": { header: { kid: "key-9" } },
    "without a key": { header: { kid: undefined } },
    "of another tenant's key": { header: { kid: getKeyId(2) } },
    "without a subject": { claims: { sub: undefined } },
    "with a subject of two lines": { claims: { sub: "agent\r\nadmin" } },
    "of an unknown role": { role: "owner" },
    "without a role": { claims: { role: undefined } },
    "without properties": { claims: { prop: undefined } },
    "with a property that is no text": { prop: [7] },
    "with over 100 properties": { prop: Array.from({ length: 101 }, (_, index) => `p-${index}`) },
    "without an end": { claims: { exp: undefined } },
    "that lives too long": { lifeSeconds: 300 + 61 },
    "that is not valid yet": { claims: { nbf: testStartAt / 1000 + 3600 } },
  };
  test.each(Object.entries(forged))("%s is refused without a reason", async (_name, options) => {
    const answer = await api.get("/api/campaigns", { token: await signToken(options) });
    expect(answer.status).toBe(401);
    const { requestId, ...error } = answer.json.error;
    expect(error).toEqual({ code: "unauthenticated", message: "A valid token is required." });
    expect(requestId).toBe(answer.headers.get("x-request-id"));
  });

  test("with the algorithm none or without a signature is refused", async () => {
    const [, payload] = (await signToken()).split(".");
    for (const alg of ["none", "None", "HS256", "HS512", "RS256"]) {
      const token = `${base64url({ alg, kid: getKeyId(1), typ: "JWT" })}.${payload}.`;
      expect((await api.get("/api/campaigns", { token })).json.error.code).toBe("unauthenticated");
    }
  });

  test.each(["", "Bearer", "Basic abc", "Bearer a.b", "Bearer a.b.c", `Bearer ${"a".repeat(20_000)}.b.c`])(
    "that is malformed (%.20s) is refused",
    async (authorization) => {
      const answer = await api.get("/api/campaigns", { token: null, headers: { authorization } });
      expect(answer.json.error.code).toBe("unauthenticated");
    },
  );

  test("is valid until a minute after its expiry, and then the answer says that it has expired", async () => {
    const token = await signToken();
    api.advance(5 * minute + 59_000);
    expect((await api.get("/api/campaigns", { token })).status).toBe(200);
    api.advance(1000);
    const answer = await api.get("/api/campaigns", { token });
    expect(answer.status).toBe(401);
    expect(answer.json.error.code).toBe("tokenExpired");
  });

  test("that is forged and expired is refused without mention of the expiry", async () => {
    const token = await signToken({ secret: "some other secret that is long enough" });
    api.advance(hour);
    expect((await api.get("/api/campaigns", { token })).json.error.code).toBe("unauthenticated");
  });
});

/** Returns a stream of spaces that never ends. */
const endless = () =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(32)) });

describe("a host that publishes its keys", () => {
  const jwksUrl = "https://keys.crm.example/jwks.json";

  async function es256(id: number) {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    await openDatabase(bindings.DB)
      .insert(schema.tenantKeys)
      .values({
        kid: `es-${id}`,
        tenantId: 1,
        algorithm: "ES256",
        issuer: getIssuer(1),
        jwksUrl: `${jwksUrl}?${id}`,
        createdAt: testStartAt,
      });
    const jwk = { ...(await exportJWK(publicKey)), kid: `es-${id}`, alg: "ES256", use: "sig" };
    const sign = (key: CryptoKey | Uint8Array, alg: string) =>
      new SignJWT({ tid: 1, role: "viewer", prop: "*" })
        .setProtectedHeader({ alg, kid: `es-${id}` })
        .setIssuer(getIssuer(1))
        .setAudience("doorknock")
        .setSubject("agent-1")
        .setExpirationTime(testStartAt / 1000 + 300)
        .sign(key);
    return { jwk, privateKey, sign };
  }

  test("can sign with ES256, and its keys are fetched once", async () => {
    const { jwk, privateKey, sign } = await es256(1);
    const fetched = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => Response.json({ keys: [jwk] }));
    const token = await sign(privateKey, "ES256");
    expect((await api.get("/api/campaigns", { token })).status).toBe(200);
    expect((await api.get("/api/campaigns", { token })).status).toBe(200);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  test("is not impersonated by an HMAC with its public key as the secret", async () => {
    const { jwk, sign } = await es256(2);
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ keys: [jwk] }));
    const token = await sign(new TextEncoder().encode(JSON.stringify(jwk)), "HS256");
    expect((await api.get("/api/campaigns", { token })).json.error.code).toBe("unauthenticated");
  });

  test("is not impersonated by a token signed with another key", async () => {
    const { jwk, sign } = await es256(3);
    const other = await generateKeyPair("ES256");
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ keys: [jwk] }));
    const token = await sign(other.privateKey, "ES256");
    expect((await api.get("/api/campaigns", { token })).json.error.code).toBe("unauthenticated");
  });

  test.each([
    ["can't be reached", async () => Promise.reject(new TypeError("network"))],
    ["answers with an error", async () => new Response("down", { status: 502 })],
    ["answers with something else", async () => Response.json({ hello: "world" })],
    ["answers without end", async () => new Response(endless())],
    [
      "redirects",
      async () => new Response(null, { status: 302, headers: { location: "https://x.example" } }),
    ],
  ])("that %s causes a 503 and not a refused token", async (name, answer) => {
    const { privateKey, sign } = await es256(10 + name.length);
    vi.spyOn(globalThis, "fetch").mockImplementation(answer as typeof fetch);
    const { status, json } = await api.get("/api/campaigns", { token: await sign(privateKey, "ES256") });
    expect([status, json.error.code]).toEqual([503, "unavailable"]);
  });
});

describe("a role", () => {
  const writes = [
    ["POST", "/api/campaigns"],
    ["PATCH", "/api/campaigns/1"],
    ["DELETE", "/api/campaigns/1"],
    ["PATCH", "/api/campaigns/1/status"],
    ["POST", "/api/campaigns/1/send-now"],
    ["POST", "/api/campaigns/1/recipients"],
    ["PATCH", "/api/recipients/1"],
    ["POST", "/api/recipients/1/pause"],
    ["POST", "/api/recipients/1/resume"],
    ["POST", "/api/recipients/1/stop"],
    ["POST", "/api/recipients/1/send-now"],
    ["POST", "/api/templates"],
    ["PATCH", "/api/templates/1"],
    ["DELETE", "/api/templates/1"],
    ["POST", "/api/properties/p-1/stop"],
  ] as const;
  test.each(writes)("viewer may not %s %s", async (method, path) => {
    const answer = await api.call(method, path, { token: await signToken({ role: "viewer" }) });
    expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
  });

  test.each(["viewer", "agent", "teamLead", "admin"])("%s may read campaigns", async (role) => {
    expect((await api.get("/api/campaigns", { token: await signToken({ role }) })).status).toBe(200);
  });
});

describe("a page of another origin", () => {
  test("may send a preflight request if any tenant lists its origin", async () => {
    const preflight = (from: string) =>
      api.call("OPTIONS", "/api/campaigns", {
        token: null,
        headers: { origin: from, "access-control-request-method": "POST" },
      });
    const allowed = await preflight(allowedOrigin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(allowedOrigin);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("Idempotency-Key");
    expect((await preflight("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
  });

  test("is looked up with one row read, however many offices there are", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `(${100 + index}, 'Office', 'x', 1)`);
    await bindings.DB.prepare(
      `INSERT INTO tenants (id, name, postal_address, created_at) VALUES ${rows.join()}`,
    ).run();
    await bindings.DB.prepare(
      `UPDATE tenants SET allowed_origins = '["https://a.example","https://crm-' || id || '.example"]'`,
    ).run();
    const { d1, cost } = meterDatabase(bindings.DB);
    const db = openDatabase(d1);
    expect(await isOriginAllowedByAnyTenant(db, "https://evil.example")).toBe(false);
    expect(await isOriginAllowedByAnyTenant(db, "https://crm-117.example")).toBe(true);
    expect(await isOriginAllowedByAnyTenant(db, "https://a.example")).toBe(true);
    expect(cost.rowsRead).toBeLessThanOrEqual(3);
    await bindings.DB.prepare("UPDATE tenants SET allowed_origins = '[]' WHERE id = 117").run();
    expect(await isOriginAllowedByAnyTenant(db, "https://crm-117.example")).toBe(false);
    expect(await isOriginAllowedByAnyTenant(db, "https://a.example")).toBe(true);
  });

  test("may call the API if its own tenant lists its origin", async () => {
    const answer = await api.get("/api/campaigns", { headers: { origin: allowedOrigin } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(allowedOrigin);
    expect(answer.headers.get("vary")).toContain("Origin");
  });

  test("may not call the API if only another tenant lists its origin", async () => {
    await bindings.DB.prepare("UPDATE tenants SET allowed_origins = '[]' WHERE id = 1").run();
    const answer = await api.get("/api/campaigns", { headers: { origin: allowedOrigin } });
    expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("may call the API as soon as an admin has added its origin, and no longer once it is removed", async () => {
    const origin = "https://new.crm.example";
    const ask = async () => (await api.get("/api/campaigns", { headers: { origin } })).status;
    const admin = { token: await signToken({ role: "admin" }) };
    expect(await ask()).toBe(403);
    await api.patch("/api/tenant", { allowedOrigins: [allowedOrigin, origin] }, admin);
    expect(await ask()).toBe(200);
    await api.patch("/api/tenant", { allowedOrigins: [allowedOrigin] }, admin);
    expect(await ask()).toBe(403);
  });

  test("can read that its token has expired", async () => {
    const token = await signToken();
    api.advance(hour);
    const answer = await api.get("/api/campaigns", { token, headers: { origin: allowedOrigin } });
    expect(answer.json.error.code).toBe("tokenExpired");
    expect(answer.headers.get("access-control-allow-origin")).toBe(allowedOrigin);
  });

  test("needs no listed origin if it comes from the Worker itself", async () => {
    const answer = await api.get("/api/campaigns", { headers: { origin: "https://mail.test" } });
    expect(answer.status).toBe(200);
  });
});
