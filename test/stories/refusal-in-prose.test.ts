import { beforeEach, describe, expect, test } from "vitest";
import { listBlockedContacts, listNewestRefusalPerPerson } from "../../worker/db/contact-history.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { day, minute } from "../support/time.ts";
import {
  type ApiAnswer,
  buildCampaignBody,
  createTemplate,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

/*
 * Mary and Tom Ellison own 123 Main St. Mary answers in her own words that the couple does not want
 * to sell. Until an agent decides what the answer means, nobody can launch at the property. After a
 * confirmed refusal, nobody can launch until the house has other owners.
 */
const mary = { email: "mary@example.com", fullName: "Mary Ellison", contactKey: "K1" };
const tom = { email: "tom@example.com", fullName: "Tom Ellison", contactKey: "K2" };
const nia = { email: "nia@example.com", fullName: "Nia Owner" };
const words = "We are not selling, sorry. We love it here.";

let app: App;
let templateId = 0;
let recipient = { id: 0, campaignId: 0 };
let keys = 0;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
  recipient = await writeToMary();
  app.api.advance(minute);
});

const lead = async () => ({ token: await signToken({ role: "teamLead", at: app.api.now() }) });
const colleague = async () => ({ token: await signToken({ claims: { sub: "agent-2" }, at: app.api.now() }) });

async function launch(
  overrides: Record<string, unknown>,
  options: { token?: string } = {},
): Promise<ApiAnswer> {
  keys += 1;
  const body = buildCampaignBody(templateId, { status: "active", recallSeconds: 0, ...overrides });
  const headers = { "Idempotency-Key": `key-${keys}` };
  return await app.api.post("/api/campaigns", body, { ...options, headers });
}

async function writeToMary(): Promise<{ id: number; campaignId: number }> {
  const { json } = await launch({ name: "Seller outreach", recipients: [mary] });
  await app.run();
  const [id = 0] = await listRecipientIds(json.id);
  return { id, campaignId: json.id };
}

let answers = 0;
async function answerLastEmail(text: string, from = mary.email): Promise<void> {
  answers += 1;
  // The captured emails include replies that Doorknock forwarded to the agent. A forwarded reply
  // has another Reply-To.
  const addresses = (await listCapturedEmails()).flatMap(({ raw }) => {
    return /^Reply-To: .*?([^\s<]+@reply\.test)/im.exec(raw.replace(/\r\n[ \t]+/g, " "))?.[1] ?? [];
  });
  const to = addresses.at(-1) ?? "";
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    "Subject: Re: Your home",
    `Message-ID: <answer-${answers}@example.com>`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
  ];
  const raw = new TextEncoder().encode(lines.join("\r\n"));
  expect(await receiveEmail(app.ctx, { from, to, raw })).toEqual({ kind: "recorded" });
}

const decide = (outcome: string, options: { token?: string } = {}) =>
  app.api.post(`/api/recipients/${recipient.id}/outcome`, { outcome }, options);
const look = async () => (await app.api.get(`/api/recipients/${recipient.id}`)).json;

