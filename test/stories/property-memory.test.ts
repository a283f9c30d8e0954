import { beforeEach, describe, expect, test } from "vitest";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { minute } from "../support/time.ts";
import {
  type ApiAnswer,
  buildCampaignBody,
  createTemplate,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

/*
 * Tests several campaigns at one property. Mary and Tom Ellison own 123 Main St. Mary refuses or
 * answers in one campaign, and later an agent of the same office starts another campaign there.
 */
const mary = { email: "mary@example.com", fullName: "Mary Ellison", contactKey: "K1" };
const tom = { email: "tom@example.com", fullName: "Tom Ellison", contactKey: "K2" };
const buyer = { email: "new.owner@example.com", fullName: "Nia Owner" };

let app: App;
let templateId = 0;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

const lead = async () => ({ token: await signToken({ role: "teamLead", at: app.api.now() }) });

let keys = 0;
/** Sends the request that creates a campaign, with a new idempotency key, as the tab does. */
async function post(
  overrides: Record<string, unknown>,
  options: { token?: string } = {},
): Promise<ApiAnswer> {
  keys += 1;
  const body = buildCampaignBody(templateId, {
    status: "active",
    recallSeconds: 0,
    recipients: [mary],
    ...overrides,
  });
  return await app.api.post("/api/campaigns", body, {
    ...options,
    headers: { "Idempotency-Key": `key-${keys}` },
  });
}

/**
 * Launches a campaign to Mary and sends the first email. Returns the ids of the recipient and the
 * campaign.
 */
async function writeToMary(
  overrides: Record<string, unknown> = {},
): Promise<{ id: number; campaignId: number }> {
  const { json } = await post({ name: "Seller outreach", ...overrides });
  await app.run();
  const [id = 0] = await listRecipientIds(json.id);
  return { id, campaignId: json.id };
}

/** Returns a header of the last sent email, unfolded. */
async function lastHeader(name: string): Promise<string> {
  const raw = (await listCapturedEmails()).at(-1)?.raw.replace(/\r\n[ \t]+/g, " ") ?? "";
  return new RegExp(`^${name}: (.*)$`, "im").exec(raw)?.[1] ?? "";
}

async function unsubscribeFromLastEmail(): Promise<void> {
  const path = /<https:\/\/[^/]+(\/u\/[^>]+)>/.exec(await lastHeader("List-Unsubscribe"))?.[1] ?? "";
  const raw = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  expect((await app.api.call("POST", path, { raw, token: null })).status).toBe(200);
}

/** Answers the last sent email with an email to its reply address. */
async function answerLastEmail(from: string, words: string): Promise<void> {
  const to = /[^\s<]+@reply\.test/.exec(await lastHeader("Reply-To"))?.[0] ?? "";
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    "Subject: Re: Your home",
    "Message-ID: <answer-1@example.com>",
    "",
    words,
  ];
  const raw = new TextEncoder().encode(lines.join("\r\n"));
  expect(await receiveEmail(app.ctx, { from, to, raw })).toEqual({ kind: "recorded" });
}

async function ask(
  contacts: readonly { email: string; contactKey?: string }[] = [mary, tom],
  propertyId = "p-1",
) {
  const asked = contacts.map(({ email, contactKey }) => ({ email, ...(contactKey ? { contactKey } : {}) }));
  const { status, json, text } = await app.api.post(`/api/properties/${propertyId}/contact-history`, {
    contacts: asked,
  });
  expect(status, text).toBe(200);
  return json;
}

const sentTo = async () => (await listCapturedEmails()).map(({ toEmail }) => toEmail);

