import { isObject, type PayloadFields, readObject, readText } from "../payload.ts";
import type { ProviderEndpoints, UnsealedAccount, WebhookRegistration } from "../provider.ts";
import {
  classifyServiceFailure,
  createServiceCaller,
  type ServiceAnswer,
  type ServiceCaller,
} from "../service-call.ts";

const settingsPath = "/v3/user/webhooks/event/settings";
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
  const call = createServiceCaller(endpoints[credentials.region], headers, timeoutMs);
  const listed = await call("GET", `${settingsPath}/all`);
  const webhooks = readBody(listed).webhooks;
  if (listed.status !== 200 || !Array.isArray(webhooks)) return classifyServiceFailure(listed);
  const ours = webhooks.filter(isObject).find((webhook) => webhook.url === url);
  const most = Number(readBody(listed).max_allowed);
  if (ours === undefined && webhooks.length >= most)
    return { kind: "registered", webhooks: [{ name: webhookName, change: "full" }] };
  const completed =
    ours === undefined ? await createWebhook(call, url) : await completeWebhook(call, url, ours);
  if ("kind" in completed) return completed;
  const signed = await call(
    "PATCH",
    `${settingsPath}/signed/${completed.id}`,
    JSON.stringify({ enabled: true }),
  );
  const publicKey = readText(readBody(signed), "public_key");
  if (signed.status !== 200 || publicKey === null) return classifyServiceFailure(signed);
  const isNewKey = publicKey !== credentials.webhookPublicKey;
  const change = completed.change === "kept" && isNewKey ? "updated" : completed.change;
  return { kind: "registered", webhooks: [{ name: webhookName, change }], publicKey };
}

const webhookName = "event";

type CompletedWebhook = { id: string; change: "created" | "updated" | "kept" };

async function createWebhook(
  call: ServiceCaller,
  url: string,
): Promise<CompletedWebhook | WebhookRegistration> {
  const created = await call("POST", settingsPath, JSON.stringify(buildWantedSettings(url)));
  const id = readWebhookId(readBody(created));
  return created.status === 201 && id !== null ? { id, change: "created" } : classifyServiceFailure(created);
}

async function completeWebhook(
  call: ServiceCaller,
  url: string,
  ours: PayloadFields,
): Promise<CompletedWebhook | WebhookRegistration> {
  const id = readWebhookId(ours);
  if (id === null) return { kind: "unavailable", detail: "an answer without an id" };
  if ([...everyEvent, "enabled"].every((field) => ours[field] === true)) return { id, change: "kept" };
  const updated = await call("PATCH", `${settingsPath}/${id}`, JSON.stringify(buildWantedSettings(url)));
  return updated.status === 200 ? { id, change: "updated" } : classifyServiceFailure(updated);
}

/**
 * Returns all settings of the webhook, because the call replaces the stored settings as a whole.
 */
function buildWantedSettings(url: string): Record<string, unknown> {
  const events = Object.fromEntries(everyEvent.map((event) => [event, true]));
  return { ...events, enabled: true, url, friendly_name: "Doorknock" };
}

/** Returns the webhook's id, or null if the id could not stand in a URL's path. */
function readWebhookId(fields: PayloadFields): string | null {
  const id = readText(fields, "id", 100);
  return id !== null && /^[\w-]+$/.test(id) ? id : null;
}

function readBody({ body }: ServiceAnswer): PayloadFields {
  return readObject({ body }, "body");
}