describe("a reply that may be a refusal", () => {
  beforeEach(() => answerLastEmail(words));

  test("is shown as a question with the reply's text, and suppresses nobody", async () => {
    expect((await look()).refusal).toMatchObject({
      kind: "undecided",
      email: mary.email,
      replyText: words,
      recipientId: recipient.id,
    });
    expect((await app.api.get("/api/suppressions")).json.items).toEqual([]);
  });

  test("blocks new emails to the whole property until somebody decides", async () => {
    const tomAlone = await launch({ recipients: [tom] }, await colleague());
    expect(tomAlone.status).toBe(409);
    expect(tomAlone.json.error.message).toContain("Mary Ellison may have said no");
    expect(tomAlone.json.error.message).toContain("We are not selling");
    expect((await launch({ status: "draft", recipients: [tom] })).status).toBe(409);
    const elsewhere = await launch({ propertyId: null, recipients: [{ ...nia, propertyId: "p-2" }] });
    const path = `/api/campaigns/${elsewhere.json.id}/recipients`;
    const added = await app.api.post(path, { recipients: [{ ...tom, propertyId: "p-1" }] });
    expect([added.status, added.json.error.fields]).toEqual([
      409,
      { "recipients.0.propertyId": added.json.error.message },
    ]);
  });

  test("blocks emails to its writer about every other home until somebody decides", async () => {
    const refused = await launch({ propertyId: "p-9", recipients: [mary] }, await colleague());
    expect([refused.status, refused.json.error.fields]).toEqual([
      409,
      { "recipients.0.email": refused.json.error.message },
    ]);
    expect(refused.json.error.message).toContain("Mary Ellison may have said no about another home");
    expect(refused.json.error.reason).toMatchObject({ elsewhere: true, remedy: "decide", reply: words });
    // Tom has said nothing about another home.
    const other = await launch({ propertyId: null, recipients: [{ ...tom, propertyId: "p-9" }] });
    expect(other.status, other.text).toBe(201);
    const people = { recipients: [{ ...mary, propertyId: "p-8" }] };
    expect((await app.api.post(`/api/campaigns/${other.json.id}/recipients`, people)).status).toBe(409);
    const checked = await app.api.post(`/api/campaigns/${other.json.id}/recipients/check`, people);
    expect(checked.json.items).toMatchObject([{ verdict: "refused", reason: { elsewhere: true } }]);
    const marks = await app.api.post("/api/properties/p-9/contact-history", {
      contacts: [{ email: mary.email }, { email: tom.email }],
    });
    expect(marks.json.contacts).toMatchObject([
      { undecidedElsewhere: expect.any(String), refusedHere: null, isClosed: true },
      { undecidedElsewhere: null, isClosed: false },
    ]);
    await decide("notSelling");
    expect((await launch({ propertyId: "p-9", recipients: [mary] })).status).toBe(201);
  });

  test("about another home is quoted only to agents who may see that home", async () => {
    const token = await signToken({ prop: ["p-9"], claims: { sub: "agent-2" }, at: app.api.now() });
    const refused = await launch({ propertyId: "p-9", recipients: [mary] }, { token });
    expect(refused.json.error.reason).toMatchObject({ elsewhere: true, reply: null });
    expect(refused.text).not.toContain("We are not selling");
  });

  test("that an agent confirms blocks the household for every agent until the owners change", async () => {
    const decided = await decide("notSelling");
    expect(decided.json.refusal).toMatchObject({ kind: "notSelling", replyText: words });
    for (const people of [[mary], [tom]]) {
      const refused = await launch({ recipients: people }, await colleague());
      expect(refused.json.error.message).toContain("Mary Ellison said they're not selling");
      expect(refused.json.error.message).toContain("We are not selling");
    }
    // Mary has refused at one property only, so a launch to Mary at another property is allowed.
    expect((await launch({ propertyId: "p-9", recipients: [mary] })).status).toBe(201);
    app.api.advance(day);
    const token = await signToken({ role: "teamLead", at: app.api.now() });
    const status = (owners: string[]) => app.api.post("/api/properties/p-1/status", { owners }, { token });
    await status(["Mary Ellison", "Tom Ellison"]);
    expect((await launch({ recipients: [nia] })).status).toBe(409);
    await status(["Nia Owner"]);
    const toNewOwner = await launch({ recipients: [nia] });
    expect(toNewOwner.status, toNewOwner.text).toBe(201);
  });

  test("that is confirmed stays in force after its campaign is archived", async () => {
    await decide("notSelling");
    for (const status of ["stopped", "archived"])
      await app.api.patch(`/api/campaigns/${recipient.campaignId}/status`, { status });
    expect((await launch({ recipients: [tom] })).status).toBe(409);
  });

  test("that an agent declares to be none opens the property again", async () => {
    expect((await decide("notRefused")).json.refusal).toBeNull();
    expect((await launch({ recipients: [tom] })).status).toBe(201);
    expect(await listAuditedActions()).toContain("recipient.outcome");
  });

  test("that is confirmed can be taken back only by a team lead", async () => {
    await decide("notSelling");
    const refused = await decide("notRefused");
    expect([refused.status, refused.json.error.code]).toEqual([403, "forbidden"]);
    expect((await launch({ recipients: [tom] })).status).toBe(409);
    expect((await decide("notRefused", await lead())).status).toBe(200);
    expect((await launch({ recipients: [tom] })).status).toBe(201);
  });

  test("can be followed by a request for no more emails, which is stronger", async () => {
    expect((await decide("noMore")).json.refusal).toMatchObject({ kind: "refused", replyText: words });
    expect((await app.api.get("/api/suppressions")).json.items).toMatchObject([{ email: mary.email }]);
  });

  test("counts again in a campaign that a team lead launched in spite of it", async () => {
    await decide("notSelling");
    app.api.advance(minute);
    const again = await launch({ recipients: [mary], refusalNote: "Mary called us." }, await lead());
    expect(again.status, again.text).toBe(201);
    app.api.advance(2 * day);
    await app.run();
    app.api.advance(minute);
    await answerLastEmail("I told you we are not interested.");
    const path = `/api/campaigns/${again.json.id}/recipients`;
    expect((await app.api.post(path, { recipients: [tom] })).status).toBe(409);
  });
});

