import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchBody, buildTemplateBody, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

type Launch = { bodyHtml?: string; emails?: number; state?: string; type?: string; people?: number };

/** Returns the codes of the warnings that the plan shows before the launch. */
async function warnBefore({ bodyHtml, emails = 1, state = "NY", type }: Launch): Promise<string[]> {
  const steps = Array.from({ length: emails }, () => ({ templateId: 1 }));
  const sequence = bodyHtml === undefined ? { steps } : { sequenceId: await saveSequence(bodyHtml, emails) };
  const { json, text } = await app.api.post("/api/campaigns/plan", {
    ...sequence,
    type: type ?? "sellerOutreach",
    senderId: 101,
    recipients: [{ property: { stateOrProvince: state } }],
  });
  if (json.warnings === undefined) throw new Error(text);
  return json.warnings.map(({ reason }: { reason: { code: string } }) => reason.code);
}

async function saveSequence(bodyHtml: string, emails: number): Promise<string> {
  const steps = Array.from({ length: emails }, (_, index) => ({
    ...{ id: index + 1, kind: "email", delayDays: index === 0 ? 0 : 3 },
    letter: { subject: `Letter ${index + 1}`, bodyHtml },
  }));
  const { json, text } = await app.api.post("/api/sequences", { name: "Letters", steps });
  if (json.id === undefined) throw new Error(text);
  return json.id;
}

/** Returns the codes of the warnings that the check of a stored draft (the preflight) shows. */
async function warnInPreflight(launch: Launch): Promise<string[]> {
  const { bodyHtml = "<p>Hi</p>", emails = 1, state = "NY", type = "sellerOutreach", people = 1 } = launch;
  const template = await app.api.post("/api/templates", buildTemplateBody({ bodyHtml }));
  const draft = buildLaunchBody(template.json.id, {
    status: "draft",
    steps: Array.from({ length: emails }, () => ({ templateId: template.json.id })),
    type,
    recipients: Array.from({ length: people }, (_, index) => ({
      ...{ email: `owner-${index}@example.com`, property: { stateOrProvince: state } },
    })),
  });
  const { id } = (await app.api.post("/api/campaigns", draft)).json;
  const { json } = await app.api.post(`/api/campaigns/${id}/preflight`, {});
  return json.warnings.map(({ reason }: { reason: { code: string } }) => reason.code);
}

const free = "<p>Ask me for a free home valuation.</p>";

describe.each([
  ["the plan before a launch", warnBefore],
  ["the preflight of a draft", warnInPreflight],
])("%s", (_, warn) => {
  beforeEach(async () => {
    const admin = { token: await signToken({ role: "admin", at: app.api.now() }) };
    await app.api.post("/api/tenant/claims", { claim: "somethingFree", words: "It costs nothing." }, admin);
  });

  test("warns of a fourth email to an owner, and of no third", async () => {
    expect(await warn({ emails: 3 })).toEqual([]);
    expect(await warn({ emails: 4 })).toEqual(["manyEmails"]);
  });

  test("warns of a free offer about a home in New Jersey, and in no other state", async () => {
    expect(await warn({ bodyHtml: free, state: "NJ" })).toContain("freeOfferInNewJersey");
    expect(await warn({ bodyHtml: free, state: "NY" })).toEqual([]);
    expect(await warn({ bodyHtml: "<p>Feel free to write.</p>", state: "NJ" })).not.toContain(
      "freeOfferInNewJersey",
    );
  });

  test("warns if the sender is licensed in another state than the home's", async () => {
    expect(await warn({ state: "CO" })).toEqual(["licensedElsewhere"]);
  });
});

test("the plan of a campaign to buyers may have four emails without a warning", async () => {
  expect(await warnBefore({ emails: 4, type: "buyerNurture" })).toEqual([]);
});

test("the plan warns nobody about the license of another office's sender", async () => {
  const body = { steps: [{ templateId: 1 }], senderId: 201, recipients: [{ property: { state: "CO" } }] };
  expect((await app.api.post("/api/campaigns/plan", body)).json.warnings).toEqual([]);
});

test("the preflight warns of a campaign to more than fifty owners, but not to fifty or to buyers", async () => {
  expect(await warnInPreflight({ people: 50 })).toEqual([]);
  expect(await warnInPreflight({ people: 51 })).toEqual(["manyOwners"]);
  expect(await warnInPreflight({ people: 51, type: "buyerNurture" })).toEqual([]);
});

test("the check of people to add tells how many the campaign has, and above which number to warn", async () => {
  const template = await app.api.post("/api/templates", buildTemplateBody({}));
  const check = async (type: string) => {
    const people = [{ email: `${type}@example.com` }];
    const draft = buildLaunchBody(template.json.id, { status: "draft", type, recipients: people });
    const { id } = (await app.api.post("/api/campaigns", draft)).json;
    const recipients = [{ email: "new@example.com" }];
    return (await app.api.post(`/api/campaigns/${id}/recipients/check`, { recipients })).json;
  };
  expect(await check("sellerOutreach")).toMatchObject({ recipients: 1, warnsAbove: 50 });
  expect(await check("buyerNurture")).toMatchObject({ recipients: 1, warnsAbove: null });
});
