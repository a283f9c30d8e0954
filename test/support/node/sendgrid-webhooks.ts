import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { createResponder, type Responder } from "./answers.ts";

/*
 * Fakes SendGrid's settings of event webhooks. Each API key has settings of its own. The fake
 * refuses the same requests as the service, and remembers every change.
 */

const flag = z.boolean();
const written = z.strictObject({
  enabled: flag,
  url: z.url({ protocol: /^https$/ }),
  friendly_name: z.string().max(100).optional(),
  ...Object.fromEntries(
    [
      ...["processed", "deferred", "delivered", "bounce", "dropped", "open", "click", "spam_report"],
      ...["unsubscribe", "group_unsubscribe", "group_resubscribe", "account_status_change"],
    ].map((name) => [name, flag.optional()]),
  ),
});
type Webhook = { id: string; url: string; public_key?: string } & Record<string, unknown>;

const maxAllowed = 5;
const publicKey =
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
const byKey = new Map<string, Webhook[]>();
const root = "/v3/user/webhooks/event/settings";
const fault = (message: string) => ({ errors: [{ field: null, message }] });

/**
 * Returns the webhooks that exist at first for an API key. The name of the key decides which
 * webhooks exist. All these webhooks belong to other products.
 */
function createStartingWebhooks(name: string): Webhook[] {
  const others = (count: number): Webhook[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `other-${index}`,
      url: `https://other${index}.example/hook`,
      enabled: true,
    }));
  return others(/^webhooks-full/.test(name) ? maxAllowed : 1);
}

/** Returns the answer to a call about webhooks; null for any other call. */
export function findSendgridWebhookResponder(
  request: IncomingMessage,
  body: string,
  name: string,
): Responder | null {
  const path = new URL(request.url ?? "", "http://sendgrid.test").pathname;
  if (!path.startsWith(root)) return null;
  if (name.startsWith("webhooks-forbidden")) return createResponder(403, fault("access forbidden"));
  const webhooks = byKey.get(name) ?? createStartingWebhooks(name);
  byKey.set(name, webhooks);
  const call = `${request.method} ${path.slice(root.length)}`;
  if (call === "GET /all") return createResponder(200, { max_allowed: maxAllowed, webhooks });
  if (request.headers["content-type"] !== "application/json") return createResponder(415, fault("JSON only"));
  const signed = /^PATCH \/signed\/([\w-]+)$/.exec(call);
  if (signed !== null) return sign(webhooks, signed[1] ?? "", body);
  const parsed = written.safeParse(JSON.parse(body));
  if (!parsed.success) return createResponder(400, fault(parsed.error.issues[0]?.message ?? ""));
  if (call === "POST ") {
    if (webhooks.length >= maxAllowed) return createResponder(400, fault("too many webhooks"));
    const made = { ...parsed.data, id: `made-${webhooks.length}` };
    webhooks.push(made);
    return createResponder(201, made);
  }
  const changed = webhooks.find(({ id }) => call === `PATCH /${id}`);
  if (changed === undefined) return createResponder(404, fault("not found"));
  return createResponder(200, Object.assign(changed, parsed.data));
}

function sign(webhooks: readonly Webhook[], id: string, body: string): Responder {
  const parsed = z.strictObject({ enabled: flag }).safeParse(JSON.parse(body));
  const webhook = webhooks.find((one) => one.id === id);
  if (webhook === undefined) return createResponder(404, fault("not found"));
  if (!parsed.success) return createResponder(400, fault("enabled is required"));
  webhook.public_key = parsed.data.enabled ? publicKey : "";
  return createResponder(200, { id, public_key: webhook.public_key });
}
