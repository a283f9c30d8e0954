import { beforeEach, describe, expect, test } from "vitest";
import { storeUnsentAnswer } from "../../worker/db/answers.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { createScope } from "../../worker/db/scope.ts";
import { findSender } from "../../worker/db/senders.ts";
import { findTenant } from "../../worker/db/tenants.ts";
import { listReplies } from "../../worker/db/timelines.ts";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { sendAnswer } from "../../worker/send/answer.ts";
import { minute } from "../support/time.ts";
import {
  buildCampaignBody,
  createTemplate,
  getSenderId,
  listRecipientIds,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

/*
 * Tests answers that an agent sends from the tab to Mary, who has replied to an email about her
 * home.
 */
const mary = { email: "mary@example.com", fullName: "Mary Ellison" };

let app: App;
let maryId = 0;
let replyTo = "";

beforeEach(async () => {
  app = await openApp();
  const templateId = await createTemplate(app.api);
  const launch = { steps: [{ templateId }], status: "active", recallSeconds: 0, recipients: [mary] };
  const { json } = await app.api.post("/api/campaigns", buildCampaignBody(templateId, launch));
  [maryId = 0] = await listRecipientIds(json.id);
  await app.run();
  const [email] = await listCapturedEmails();
  replyTo = readHeader(email?.raw ?? "", "Reply-To").match(/[^\s<]+@reply\.test/)?.[0] ?? "";
});

const unfold = (raw: string) => raw.replace(/\r\n[ \t]+/g, " ");
const readHeader = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, "im").exec(unfold(raw))?.[1]?.trim() ?? "";

async function replyAsMary(words = "What is it worth?\n\n> quoted", id = "m1@example.com"): Promise<void> {
  const lines = [`From: ${mary.email}`, `To: ${replyTo}`, "Subject: Re: Your home", `Message-ID: <${id}>`];
  const raw = new TextEncoder().encode([...lines, "", words].join("\r\n"));
  await receiveEmail(app.ctx, { from: mary.email, to: replyTo, raw });
  app.advance(minute);
}

const answer = (body: Record<string, unknown>, key = "k-1") =>
  app.api.post(`/api/recipients/${maryId}/answers`, body, { headers: { "Idempotency-Key": key } });

/**
 * Returns the sent emails, the newest last. Leaves out the replies that were forwarded to the
 * agent.
 */
const listSent = async () =>
  (await listCapturedEmails()).filter(({ raw }) => !/^x-doorknock-forwarded:/im.test(raw));
const readAnswer = async () => (await listSent()).at(-1)?.raw ?? "";
const listAnswered = async () => (await app.api.get(`/api/recipients/${maryId}`)).json.answers;

const buildAudit = () => ({
  id: app.ctx.newId(),
  actor: "agent-1",
  action: "recipient.answered",
  subject: `recipients/${maryId}`,
  at: app.now(),
});

/**
 * Sends an answer through the engine's provider, so that a test can choose the outcome of the
 * sending. Returns the result of `sendAnswer`.
 */
async function answerThroughEngine() {
  const scope = createScope(app.ctx.db, 1);
  const [candidate] = await loadCandidates(app.ctx.db, [maryId], 1);
  const [reply] = await listReplies(scope, maryId);
  const [sender, tenant] = [await findSender(scope, getSenderId(1)), await findTenant(scope)];
  if (!candidate || !reply || !sender || !tenant) throw new Error("nothing to answer");
  const words = { emailSubject: null, bodyText: "Hello", idempotencyKey: "k-9", audit: buildAudit() };
  return await sendAnswer(app.ctx, scope, { candidate, reply, sender, tenant, ...words });
}

const listWaiting = async () => (await app.api.get("/api/replies")).json.items;