test("a draft about another home cannot be launched while its recipient's reply is undecided", async () => {
  const draft = await launch({ status: "draft", propertyId: "p-9", recipients: [mary] });
  expect(draft.status, draft.text).toBe(201);
  await answerLastEmail(words);
  const activate = () => app.api.patch(`/api/campaigns/${draft.json.id}/status`, { status: "active" });
  const refused = await activate();
  expect([refused.status, refused.json.error.reason]).toMatchObject([409, { elsewhere: true }]);
  await decide("notSelling");
  expect((await activate()).status).toBe(200);
});

test("undecided replies are found by an index, however many refusals the office has", async () => {
  await answerLastEmail(words);
  await bindings.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
     INSERT INTO refusals (tenant_id, property_id, email, kind, refused_at, recipient_id, name)
     SELECT 1, 'other-' || i, 'o' || i || '@example.com', iif(i % 2, 'notSelling', 'undecided'), 1, 0, '' FROM n`,
  ).run();
  const { d1, cost } = meterDatabase(bindings.DB);
  const scope = createScope(openDatabase(d1), 1);
  const people = Array.from({ length: 200 }, (_, i) => ({
    email: `new-${i}@example.com`,
    propertyId: "p-9",
  }));
  expect(await listNewestRefusalPerPerson(scope, people, 0)).toEqual([]);
  expect(cost.rowsRead).toBeLessThanOrEqual(3 * people.length);
  const campaign = meterDatabase(bindings.DB);
  const launched = { to: { campaignId: recipient.campaignId }, overriddenAt: 0 };
  await listBlockedContacts(createScope(openDatabase(campaign.d1), 1), launched);
  // One row of the index per undecided reply, and a lookup that finds nobody.
  expect(campaign.cost.rowsRead).toBeLessThanOrEqual(1_050);
  const found = await listNewestRefusalPerPerson(scope, [{ email: mary.email, propertyId: "p-9" }], 0);
  expect(found).toMatchObject([{ isElsewhere: true, refusal: { kind: "undecided" } }]);
});

async function readAs(reading: string) {
  type Event = { replyId: string | null };
  const events = (await look()).messages.flatMap((message: { events: Event[] }) => message.events);
  const replyId = events.findLast((event: Event) => event.replyId !== null)?.replyId;
  return await app.api.post(`/api/recipients/${recipient.id}/replies/${replyId}`, { reading });
}

test("a reply that may be an opt-out closes the property until it is marked as a reply", async () => {
  await answerLastEmail("Please stop emailing me, call me instead.");
  expect((await launch({ recipients: [tom] })).status).toBe(409);
  expect((await readAs("reply")).json.refusal).toBeNull();
  expect((await launch({ recipients: [tom] })).status).toBe(201);
});

test("a refusal that turns out to be an automatic reply closes nothing", async () => {
  await answerLastEmail("We are not selling anything here any more.");
  expect((await readAs("absence")).json.refusal).toBeNull();
  expect((await launch({ recipients: [tom], propertyId: "p-1" })).status).toBe(201);
});

test("an automatic reply does not cancel the refusal in another reply", async () => {
  await answerLastEmail(words);
  app.api.advance(minute);
  await answerLastEmail("Not interested.");
  expect((await readAs("absence")).json.refusal).toMatchObject({ kind: "undecided" });
  expect((await launch({ recipients: [tom] })).status).toBe(409);
});

test("a reply that allows a later contact closes nothing", async () => {
  await answerLastEmail("We are not selling until spring, call me then.");
  expect((await look()).refusal).toBeNull();
  expect((await launch({ recipients: [tom] })).status).toBe(201);
});

test("an opt-out from another address is shown as a question and suppresses nobody", async () => {
  await answerLastEmail("Please unsubscribe me.", "mary.private@example.com");
  expect((await look()).refusal).toMatchObject({ kind: "undecided" });
  expect((await app.api.get("/api/suppressions")).json.items).toEqual([]);
});