describe("after an owner opts out,", () => {
  beforeEach(async () => {
    await writeToMary();
    app.api.advance(minute);
    await unsubscribeFromLastEmail();
  });

  test("the next launch to the co-owner is refused, and names who opted out and when", async () => {
    const answer = await post({ name: "Just sold", recipients: [tom] });
    expect(answer.status).toBe(409);
    expect(answer.json.error.code).toBe("conflict");
    expect(answer.json.error.message).toContain("Mary Ellison opted out");
    expect(answer.json.error.message).toContain("A team lead");
    expect(answer.json.error.fields).toHaveProperty("recipients.0.propertyId");
    await app.run();
    expect(await sentTo()).toEqual([mary.email]);
    const known = await ask();
    expect(known.closedBy).toMatchObject([{ kind: "unsubscribed", name: "Mary Ellison", email: mary.email }]);
    expect(known.contacts[0]).toMatchObject({
      suppressed: { reason: "unsubscribed" },
      refusedHere: { kind: "unsubscribed" },
      emailed: { count: 1, lastFrom: "Ann Agent" },
      isClosed: true,
    });
    expect(known.contacts[1]).toMatchObject({
      suppressed: null,
      refusedHere: null,
      emailed: null,
      isClosed: true,
    });
    expect(known.mayOverride).toBe(false);
  });

  test("a draft and an added recipient are refused as well", async () => {
    expect((await post({ status: "draft", recipients: [tom] })).status).toBe(409);
    const elsewhere = await post({ propertyId: null, recipients: [{ ...buyer, propertyId: "p-2" }] });
    const path = `/api/campaigns/${elsewhere.json.id}/recipients`;
    const added = await app.api.post(path, { recipients: [{ ...tom, propertyId: "p-1" }] });
    expect(added.status).toBe(409);
    expect(added.json.error.message).toContain("Mary Ellison");
    expect(await listRecipientIds(elsewhere.json.id)).toHaveLength(1);
    const at2 = { recipients: [{ ...tom, propertyId: "p-2" }] };
    expect((await app.api.post(path, at2)).json).toMatchObject({ added: 1 });
  });

  test("the property stays closed even if the campaign is deleted", async () => {
    await bindings.DB.prepare("DELETE FROM messages").run();
    await bindings.DB.prepare("DELETE FROM campaign_recipients").run();
    await bindings.DB.prepare("DELETE FROM campaigns").run();
    expect((await post({ recipients: [tom] })).status).toBe(409);
    expect((await ask()).closedBy).toMatchObject([{ name: "Mary Ellison" }]);
  });

  test("a team lead can launch with a note, an agent can't, and the person stays suppressed", async () => {
    const note = { recipients: [mary, tom], refusalNote: "Tom called and asked for the report." };
    expect((await post(note)).status).toBe(403);
    expect((await post({ recipients: [tom] }, await lead())).status).toBe(409);
    const launched = await post(note, await lead());
    expect(launched.status).toBe(201);
    expect(await listAuditedActions()).toContain("campaign.refusalsOverridden");
    app.api.advance(25 * 60 * minute);
    await app.run();
    expect(await sentTo()).toEqual([mary.email, tom.email]);
    const path = `/api/campaigns/${launched.json.id}/status`;
    expect((await app.api.patch(path, { status: "paused" })).status).toBe(200);
    expect((await app.api.patch(path, { status: "active" })).status).toBe(200);
  });

  test("lifting the suppression opens the property again", async () => {
    const body = { email: mary.email, note: "She asked to hear from us again." };
    expect((await app.api.call("DELETE", "/api/suppressions", { body, ...(await lead()) })).status).toBe(200);
    expect((await ask()).closedBy).toEqual([]);
    expect((await post({ recipients: [tom] })).status).toBe(201);
  });

  test("a sale opens the property to its new owners, but never to that person", async () => {
    const status = async (body: Record<string, unknown>) =>
      app.api.post("/api/properties/p-1/status", body, await lead());
    await status({ standardStatus: "Pending" });
    expect((await post({ recipients: [buyer] })).status).toBe(409);
    expect((await status({ standardStatus: "Closed" })).json.ownersChangedAt).not.toBeNull();
    expect((await ask([mary, buyer])).contacts).toMatchObject([
      { isClosed: false, suppressed: { reason: "unsubscribed" } },
      { isClosed: false, suppressed: null },
    ]);
    expect((await post({ recipients: [buyer] })).json.error.findings[0].code).toBe("recentlySold");
    app.api.advance(182 * 24 * 60 * minute);
    const launched = await post({ recipients: [mary, buyer], exitStatuses: [] });
    expect(launched.status).toBe(201);
    expect(await listRecipientIds(launched.json.id)).toHaveLength(1);
    app.api.advance(25 * 60 * minute);
    await app.run();
    expect(await sentTo()).toEqual([mary.email, buyer.email]);
  });

  test("new owners open the property, but an additional owner does not", async () => {
    const status = async (owners: string[]) =>
      app.api.post("/api/properties/p-1/status", { owners }, await lead());
    expect((await status(["Mary Ellison"])).json.ownersChangedAt).toBeNull();
    expect((await status(["MARY  ELLISON", "Tom Ellison"])).json.ownersChangedAt).toBeNull();
    expect((await post({ recipients: [buyer] })).status).toBe(409);
    app.api.advance(minute);
    expect((await status(["Nia Owner"])).json.ownersChangedAt).not.toBeNull();
    expect((await post({ recipients: [buyer] })).status).toBe(201);
  });
});

