import { encodeUtf8 } from "../bytes.ts";
import { isObject, type PayloadFields, readObject } from "../payload.ts";
import type { ProviderEndpoints, UnsealedAccount, WebhookChange, WebhookRegistration } from "../provider.ts";
import {
  classifyServiceFailure,
  createServiceCaller,
  type ServiceAnswer,
  type ServiceCaller,
} from "../service-call.ts";

const eventNames = [
  ...["accepted", "delivered", "opened", "clicked", "unsubscribed", "complained"],
  ...["permanent_fail", "temporary_fail"],
];
/** Mailgun's limit of URLs for each kind of event. */
const maxUrls = 3;

/**
 * Registers `url` with Mailgun for every kind of event of the account's domain. Existing URLs are
 * kept: PUT replaces a kind's whole list, so the existing URLs are sent along. If a kind already
 * has three other URLs, ours can't be added.
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/domain-webhooks
 */
export async function registerMailgunWebhooks(
  url: string,
  { credentials }: UnsealedAccount,
  timeoutMs: number,
  endpoints: ProviderEndpoints["mailgun"],
): Promise<WebhookRegistration> {
  if (credentials.provider !== "mailgun") return { kind: "notNeeded" };
  const key = btoa(String.fromCharCode(...encodeUtf8(`api:${credentials.apiKey}`)));
  const call = createServiceCaller(
    endpoints[credentials.region],
    { authorization: `Basic ${key}` },
    timeoutMs,
  );
  const path = `/v3/domains/${encodeURIComponent(credentials.domain)}/webhooks`;
  const listed = await call("GET", path);
  if (listed.status !== 200 || !isObject(listed.body) || !isObject(listed.body.webhooks))
    return classifyServiceFailure(listed);
  const webhooks: WebhookChange[] = [];
  for (const name of eventNames) {
    const others = readUrls(readObject(listed.body.webhooks, name));
    const change = await registerWebhook(call, path, name, others, url);
    if (typeof change !== "string") return classifyServiceFailure(change);
    webhooks.push({ name, change });
  }
  return { kind: "registered", webhooks };
}

/**
 * Registers `url` for one kind of event.
 * @returns the change, or Mailgun's answer if the call failed
 */
async function registerWebhook(
  call: ServiceCaller,
  path: string,
  name: string,
  others: readonly string[],
  url: string,
): Promise<WebhookChange["change"] | ServiceAnswer> {
  if (others.includes(url)) return "kept";
  if (others.length >= maxUrls) return "full";
  const isNew = others.length === 0;
  const form = new FormData();
  if (isNew) form.append("id", name);
  for (const each of [...others, url]) form.append("url", each);
  const answer = isNew ? await call("POST", path, form) : await call("PUT", `${path}/${name}`, form);
  if (answer.status !== 200) return answer;
  return isNew ? "created" : "updated";
}

/**
 * Returns the URLs of a webhook. Mailgun returns `{urls: […]}`, or `{url}` in the older form with
 * only one URL.
 */
function readUrls(webhook: PayloadFields): string[] {
  const listed: unknown[] = Array.isArray(webhook.urls) ? webhook.urls : [webhook.url];
  return listed.filter((url) => typeof url === "string");
}
