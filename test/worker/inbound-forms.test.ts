import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { getLinkSigner } from "../../worker/links.ts";
import { createInboundKey } from "../../worker/mail/inbound/key.ts";
import { type Api, type ApiAnswer, createApi } from "../support/worker/api.ts";
import {
  insertMessage,
  openWebhookAccounts,
  type WebhookPoster,
  webhookAccountIds,
} from "../support/worker/webhook-posts.ts";
import { bindings, createWorld, emptyDatabase, worldIds } from "../support/worker/world.ts";

/*
 * Tests replies that mail services post to the Worker as a form. Such a form contains either the
 * email's parts as fields, each with a charset of its own, or the whole email.
 */

let api: Api;
let posts: WebhookPoster;
let replyAddress = "";
const boundary = "xYzZY";

beforeEach(async () => {
  await emptyDatabase();
  api = createApi();
  await createWorld({ now: api.now(), steps: [{}, { delayDays: 3 }] });
  await insertMessage(worldIds.firstRecipient, 1);
  posts = await openWebhookAccounts(api);
  const signer = await getLinkSigner(createContext(bindings, { now: api.now }));
  const reference = { tenantId: worldIds.tenant, recipientId: worldIds.firstRecipient, stepNumber: 1 };
  replyAddress = `${await signer.signMailbox({ kind: "reply", reference })}@reply.test`;
});

/** Builds the body of a multipart form. Each character of a value is one byte. */
function multipart(fields: Record<string, string>): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return Uint8Array.from(`${parts.join("")}--${boundary}--\r\n`, (char) => char.charCodeAt(0));
}

async function postSendgrid(fields: Record<string, string>, key?: string): Promise<ApiAnswer> {
  const { settings } = createContext(bindings, { now: api.now });
  const own = await createInboundKey(settings.LINK_KEY, webhookAccountIds.sendgrid);
  const path = `/webhooks/inbound/${webhookAccountIds.sendgrid}?key=${key ?? own}`;
  return posts.post(path, multipart(fields), { "content-type": `multipart/form-data; boundary=${boundary}` });
}

async function postMailgun(fields: Record<string, string>): Promise<ApiAnswer> {
  const body = multipart({ ...fields, ...(await posts.sign({})) });
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return posts.post(`/webhooks/inbound/${webhookAccountIds.mailgun}`, body, headers);
}

async function stored() {
  const { results } = await bindings.DB.prepare(
    "SELECT recipient_id AS recipientId, kind, data->>'subject' AS subject, data->>'text' AS text FROM events",
  ).all();
  return results;
}

const head =
  "From: Jane Doe <jane.doe@example.com>\r\nMessage-ID: <m1@example.com>\r\nSubject: Re: 123 Main St\r\n";
const envelope = (from: string) => JSON.stringify({ to: [replyAddress], from });
const reply = {
  recipientId: worldIds.firstRecipient,
  kind: "replied",
  subject: "Re: 123 Main St",
  text: "Call me.",
};

