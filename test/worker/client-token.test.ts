import { exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type SigningKey, signToken, type TokenClaims } from "../../client/sign-token.ts";
import { schema } from "../../worker/db/schema.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { createApi, createTenant, getIssuer, getKeyId, getSigningSecret } from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

const api = createApi();
const shared: SigningKey = { algorithm: "HS256", kid: getKeyId(1), secret: getSigningSecret(1) };
const claims: TokenClaims = {
  issuer: getIssuer(1),
  tenantId: 1,
  agentId: "agent-7",
  role: "admin",
  properties: "*",
  name: "Ann Agent",
};

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
});
afterEach(() => vi.restoreAllMocks());

test("the API accepts a token that the client signs with the office's secret", async () => {
  const token = await signToken(shared, claims, testStartAt);
  expect((await api.get("/api/agents", { token })).json.items).toMatchObject([{ name: "Ann Agent" }]);
});

test("a token of the client has no more rights than its role", async () => {
  const token = await signToken(shared, { ...claims, role: "viewer", properties: ["p-1"] }, testStartAt);
  expect((await api.get("/api/campaigns?propertyId=p-1", { token })).status).toBe(200);
  expect((await api.post("/api/templates", {}, { token })).status).toBe(403);
});

test("the API accepts a token that the client signs with a private key of the host's key set", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const own = { kid: "es-client", algorithm: "ES256", issuer: getIssuer(1), tenantId: 1 } as const;
  await openDatabase(bindings.DB)
    .insert(schema.tenantKeys)
    .values({ ...own, jwksUrl: "https://keys.crm.example/client.json", createdAt: testStartAt });
  const jwk = { ...(await exportJWK(publicKey)), kid: own.kid, alg: "ES256", use: "sig" };
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ keys: [jwk] }));
  const key: SigningKey = { ...own, privateKey: await exportPKCS8(privateKey) };
  const token = await signToken(key, claims, testStartAt);
  expect((await api.get("/api/tenant", { token })).status).toBe(200);
});

test.each([0, -1, 301, Number.NaN])(
  "the client signs no token with a life of %i seconds",
  async (lifeSeconds) => {
    await expect(signToken(shared, { ...claims, lifeSeconds }, testStartAt)).rejects.toThrow("300 seconds");
  },
);
