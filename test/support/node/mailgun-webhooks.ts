import type { IncomingMessage } from "node:http";
import { createResponder, type Responder } from "./answers.ts";

/*
 * Fakes the webhooks of a Mailgun domain. Each API key has webhooks of its own. For each kind of
 * event, a key can create one webhook, with at most three URLs.
 */

const kinds = new Set([
  ...["accepted", "delivered", "opened", "clicked", "unsubscribed", "complained"],
  ...["permanent_fail", "temporary_fail"],
]);
type Webhooks = Record<string, { urls: string[] }>;
const byKey = new Map<string, Webhooks>();
const message = (text: string) => ({ message: text });

/**
 * Returns the webhooks that exist at first for an API key. The name of the key decides which
 * webhooks exist.
 */
function createStartingWebhooks(name: string): Webhooks {
  const others = (count: number) => ({
    urls: Array.from({ length: count }, (_, index) => `https://other${index}.example/hook`),
  });
  return name.startsWith("webhooks") ? { delivered: others(1), opened: others(2), clicked: others(3) } : {};
}

/**
 * Returns the answer to a call about webhooks; null for any other call.
 * @param path the path below `/v3/domains/<domain>`
 */
export async function findMailgunWebhookResponder(
  request: IncomingMessage,
  path: string,
  body: Buffer<ArrayBuffer>,
  name: string,
): Promise<Responder | null> {
  if (!/^\/webhooks(?:\/|$)/.test(path)) return null;
  const webhooks = byKey.get(name) ?? createStartingWebhooks(name);
  byKey.set(name, webhooks);
  const kind = path.slice("/webhooks/".length);
  const isKind = kinds.has(kind);
  if (request.method === "GET" && path === "/webhooks") return createResponder(200, { webhooks });
  const contentType = request.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data"))
    return createResponder(400, message("a form is expected"));
  const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
  const urls = form.getAll("url").map(String);
  const isGood = urls.length > 0 && urls.length <= 3 && urls.every((url) => url.startsWith("https://"));
  if (!isGood || new Set(urls).size !== urls.length)
    return createResponder(400, message("one to three urls are expected"));
  if (request.method === "POST" && path === "/webhooks") {
    const id = String(form.get("id"));
    if (!kinds.has(id)) return createResponder(400, message("Invalid webhook id"));
    if (webhooks[id] !== undefined) return createResponder(400, message("Webhook already exists"));
    webhooks[id] = { urls };
    return createResponder(200, { message: "Webhook has been created", webhook: webhooks[id] });
  }
  if (request.method !== "PUT" || !isKind) return createResponder(404, message("not found"));
  if (webhooks[kind] === undefined) return createResponder(404, message("Webhook not found"));
  webhooks[kind] = { urls };
  return createResponder(200, { message: "Webhook has been updated", webhook: webhooks[kind] });
}