describe("an agent's own report about a property", () => {
  test("does not open a closed property; the report of the office's server does, once", async () => {
    await writeToMary();
    await unsubscribeFromLastEmail();
    app.api.advance(minute);
    const report = (body: Record<string, unknown>, options: { token?: string } = {}) =>
      app.api.post("/api/properties/p-1/status", body, options);
    await report({ standardStatus: "Expired" });
    expect((await report({ standardStatus: "Closed" })).json).toMatchObject({
      standardStatus: "Closed",
      ownersChangedAt: null,
    });
    const owners = await report({ owners: ["Nia Owner"] });
    expect([owners.status, owners.json.error.fields]).toEqual([
      403,
      { owners: "requires the role teamLead" },
    ]);
    const property = { standardStatus: "Closed" };
    expect((await post({ recipients: [{ ...buyer, property }] })).status).toBe(409);
    expect((await ask([buyer])).contacts).toMatchObject([{ isClosed: true }]);
    const sold = await report({ standardStatus: "Closed" }, await lead());
    expect(sold.json.ownersChangedAt).not.toBeNull();
    expect((await ask([buyer])).contacts).toMatchObject([{ isClosed: false }]);
    app.api.advance(minute);
    const again = await report({ standardStatus: "Closed" }, await lead());
    expect(again.json.ownersChangedAt).toBe(sold.json.ownersChangedAt);
  });
});

describe("an earlier owner's opt-out after the sale", () => {
  test("neither stops nor closes the emails to the new owners", async () => {
    const earlier = await writeToMary();
    const link = /<https:\/\/[^/]+(\/u\/[^>]+)>/.exec(await lastHeader("List-Unsubscribe"))?.[1] ?? "";
    app.api.advance(minute);
    await app.api.post("/api/properties/p-1/status", { owners: ["Mary Ellison"] }, await lead());
    await app.api.post("/api/properties/p-1/status", { owners: ["Nia Owner"] }, await lead());
    app.api.advance(minute);
    const theirs = await post({ name: "Welcome", recipients: [buyer], ignoresCollisions: true });
    expect(theirs.status, theirs.text).toBe(201);
    app.api.advance(minute);
    const raw = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    expect((await app.api.call("POST", link, { raw, token: null })).status).toBe(200);
    const [id = 0] = await listRecipientIds(theirs.json.id);
    expect((await app.api.get(`/api/recipients/${id}`)).json.status).toBe("active");
    expect((await app.api.get(`/api/recipients/${earlier.id}`)).json.stopReason).toBe("unsubscribed");
    expect((await ask([mary, buyer])).contacts).toMatchObject([
      { suppressed: { reason: "unsubscribed" } },
      { isClosed: false, suppressed: null },
    ]);
  });
});

