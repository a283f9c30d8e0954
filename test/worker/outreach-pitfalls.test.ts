import PostalMime from "postal-mime";
import { beforeEach, expect, test } from "vitest";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { minute } from "../support/time.ts";
import {
  buildLaunchBody,
  buildOwners,
  buildTemplateBody,
  createLaunchedCampaign,
  createTemplate,
  getSenderId,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

/*
 * Users of other outreach tools complain about these faults. Each test shows that Doorknock does
 * not have one of the faults.
 */

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const read = async (raw: string | undefined) => PostalMime.parse(raw ?? "");
const now = { recallSeconds: 0 };

test("a reply is forwarded to the agent once, however often it is delivered", async () => {
  await createLaunchedCampaign(app.api, { ...now, replyTo: "agent@brokerage-1.example" });
  await app.run();
  const [sent] = await listCapturedEmails();
  const to = (await read(sent?.raw)).replyTo?.[0]?.address ?? "";
  const answer = ["From: jane.doe@example.com", `To: ${to}`, "Message-ID: <a1@example.com>", "", "Call me."];
  const raw = new TextEncoder().encode(answer.join("\r\n"));
  const bring = () => receiveEmail(app.ctx, { from: "jane.doe@example.com", to, raw });
  const kinds = (await Promise.all([bring(), bring(), bring()])).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["duplicate", "duplicate", "recorded"]);
  app.api.advance(60 * minute);
  expect(await bring()).toEqual({ kind: "duplicate" });
  await app.run();
  const passedOn = (await listCapturedEmails()).filter(
    ({ toEmail }) => toEmail === "agent@brokerage-1.example",
  );
  expect(passedOn.map(({ raw }) => /^X-Doorknock-Forwarded: reply/im.test(raw))).toEqual([true]);
  // A mail program may send back to us a reply that we have forwarded. The engine ignores such an
  // email.
  const back = new TextEncoder().encode(passedOn[0]?.raw);
  expect(await receiveEmail(app.ctx, { from: "agent@brokerage-1.example", to, raw: back })).toEqual({
    kind: "ignored",
  });
  expect(await listCapturedEmails()).toHaveLength(2);
});

test("GET /health/ready reports the last tick, and fails when ticks have stopped", async () => {
  const ready = async () => {
    const { status, json } = await app.api.get("/health/ready", { token: null });
    expect(json.database).toBe("ok");
    return [status, json.status, Math.floor(json.lastTickAgeMs / 1000)];
  };
  await app.tick();
  expect(await ready()).toEqual([200, "ok", 0]);
  app.api.advance(40_000);
  expect(await ready()).toEqual([200, "ok", 40]);
  app.api.advance(4 * minute);
  expect(await ready()).toEqual([503, "unavailable", 280]);
  await app.tick();
  expect(await ready()).toEqual([200, "ok", 0]);
});

test("opens by machines are counted apart from the one person who reads the email three times", async () => {
  const { id } = await createLaunchedCampaign(app.api, { ...now, recipients: buildOwners(4) });
  await app.run();
  const recipients = await listRecipientIds(id);
  await app.hear(
    recipients.map((recipientId) => ({
      ...{ kind: "opened" as const, recipientId, isMachine: true, dedupeKey: `machine-${recipientId}` },
    })),
  );
  for (const dedupeKey of ["one", "two", "three"]) {
    app.api.advance(minute);
    await app.hear([{ kind: "opened", recipientId: recipients[2] ?? 0, dedupeKey }]);
  }
  const { total } = (await app.api.get(`/api/campaigns/${id}/analytics`)).json;
  expect(total.stats).toMatchObject({ sent: 4, opened: 1, machineOpened: 4 });
  expect(total.rates.openRate).toBe(0.25);
});

