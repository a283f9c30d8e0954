import { type Fields, isObject, readObject, readText } from "../payload.ts";
import type { ProviderEndpoints, UnsealedAccount, WebhookRegistration } from "../provider.ts";
import { classifyFailure, createServiceCall, type ServiceAnswer, type ServiceCall } from "../service-call.ts";

const settings = "/v3/user/webhooks/event/settings";
const everyEvent = [
  ...["processed", "deferred", "delivered", "bounce", "dropped", "open", "click", "spam_report"],
  ...["unsubscribe", "group_unsubscribe", "group_resubscribe", "account_status_change"],
];

/**
 * Registers `url` with SendGrid for every kind of event, and turns on signatures. Our webhook is
 * found by its URL, since names may repeat; other webhooks are left alone. Signatures are turned on
 * only after the webhook exists, by a call that returns the public key.
 * @see https://www.twilio.com/docs/sendgrid/api-reference/webhooks/create-an-event-webhook
 * @see https://www.twilio.com/docs/sendgrid/api-reference/webhooks/toggle-signature-verification-for-an-event-webhook
 */
export async function registerSendgridWebhook(
  url: string,
  { credentials }: UnsealedAccount,
  timeoutMs: number,
  endpoints: ProviderEndpoints["sendgrid"],
): Promise<WebhookRegistration> {
  if (credentials.provider !== "sendgrid") return { kind: "notNeeded" };
  const headers = { authorization: `Bearer ${credentials.apiKey}` };
  const call = createServiceCall(endpoints[credentials.region], headers, timeoutMs);
  const listed = await call("GET", `${settings}/all`);
  const webhooks = readBody(listed).webhooks;
  if (listed.status !== 200 || !Array.isArray(webhooks)) return classifyFailure(listed);
  const ours = webhooks.filter(isObject).find((webhook) => webhook.url === url);
  const most = Number(readBody(listed).max_allowed);
  if (ours === undefined && webhooks.length >= most)
    return { kind: "registered", webhooks: [{ name, change: "full" }] };
  const placed = ours === undefined ? await createWebhook(call, url) : await completeWebhook(call, url, ours);
  if ("kind" in placed) return placed;
  const signed = await call("PATCH", `${settings}/signed/${placed.id}`, JSON.stringify({ enabled: true }));
  const publicKey = readText(readBody(signed), "public_key");
  if (signed.status !== 200 || publicKey === null) return classifyFailure(signed);
  const isNewKey = publicKey !== credentials.webhookPublicKey;
  const change = placed.change === "kept" && isNewKey ? "updated" : placed.change;
  return { kind: "registered", webhooks: [{ name, change }], publicKey };
}

const name = "event";

type Placed = { id: string; change: "created" | "updated" | "kept" };

async function createWebhook(call: ServiceCall, url: string): Promise<Placed | WebhookRegistration> {
  const created = await call("POST", settings, JSON.stringify(buildWantedSettings(url)));
  const id = readWebhookId(readBody(created));
  return created.status === 201 && id !== null ? { id, change: "created" } : classifyFailure(created);
}

async function completeWebhook(
  call: ServiceCall,
  url: string,
  ours: Fields,
): Promise<Placed | WebhookRegistration> {
  const id = readWebhookId(ours);
  if (id === null) return { kind: "unavailable", detail: "an answer without an id" };
  if ([...everyEvent, "enabled"].every((field) => ours[field] === true)) return { id, change: "kept" };
  const updated = await call("PATCH", `${settings}/${id}`, JSON.stringify(buildWantedSettings(url)));
  return updated.status === 200 ? { id, change: "updated" } : classifyFailure(updated);
}

/**
 * Returns all settings of the webhook, because the call replaces the stored settings and does not
 * merge them.
 */
function buildWantedSettings(url: string): Record<string, unknown> {
  const events = Object.fromEntries(everyEvent.map((event) => [event, true]));
  return { ...events, enabled: true, url, friendly_name: "Doorknock" };
}

/** Returns the webhook's id, or null if the id could not stand in a URL's path. */
function readWebhookId(fields: Fields): string | null {
  const id = readText(fields, "id", 100);
  return id !== null && /^[\w-]+$/.test(id) ? id : null;
}

function readBody({ body }: ServiceAnswer): Fields {
  return readObject({ body }, "body");
}
