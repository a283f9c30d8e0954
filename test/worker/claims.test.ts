import { beforeEach, describe, expect, test } from "vitest";
import { buildTemplateBody, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const admin = async () => ({ token: await signToken({ role: "admin", at: app.api.now() }) });
const save = (sentence: string) =>
  app.api.post("/api/templates", buildTemplateBody({ bodyHtml: `<p>Hi,</p><p>${sentence}</p>` }));
const attest = async (claim: string, words = "Two buyers signed with us in May.") =>
  app.api.post("/api/tenant/claims", { claim, words }, await admin());

describe("a wording that makes a claim", () => {
  test("is refused until an admin has attested the claim for all agents", async () => {
    const refused = await save("I have a buyer for your street.");
    expect([refused.status, Object.keys(refused.json.error.fields)]).toEqual([400, ["bodyHtml"]]);
    expect(refused.json.error.fields.bodyHtml).toContain('"I have a buyer" says that you have a buyer');

    const { status, json } = await attest("haveBuyer");
    expect(status).toBe(201);
    expect(json.claimAttestations.haveBuyer).toMatchObject({
      by: "agent-1",
      words: "Two buyers signed with us in May.",
    });
    expect(Object.keys(json.claimAttestations)).toEqual(["haveBuyer"]);
    expect((await save("I have a buyer for your street.")).status).toBe(201);
    expect((await save("I'd send you a free home valuation.")).status).toBe(400);
    const log = await bindings.DB.prepare("SELECT data FROM audit_log WHERE action = 'claim.attested'").all();
    expect(log.results).toEqual([{ data: '{"claim":"haveBuyer"}' }]);
  });

  test("is refused again after the attestation is withdrawn", async () => {
    await attest("numberOne");
    await attest("haveBuyer");
    const path = "/api/tenant/claims/numberOne";
    const { json } = await app.api.call("DELETE", path, await admin());
    expect(Object.keys(json.claimAttestations)).toEqual(["haveBuyer"]);
    expect((await save("I'm the #1 agent in Denver.")).status).toBe(400);
  });

  test("gets a lint error at the place of the claim", async () => {
    const bodyHtml = "<p>Get a <b>free home</b> valuation.</p>";
    const { json } = await app.api.post("/api/templates/lint", { bodyHtml });
    const [finding] = json.lint.filter(({ code }: { code: string }) => code === "unattestedClaim");
    expect(finding).toMatchObject({ severity: "error", field: "bodyHtml" });
    expect(bodyHtml.slice(finding.start, finding.end)).toBe("free home</b> valuation");
  });
});

test("a claim can be attested only by an admin, with an explanation, and only if it is known", async () => {
  const input = { claim: "haveBuyer", words: "Yes" };
  expect((await app.api.post("/api/tenant/claims", input)).status).toBe(403);
  expect((await attest("haveBuyer", " ")).status).toBe(400);
  expect((await attest("cheapest")).json.error.fields).toHaveProperty("claim");
  expect((await app.api.call("DELETE", "/api/tenant/claims/cheapest", await admin())).status).toBe(404);
  expect((await app.api.get("/api/tenant")).json.claimAttestations).toEqual({});
});