test("a complaint suppresses its address at once, even for another campaign's queued emails", async () => {
  const first = await createLaunchedCampaign(app.api, now);
  await app.run();
  const token = await signToken({ role: "admin" });
  const alone = { collisionPolicy: "off", coolOffHours: 0 };
  expect((await app.api.patch("/api/tenant", alone, { token })).status).toBe(200);
  await createLaunchedCampaign(app.api, { ...now, propertyId: "p-2" });
  await app.tick();
  const jobs = app.queue.take();
  expect(jobs).toHaveLength(1);
  const [recipientId = 0] = await listRecipientIds(first.id);
  await app.hear([{ kind: "complained", recipientId, email: "jane.doe@example.com" }]);
  const { json } = await app.api.get("/api/suppressions?email=jane.doe@example.com");
  expect(json.items).toMatchObject([{ reason: "complained" }]);
  await app.deliver(jobs);
  expect(await listCapturedEmails()).toHaveLength(1);
});

test("a preview, a test email and the sent email contain the same letter, byte for byte", async () => {
  const wording = {
    subject:
      '{{#if property.city}}In {{property.city}}{{/if}}: {{recipient.salutation}} & {{default recipient.pet "Zoë\'s dog"}}',
    preheader: "For {{recipient.firstName}} <3",
    bodyHtml:
      '<p style="color:#222">Hi {{recipient.salutation}} &amp; co., “{{property.streetAddress}}”</p>' +
      '{{#each recipient.rooms}}<p>{{this}}{{#unless @last}},{{/unless}}</p>{{/each}}<p>{{default property.note "é – 👋"}}</p>',
  };
  const templateId = (await app.api.post("/api/templates", buildTemplateBody(wording))).json.id;
  const property = { streetAddress: "12 O'Hara St", city: "Troy" };
  const owner = { firstName: "Jürgen", lastName: "O'Neil", templateData: { rooms: ["<attic>", "Küche"] } };
  const email = "jane.doe@example.com";
  const { json: campaign } = await app.api.post(
    "/api/campaigns",
    buildLaunchBody(templateId, { ...now, recipients: [{ ...owner, email, property }] }),
  );
  const { templateData, ...names } = owner;
  const recipient = { ...names, ...templateData, email };
  const shown = await app.api.post("/api/templates/preview", { templateId, recipient, property });
  const [recipientId = 0] = await listRecipientIds(campaign.id);
  await app.api.post(`/api/templates/${templateId}/test-send`, { senderId: getSenderId(1), recipientId });
  await app.run();
  const emails = await listCapturedEmails();
  const partsOf = ({ subject, html, text }: { subject?: string; html?: string; text?: string }) => ({
    subject: subject?.replace(/^\[Test\] /, ""),
    preheader: /display:none[^>]*>([^&]+(?:&lt;)?[^&]*)/.exec(html ?? "")?.[1],
    letter: /<td class="letter"[^>]*><div[^>]*>\n([\s\S]*?)\n<\/div><\/td>/.exec(html ?? "")?.[1],
    text: text?.replace(/\r\n/g, "\n").split("\n\nBrokerage 1")[0],
  });
  const [preview, ...sent] = [shown.json, ...(await Promise.all(emails.map(({ raw }) => read(raw))))].map(
    partsOf,
  );
  expect(preview).toMatchObject({
    subject: "In Troy: Jürgen & Zoë's dog",
    letter: expect.stringContaining("“12 O'Hara St”</p><p>&lt;attic&gt;,</p><p>Küche</p><p>é – 👋</p>"),
  });
  expect(sent).toEqual([preview, preview]);
});

test("an address in capitals, with no-break spaces and in lower case is one person", async () => {
  const recipients = ["JANE.DOE@EXAMPLE.COM", "\u00a0jane.doe@example.com\u00a0", "Jane.Doe@Example.com"];
  const { id } = await createLaunchedCampaign(app.api, {
    ...now,
    recipients: recipients.map((email) => ({ email })),
  });
  await app.run();
  expect((await listCapturedEmails()).map(({ toEmail }) => toEmail)).toEqual(["jane.doe@example.com"]);
  expect(await listRecipientIds(id)).toHaveLength(1);
});

test("a preview never shows `undefined` or `null` for a missing value", async () => {
  const templateId = await createTemplate(app.api);
  for (const data of [{}, { recipient: {}, property: {} }, { recipient: { firstName: null } }]) {
    const { json } = await app.api.post("/api/templates/preview", { templateId, ...data });
    expect(json.html + json.subject + json.text).not.toMatch(/undefined|null|NaN|\[object/);
  }
});
