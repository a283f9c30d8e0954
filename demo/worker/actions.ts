import { z } from "zod";
import type { CapturedMail, MailAction } from "../mailbox/mail.ts";
import type { DemoBindings } from "./env.ts";

export const mailActionInput = z.discriminatedUnion("action", [
  z.object({ action: z.literal("open") }),
  z.object({ action: z.literal("click"), url: z.string().optional() }),
  z.object({
    action: z.literal("reply"),
    text: z.string().trim().min(1).max(5000),
    isAutomatic: z.boolean().default(false),
  }),
  z.object({ action: z.literal("bounce") }),
  z.object({ action: z.literal("complain") }),
  z.object({ action: z.literal("unsubscribe") }),
]) satisfies z.ZodType<MailAction>;

export type MailActionRequest = { request: Request } | { refusal: string };

/**
 * The values from which the requests are built. `browser` has the visitor's own User-Agent and
 * Accept-Language, because the product uses these headers to tell people from programs.
 */
type ActionContext = { env: DemoBindings; now: number; browser: Readonly<Record<string, string>> };

/** Builds the request that the recipient's browser or a mail service would send for an action. */
export async function buildMailActionRequest(
  action: MailAction,
  mail: CapturedMail,
  sender: ActionContext,
): Promise<MailActionRequest> {
  switch (action.action) {
    case "open":
      return buildVisit(mail.pixelUrl, "This email has no open pixel.", sender);
    case "click":
      return buildVisit(findLink(mail, action.url, sender), "This email has no such link.", sender);
    case "unsubscribe":
      return buildOneClickRequest(mail, sender);
    case "reply":
      return { request: await buildReplyRequest(mail, action, sender) };
    case "bounce":
    case "complain":
      return { request: await buildStatusRequest(mail, action.action, sender) };
  }
}

function buildVisit(
  url: string | null | undefined,
  refusal: string,
  { browser }: ActionContext,
): MailActionRequest {
  if (!url) return { refusal };
  return { request: new Request(url, { headers: browser, redirect: "manual" }) };
}

function findLink(
  mail: CapturedMail,
  wanted: string | undefined,
  { env }: ActionContext,
): string | undefined {
  const isTracked = (url: string) => url.startsWith(`${env.PUBLIC_URL}/c/`);
  return mail.links.find(({ url }) => (wanted === undefined ? isTracked(url) : url === wanted))?.url;
}

/** Builds the request of a mail service's own Unsubscribe button (RFC 8058). */
function buildOneClickRequest({ oneClickUrl }: CapturedMail, { browser }: ActionContext): MailActionRequest {
  if (oneClickUrl === null) return { refusal: "This email offers no one-click unsubscribe." };
  const headers = { ...browser, "content-type": "application/x-www-form-urlencoded" };
  return {
    request: new Request(oneClickUrl, { method: "POST", headers, body: "List-Unsubscribe=One-Click" }),
  };
}

async function buildReplyRequest(
  mail: CapturedMail,
  { text, isAutomatic }: MailAction & { action: "reply" },
  { env, now }: ActionContext,
): Promise<Request> {
  const to = mail.replyTo ?? mail.from.replace(/^.*<|>$/g, "");
  const raw = [
    `From: ${mail.to}`,
    `To: ${to}`,
    // This header must be ASCII, so a space replaces other characters of the subject.
    `Subject: ${isAutomatic ? "Automatic reply" : "Re"}: ${mail.subject.replace(/[^\x20-\x7e]+/g, " ")}`,
    `Date: ${new Date(now).toUTCString()}`,
    `Message-ID: <${crypto.randomUUID()}@mail.example.net>`,
    `In-Reply-To: ${mail.messageId}`,
    `References: ${mail.messageId}`,
    ...(isAutomatic ? ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"] : []),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    ...text.split(/\r?\n/),
    "",
    `On ${new Date(now).toUTCString()}, ${mail.from} wrote:`,
    ...mail.text.split(/\r?\n/).map((line) => `> ${line}`),
    "",
  ].join("\r\n");
  const path = `/webhooks/inbound/${env.DEMO_ACCOUNT_ID}?${new URLSearchParams({ from: mail.to, to })}`;
  return buildSignedRequest(path, "message/rfc822", raw, { env, now });
}

/**
 * Builds a mail service's status report about the email, in the format of the provider `outbox`.
 */
function buildStatusRequest(
  mail: CapturedMail,
  action: "bounce" | "complain",
  { env, now }: ActionContext,
): Promise<Request> {
  const event = {
    id: crypto.randomUUID(),
    kind: action === "bounce" ? "bounced" : "complained",
    recipientId: mail.recipientId,
    stepNumber: mail.stepNumber,
    email: mail.to,
    occurredAt: new Date(now).toISOString(),
    ...(action === "bounce"
      ? { bounceClass: "hard", status: "5.1.1", diagnostic: "550 5.1.1 No such person here" }
      : {}),
  };
  const body = JSON.stringify({ events: [event] });
  return buildSignedRequest(`/webhooks/email-status/${env.DEMO_ACCOUNT_ID}`, "application/json", body, {
    env,
    now,
  });
}

async function buildSignedRequest(
  path: string,
  type: string,
  body: string,
  { env, now }: Pick<ActionContext, "env" | "now">,
): Promise<Request> {
  const time = Math.floor(now / 1000);
  const signature = await signHmac(env.DEMO_WEBHOOK_SECRET, `${time}.${body}`);
  return new Request(new URL(path, env.PUBLIC_URL), {
    method: "POST",
    headers: { "content-type": type, "x-doorknock-signature": `t=${time},v1=${signature}` },
    body,
  });
}

async function signHmac(secret: string, text: string): Promise<string> {
  const encode = (value: string) => new TextEncoder().encode(value);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encode(secret), algorithm, false, ["sign"]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
