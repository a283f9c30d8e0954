import { beforeEach, describe, expect, test } from "vitest";
import { hour, minute } from "../support/time.ts";
import {
  buildLaunchBody,
  buildTemplateBody,
  exampleOwner,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
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
    expect(finding).toMatchObject({ severity: "error", field: "bodyHtml", claim: "somethingFree" });
    expect(bodyHtml.slice(finding.start, finding.end)).toBe("free home</b> valuation");
  });
});

describe("a launch with a claim", () => {
  const claim = "I have a buyer for your street.";
  const field = 'Email 1: "I have a buyer" says that you have a buyer, which must be true';
  const withdraw = async () => app.api.call("DELETE", "/api/tenant/claims/haveBuyer", await admin());
  const start = (id: number) => app.api.patch(`/api/campaigns/${id}/status`, { status: "active" });
  const expectRefused = ({ status, json }: Awaited<ReturnType<typeof start>>, message = field) => {
    expect([status, json.error?.fields]).toEqual([409, { "claims.haveBuyer": message }]);
  };
  /**
   * Saves a template while the claim is attested, and then withdraws the attestation. Returns the
   * template's id.
   */
  const saveEarlier = async () => {
    await attest("haveBuyer");
    const { json } = await save(claim);
    await withdraw();
    return json.id as number;
  };

  test("is refused with the claim's place and setting until the claim is attested", async () => {
    const body = buildLaunchBody(await saveEarlier());
    const refused = await app.api.post("/api/campaigns", body);
    expectRefused(refused);
    expect(refused.json.error.message).toContain("An administrator has to confirm it once for the office");
    expect((await app.api.get("/api/campaigns")).json.items).toEqual([]);
    await attest("haveBuyer");
    expect((await app.api.post("/api/campaigns", body)).status).toBe(201);
  });

  test("names the email and the subject of a saved sequence, whose draft may be kept", async () => {
    const letter = (subject: string) => ({ subject, bodyHtml: "<p>Hi.</p>", preheader: "", bodyText: "" });
    const steps = ["Hello", "I have a buyer"].map((subject, index) => ({
      id: index + 1,
      kind: "email",
      startsThread: true,
      letter: letter(subject),
    }));
    await attest("haveBuyer");
    const saved = await app.api.post("/api/sequences", { name: "Buyers", scope: "mine", steps });
    expect([saved.status, saved.text]).toEqual([201, expect.anything()]);
    await withdraw();
    const { steps: _, ...body } = buildLaunchBody(1);
    const launch = { ...body, sequenceId: String(saved.json.id) };
    const place = 'Email 2, subject: "I have a buyer" says that you have a buyer, which must be true';
    expectRefused(await app.api.post("/api/campaigns", launch), place);
    const draft = await app.api.post("/api/campaigns", { ...launch, status: "draft" });
    expect([draft.status, draft.text]).toEqual([201, expect.anything()]);
    expectRefused(await start(draft.json.id), place);
  });

  test("is refused at the launch of a draft, a resume and an addition, after a withdrawal", async () => {
    await attest("haveBuyer");
    const body = buildLaunchBody((await save(claim)).json.id, { recallSeconds: 0 });
    const launched = (await app.api.post("/api/campaigns", body)).json.id;
    const recipients = [{ email: "rob@example.com", firstName: "Rob" }];
    const draft = (await app.api.post("/api/campaigns", { ...body, recipients, status: "draft" })).json;
    await withdraw();
    expectRefused(await start(draft.id));
    const preflight = await app.api.post(`/api/campaigns/${draft.id}/preflight`, {});
    expect(preflight.json.blockers).toMatchObject([{ field: "claims.haveBuyer", message: field }]);
    const joe = { email: "joe@example.com", firstName: "Joe" };
    expectRefused(await app.api.post(`/api/campaigns/${launched}/recipients`, { recipients: [joe] }));
    await app.api.patch(`/api/campaigns/${launched}/status`, { status: "paused" });
    expectRefused(await start(launched));
    await attest("haveBuyer");
    expect((await start(launched)).status).toBe(200);
  });
});