describe("SendGrid's inbound post", () => {
  test("with separate fields is recorded as a reply once", async () => {
    const fields = () => ({
      headers: head,
      envelope: envelope("jane.doe@example.com"),
      subject: "Re: 123 Main St",
      text: "Call me.\r\n\r\n> Would you sell?",
    });
    expect((await postSendgrid(fields())).json).toEqual({ result: "recorded" });
    expect((await postSendgrid(fields())).json).toEqual({ result: "duplicate" });
    expect(await stored()).toEqual([reply]);
  });

  test("with the raw email is recorded as a reply", async () => {
    const email = `${head}\r\nCall me.\r\n`;
    expect((await postSendgrid({ email, envelope: envelope("jane.doe@example.com") })).status).toBe(200);
    expect(await stored()).toEqual([reply]);
  });

  test("is read in the charset that it names for each field", async () => {
    await postSendgrid({
      headers: head.replace("Re: 123 Main St", "=?cp850?q?pidi=A2?="),
      envelope: envelope("jane.doe@example.com"),
      subject: "pidi\xa2",
      text: "It\x92s sold\x85",
      charsets: JSON.stringify({ subject: "cp850", text: "windows-1252", html: "iso-8859-1" }),
    });
    expect(await stored()).toEqual([{ ...reply, subject: "pidió", text: "It’s sold…" }]);
  });

  test.each([
    ["without an envelope is a person's", () => ({ to: replyAddress }), "replied"],
    ["from the null sender is a machine's", () => ({ envelope: envelope("") }), "autoReplied"],
  ])("%s", async (_, to, kind) => {
    await postSendgrid({ headers: head, subject: "Re: 123 Main St", text: "Call me.", ...to() });
    expect(await stored()).toEqual([{ ...reply, kind }]);
  });

  test("with an empty text is read from its HTML, without the quotation", async () => {
    const html = "<p>Call me.</p><blockquote>Is it for sale?</blockquote>";
    await postSendgrid({ headers: head, envelope: envelope("jane.doe@example.com"), text: " ", html });
    expect(await stored()).toEqual([reply]);
  });

  test("with wrong charsets is read as Windows-1252", async () => {
    const texts = { text: "D\u00e9sol\u00e9e, non.", charsets: JSON.stringify({ text: "UTF-8" }) };
    await postSendgrid({ headers: head, envelope: envelope("jane.doe@example.com"), ...texts });
    expect(await stored()).toEqual([{ ...reply, text: "Désolée, non." }]);
  });

  test("is refused without its own account's key, and nothing is stored", async () => {
    const { settings } = createContext(bindings, { now: api.now });
    const others = await createInboundKey(settings.LINK_KEY, webhookAccountIds.mailgun);
    for (const key of ["", others]) {
      const { status } = await postSendgrid(
        { headers: head, envelope: envelope("a@example.com"), text: "x" },
        key,
      );
      expect(status).toBe(403);
    }
    expect(await stored()).toEqual([]);
  });
});

describe("Mailgun's inbound post", () => {
  const headers = JSON.stringify([
    ["From", "Jane Doe <jane.doe@example.com>"],
    ["Message-Id", "<m1@example.com>"],
    ["Subject", "Re: 123 Main St"],
    ["Content-Type", ["multipart/alternative", { boundary: "b" }]],
  ]);
  const fields = () => ({
    recipient: replyAddress,
    sender: "jane.doe@example.com",
    "message-headers": headers,
  });

  test("with separate fields is recorded as a reply, with the text that Mailgun stripped", async () => {
    const texts = { "body-plain": "Call me.\r\n\r\nJane, Main St\r\n", "stripped-text": "Call me." };
    expect((await postMailgun({ ...fields(), ...texts })).json).toEqual({ result: "recorded" });
    expect((await postMailgun({ ...fields(), ...texts })).json).toEqual({ result: "duplicate" });
    expect(await stored()).toEqual([reply]);
  });

  test.each([
    ["replied", "Call me."],
    ["unsubscribed", "unsubscribe"],
  ])("without our token stops nobody, because anybody can write a From (%s)", async (kind, words) => {
    await bindings.DB.prepare("UPDATE campaign_recipients SET last_sent_at = ?").bind(api.now()).run();
    const forged = { ...fields(), recipient: "hello@reply.test", "body-plain": words };
    expect((await postMailgun(forged)).json).toEqual({ result: "unmatched" });
    expect((await postMailgun(forged)).json).toEqual({ result: "duplicate" });
    expect(await stored()).toEqual([{ ...reply, recipientId: 0, kind, text: words }]);
    const { results } = await bindings.DB.prepare(
      "SELECT DISTINCT status, stop_reason AS stopReason FROM campaign_recipients",
    ).all();
    expect(results).toEqual([{ status: "active", stopReason: null }]);
    expect(await bindings.DB.prepare("SELECT count(*) AS n FROM suppressions").first()).toEqual({ n: 0 });
  });

  test("with an empty stripped text is recorded as a reply with its plain body", async () => {
    const texts = { "body-plain": "Call me.", "stripped-text": "" };
    expect((await postMailgun({ ...fields(), ...texts })).json).toEqual({ result: "recorded" });
    expect((await postMailgun({ ...fields(), ...texts })).json).toEqual({ result: "duplicate" });
    expect(await stored()).toEqual([reply]);
  });

  test("with the whole email is recorded as a reply", async () => {
    await postMailgun({ ...fields(), "body-mime": `${head}\r\nCall me.\r\n` });
    expect(await stored()).toEqual([reply]);
  });
});
