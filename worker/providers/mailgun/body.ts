import { isObject, type PayloadFields, parseJson } from "../payload.ts";
import type { WebhookRequest } from "../provider.ts";

/**
 * Reads a Mailgun post as one object, or returns null for anything else. Events are JSON; inbound
 * mail, and events in the format used before 2018, are forms. The last value of each name in a form
 * counts, because an old event has the tenant's variables first, under the same names.
 */
export async function readMailgunBody({ headers, body }: WebhookRequest): Promise<PayloadFields | null> {
  const contentType = headers.get("content-type") ?? "";
  if (/^multipart\/form-data\b/i.test(contentType)) return await readMultipart(contentType, body);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body)));
  }
  const parsed = parseJson(body);
  return isObject(parsed) ? parsed : null;
}

async function readMultipart(contentType: string, body: Uint8Array): Promise<PayloadFields | null> {
  try {
    const response = new Response(body, { headers: { "content-type": contentType } });
    return Object.fromEntries(await response.formData());
  } catch {
    // The boundary is missing, or the body does not match the boundary.
    return null;
  }
}