describe("an outcome that an agent records", () => {
  test("as no more emails suppresses the person and closes the property", async () => {
    const { id } = await writeToMary();
    const said = { outcome: "noMore", note: "Not selling, on the phone." };
    const recorded = await app.api.post(`/api/recipients/${id}/outcome`, said);
    expect(recorded.json).toMatchObject({ status: "stopped", stopReason: "unsubscribed" });
    expect((await post({ recipients: [tom] })).json.error.message).toContain("asked for no more emails");
    expect((await ask()).contacts[0]).toMatchObject({
      suppressed: { reason: "unsubscribed" },
      refusedHere: { kind: "refused", note: "Not selling, on the phone." },
    });
  });

  test("as wrong person closes only that address, and only at that property", async () => {
    const { id } = await writeToMary();
    const recorded = await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "wrongPerson" });
    expect(recorded.json).toMatchObject({ status: "stopped", stopReason: "manual" });
    const refused = await post({ recipients: [tom, mary] });
    expect(refused.status).toBe(409);
    expect(refused.json.error.fields).toEqual({ "recipients.1.email": expect.any(String) });
    expect((await ask()).contacts).toMatchObject([{ isClosed: true }, { isClosed: false }]);
    expect((await ask()).closedBy).toEqual([]);
    expect((await post({ recipients: [tom] })).status).toBe(201);
    expect((await post({ recipients: [mary], propertyId: "p-2" })).status).toBe(201);
  });

  test("as wrong person keeps that address from being given to a waiting recipient", async () => {
    const { id } = await writeToMary();
    const waiting = await post({ recipients: [{ fullName: "The owner" }], ignoresCollisions: true });
    await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "wrongPerson" });
    const [recipientId = 0] = await listRecipientIds(waiting.json.id);
    const path = `/api/recipients/${recipientId}`;
    const refused = await app.api.patch(path, { email: mary.email });
    expect(refused.json.error).toMatchObject({ code: "conflict", fields: { email: expect.any(String) } });
    expect((await app.api.patch(path, { email: tom.email })).json.status).toBe("active");
  });

  test("as wrong person keeps a paused campaign from being resumed with that person", async () => {
    const { campaignId } = await writeToMary();
    const other = await post({ name: "Just sold", recipients: [mary, tom], ignoresCollisions: true });
    await app.api.patch(`/api/campaigns/${other.json.id}/status`, { status: "paused" });
    // Writes the row without the API. A restored database might contain such a row.
    await bindings.DB.prepare(
      `INSERT INTO refusals (tenant_id, property_id, email, kind, refused_at, recipient_id, name)
      VALUES (1, 'p-1', ?, 'wrongPerson', ?, ?, 'Mary Ellison')`,
    )
      .bind(mary.email, app.api.now(), campaignId)
      .run();
    const path = `/api/campaigns/${other.json.id}/status`;
    const resumed = await app.api.patch(path, { status: "active" });
    expect(resumed.status).toBe(409);
    expect(resumed.json.error.message).toContain("wrong person");
    const note = { status: "active", refusalNote: "It is her after all." };
    expect((await app.api.patch(path, note)).status).toBe(403);
    expect((await app.api.patch(path, note, await lead())).json.status).toBe("active");
  });
});

describe("after an owner has replied,", () => {
  test("the next launch shows who replied what and when, here and at other properties", async () => {
    const { campaignId } = await writeToMary();
    await answerLastEmail(mary.email, "Call me on Thursday after four.");
    const known = await ask();
    expect(known.closedBy).toEqual([]);
    expect(known.answers).toMatchObject([
      {
        name: "Mary Ellison",
        firstWords: "Call me on Thursday after four.",
        campaignId,
        campaignName: "Seller outreach",
      },
    ]);
    expect(known.contacts).toMatchObject([{ answered: { email: mary.email } }, { answered: null }]);
    const elsewhere = await ask([mary], "p-9");
    expect(elsewhere.answers).toEqual([]);
    expect(elsewhere.contacts[0].answered).toMatchObject({ name: "Mary Ellison" });
    const prop = ["p-9"];
    const narrow = await app.api.post(
      "/api/properties/p-9/contact-history",
      { contacts: [{ email: mary.email }] },
      { token: await signToken({ prop, at: app.api.now() }) },
    );
    expect(narrow.json.contacts[0].answered).toMatchObject({ firstWords: null });
  });
});

describe("a launch that is posted twice", () => {
  const send = (overrides: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    app.api.post(
      "/api/campaigns",
      buildCampaignBody(templateId, {
        status: "active",
        recallSeconds: 0,
        recipients: [mary, tom],
        ...overrides,
      }),
      { headers },
    );

  test("is one campaign: the second request is refused and names the first", async () => {
    const first = await send();
    const second = await send({ name: "Again", recipients: [tom, mary] });
    expect(second.status).toBe(409);
    expect(second.json.error.message).toContain(String(first.json.id));
    expect(second.json.error.fields.recipients).toContain(String(first.json.id));
    const atOnce = await Promise.all([send({ propertyId: "p-5" }), send({ propertyId: "p-5" })]);
    expect(atOnce.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  test("is two campaigns if people, steps or keys differ, or once the first has ended", async () => {
    const first = await send();
    expect((await send({ recipients: [tom] })).status).toBe(201);
    expect((await send({ steps: [{ templateId }] })).status).toBe(201);
    expect((await send({}, { "Idempotency-Key": "a-second-one" })).status).toBe(201);
    await app.api.patch(`/api/campaigns/${first.json.id}/status`, { status: "stopped" });
    expect((await send()).status).toBe(201);
  });
});