describe("an email whose claim is no longer attested", () => {
  const claim = "I have a buyer for your street.";
  const withdraw = async () => app.api.call("DELETE", "/api/tenant/claims/haveBuyer", await admin());
  const bob = { email: "bob@example.com", firstName: "Bob" };
  const launch = async (sentence: string) =>
    (
      await app.api.post(
        "/api/campaigns",
        buildLaunchBody((await save(sentence)).json.id, {
          recallSeconds: 0,
          recipients: [exampleOwner, bob],
        }),
      )
    ).json.id as number;
  const pass = async (ms: number) => {
    app.advance(ms);
    await app.run();
  };
  const listAddressees = () => app.calls.map(({ to }) => to.email).toSorted();
  const readHold = async (id: number | undefined) =>
    (await app.api.get(`/api/recipients/${id}`)).json.whyNotYet?.reason;

  test("is held until somebody attests the claim again, also in a campaign under way", async () => {
    await attest("haveBuyer");
    const [id] = await listRecipientIds(await launch(claim));
    await withdraw();
    await pass(hour);
    expect(listAddressees()).toEqual([]);
    expect(await readHold(id)).toBe("unattestedClaim");
    await attest("haveBuyer");
    await pass(2 * hour);
    await pass(minute);
    expect(listAddressees()).toEqual([bob.email, exampleOwner.email]);
  });

  test("does not keep other steps from being changed, and a change is undone", async () => {
    await attest("haveBuyer");
    const path = `/api/campaigns/${await launch(claim)}/steps`;
    await withdraw();
    const { json } = await app.api.get(path);
    const steps = json.steps.with(2, { ...json.steps[2], delayDays: 9 });
    const put = (version: number, changed: unknown) =>
      app.api.put(path, { steps: changed }, { headers: { "if-match": `"${version}"` } });
    const changed = await put(json.version, steps);
    expect([changed.status, changed.text]).toEqual([200, expect.anything()]);
    const { undoToken } = changed.json;
    expect((await app.api.post(`${path}/undo`, { undoToken })).status).toBe(200);
    const letter = { subject: "Hello", preheader: "", bodyHtml: `<p>${claim} Call me.</p>`, bodyText: "" };
    const now = (await app.api.get(path)).json;
    const claiming = await put(now.version, now.steps.with(2, { ...now.steps[2], letter }));
    expect([claiming.status, Object.keys(claiming.json.error.fields)]).toEqual([
      expect.toBeOneOf([400, 409]),
      expect.anything(),
    ]);
  });

  test("is held for one person if only that person's wording makes the claim, and is kept", async () => {
    await attest("haveBuyer");
    const [id] = await listRecipientIds(await launch("How are you?"));
    const path = `/api/recipients/${id}/steps/1/wording`;
    const put = (version: number, sentence: string) =>
      app.api.put(path, { version, preheader: "", bodyHtml: `<p>${sentence}</p>` });
    const saved = await put(0, claim);
    expect([saved.status, saved.text]).toEqual([200, expect.anything()]);
    await withdraw();
    await pass(hour);
    expect(listAddressees()).toEqual([bob.email]);
    expect(await readHold(id)).toBe("unattestedClaim");
    const kept = (await app.api.get(path)).json;
    expect(kept).toMatchObject({ isPersonal: true, bodyHtml: expect.stringContaining(claim) });
    expect((await put(kept.version, "Have a good day.")).status).toBe(200);
    await pass(2 * hour);
    await pass(minute);
    expect(listAddressees()).toEqual([bob.email, exampleOwner.email]);
  });

  test("is held by its text if its stored claims are older than the rules that find claims", async () => {
    await attest("haveBuyer");
    const id = await launch("How are you?");
    const people = await listRecipientIds(id);
    const saved = await app.api.put(`/api/recipients/${people[1]}/steps/1/wording`, {
      version: 0,
      preheader: "",
      bodyHtml: `<p>${claim}</p>`,
    });
    expect([saved.status, saved.text]).toEqual([200, expect.anything()]);
    await bindings.DB.batch([
      bindings.DB.prepare("UPDATE personal_wordings SET claims = '[]'"),
      bindings.DB.prepare(
        "UPDATE email_template_versions SET claims = '[]', body_text = 'We are the #1 team in Denver.'",
      ),
    ]);
    await withdraw();
    await pass(hour);
    expect(listAddressees()).toEqual([]);
    expect(await Promise.all(people.map(readHold))).toEqual(["unattestedClaim", "unattestedClaim"]);
    const forecast = await app.api.get(`/api/recipients/${people[0]}/send-now`);
    expect([forecast.status, forecast.text]).toEqual([200, expect.stringContaining("unattestedClaim")]);
    await attest("haveBuyer");
    await attest("numberOne");
    await pass(2 * hour);
    await pass(minute);
    expect(listAddressees()).toEqual([bob.email, exampleOwner.email]);
  });

  test("is held for the claim of its step's subject, which a personal wording keeps", async () => {
    await attest("haveBuyer");
    const { json } = await app.api.post("/api/templates", buildTemplateBody({ subject: "I have a buyer" }));
    const body = buildLaunchBody(json.id, { recallSeconds: 0 });
    const [id] = await listRecipientIds((await app.api.post("/api/campaigns", body)).json.id);
    const path = `/api/recipients/${id}/steps/1/wording`;
    const put = (version: number, given: object) =>
      app.api.put(path, { version, preheader: "", bodyHtml: "<p>How are you?</p>", ...given });
    expect((await put(0, {})).status).toBe(200);
    await withdraw();
    await pass(hour);
    expect(listAddressees()).toEqual([]);
    expect(await readHold(id)).toBe("unattestedClaim");
    const { version } = (await app.api.get(path)).json;
    expect((await put(version, { subject: "A question" })).status).toBe(200);
    await pass(2 * hour);
    await pass(minute);
    expect(listAddressees()).toEqual([exampleOwner.email]);
  });

  test("goes in the variant that makes no claim", async () => {
    await attest("haveBuyer");
    const ids = [];
    for (const sentence of [claim, "How are you?"]) ids.push((await save(sentence)).json.id);
    const [templateId, other] = ids;
    const variants = [
      { templateId, weight: 1 },
      { templateId: other, weight: 1 },
    ];
    const people = Array.from({ length: 12 }, (_, index) => ({
      email: `p${index}@example.com`,
      firstName: "P",
    }));
    const body = buildLaunchBody(templateId, {
      recallSeconds: 0,
      recipients: people,
      steps: [{ templateId, variants }],
    });
    const launched = await app.api.post("/api/campaigns", body);
    expect([launched.status, launched.text]).toEqual([201, expect.anything()]);
    await withdraw();
    await pass(hour);
    const sent = app.calls.length;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(people.length);
    expect(app.calls.every(({ text }) => !text.includes("buyer"))).toBe(true);
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