describe("an answer to a reply", () => {
  beforeEach(() => replyAsMary());

  test("goes once, in the thread, with the reply quoted and without what belongs to outreach", async () => {
    const { status, json, text } = await answer({ bodyText: "About $600,000.\n\nShall we talk on Friday?" });
    expect(status, text).toBe(201);
    expect(json.answers).toMatchObject([{ status: "sent", subject: "Re: Your home", failure: null }]);
    const raw = await readAnswer();
    const [first] = await listSent();
    expect(readHeader(raw, "To")).toContain(mary.email);
    expect(readHeader(raw, "In-Reply-To")).toBe("<m1@example.com>");
    expect(readHeader(raw, "References")).toBe(
      `${readHeader(first?.raw ?? "", "Message-ID")} <m1@example.com>`,
    );
    expect(readHeader(raw, "Reply-To")).toContain("@reply.test");
    expect(raw).toContain("Shall we talk on Friday?");
    expect(raw).toContain("> What is it worth?");
    expect(raw).not.toMatch(/list-unsubscribe|unsubscribe|advertisement|\/o\/|\/c\//i);
  });

  test("in Spanish has the lines around it in Spanish too", async () => {
    await answer({ bodyText: "Hola Mary, gracias por su respuesta. ¿Hablamos el viernes?" });
    const raw = (await readAnswer()).replace(/=\r?\n/g, "");
    expect(raw).toMatch(/<html lang=(3D)?"es">/);
    expect(raw).toMatch(/El \d+ de \w+ de \d{4}, Mary Ellison escribi/);
    await answer({ bodyText: "Thanks for the answer, and see you on Friday." }, "k-2");
    expect(await readAnswer()).toMatch(/On \w+ \d+, \d{4}, Mary Ellison wrote:/);
  });

  test("can begin from a snippet of the office, with the person's values in it", async () => {
    const token = await signToken({ role: "teamLead", at: app.now() });
    const snippets = [
      { name: "About us", bodyHtml: "<p>Hi {{recipient.firstName}}!</p><p>We know every <b>roof</b>.</p>" },
      { name: "Open house", bodyHtml: "<p>See you on {{recipient.openHouseDay}}.</p>" },
    ];
    for (const snippet of snippets)
      expect((await app.api.post("/api/snippets", snippet, { token })).status).toBe(201);
    const { json } = await app.api.get(`/api/recipients/${maryId}/snippets`);
    expect(json.items).toMatchObject([
      { name: "About us", bodyText: "Hi Mary!\n\nWe know every roof.", missing: [] },
      { name: "Open house", missing: ["Open house day"] },
    ]);
  });

  test("takes the reply off the list of replies to handle", async () => {
    expect(await listWaiting()).toHaveLength(1);
    await answer({ bodyText: "Hello" });
    expect(await listWaiting()).toEqual([]);
  });

  test("is sent once if the request comes twice, also at the same time", async () => {
    const before = (await listSent()).length;
    await Promise.all([answer({ bodyText: "Hello" }), answer({ bodyText: "Hello" })]);
    await answer({ bodyText: "Hello" });
    expect((await listSent()).length - before).toBe(1);
    await answer({ bodyText: "And one more" }, "k-2");
    expect((await listSent()).length - before).toBe(2);
  });

  test("lets the person's next email land in the same thread", async () => {
    await answer({ bodyText: "Hello" });
    const token = readHeader(await readAnswer(), "Reply-To").match(/[^\s<]+@reply\.test/)?.[0] ?? "";
    expect(token).toBe(replyTo);
    await replyAsMary("Friday is fine.", "m2@example.com");
    expect(await listWaiting()).toMatchObject([{ firstWords: "Friday is fine." }]);
  });

  test("to a person who wants no more emails needs a confirmation that says so", async () => {
    await suppressAddress(mary.email);
    const { status, json } = await answer({ bodyText: "Hello" });
    expect([status, Object.keys(json.error.fields)]).toEqual([409, ["confirmsSuppressed"]]);
    expect(await listSent()).toHaveLength(1);
    expect((await answer({ bodyText: "Hello", confirmsSuppressed: true })).status).toBe(201);
  });

  test("needs an Idempotency-Key and words", async () => {
    const { status, json } = await app.api.post(`/api/recipients/${maryId}/answers`, { bodyText: "Hello" });
    expect([status, Object.keys(json.error.fields)]).toEqual([400, ["Idempotency-Key"]]);
    expect((await answer({ bodyText: "   " })).status).toBe(400);
  });

  test("keeps the sender's daily cap", async () => {
    await bindings.DB.prepare("UPDATE senders SET daily_cap = 1 WHERE id = ?").bind(getSenderId(1)).run();
    expect((await answer({ bodyText: "Hello" })).status).toBe(409);
    expect(await listSent()).toHaveLength(1);
    expect(await listWaiting()).toHaveLength(1);
  });

  test("is refused while the office's outreach is stopped", async () => {
    await bindings.DB.prepare("UPDATE tenants SET stopped_at = 1 WHERE id = 1").run();
    expect((await answer({ bodyText: "Hello" })).status).toBe(409);
    expect(await listSent()).toHaveLength(1);
  });

  test("that the service refuses says so, and the reply stays to handle", async () => {
    app.answerWith(() => ({ kind: "refused", fault: "recipient", status: "5.1.1", detail: "no such user" }));
    await answerThroughEngine();
    expect(await listAnswered()).toMatchObject([{ status: "failed" }]);
    expect(await listWaiting()).toHaveLength(1);
  });

  test("whose call has no result is shown as probably sent, and never as sent", async () => {
    app.answerWith(() => ({ kind: "unknown", detail: "time-out" }));
    await answerThroughEngine();
    expect(await listAnswered()).toMatchObject([{ status: "probablySent" }]);
  });

  test("whose Worker died during the call is shown as probably sent after two minutes", async () => {
    const written = { id: app.ctx.newId(), recipientId: maryId, idempotencyKey: "k-1" };
    await storeUnsentAnswer(
      createScope(app.ctx.db, 1),
      { ...written, subject: "Re: Your home", bodyText: "Hello" },
      buildAudit(),
    );
    expect(await listAnswered()).toMatchObject([{ status: "sending" }]);
    app.advance(2 * minute);
    expect(await listAnswered()).toMatchObject([{ status: "probablySent" }]);
  });

  test("cannot carry markup of the agent's or the person's words into the letter", async () => {
    await replyAsMary("<img src=x onerror=alert(1)>", "m3@example.com");
    await answer({ bodyText: "<script>alert(2)</script>" });
    const raw = await readAnswer();
    const html = raw.slice(raw.indexOf("text/html"));
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toMatch(/<script|<img/i);
  });
});

test("an answer to a person who has not replied is refused", async () => {
  expect((await answer({ bodyText: "Hello" })).status).toBe(409);
});
