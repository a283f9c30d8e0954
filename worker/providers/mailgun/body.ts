import { type Fields, isFields, parseJson } from "../payload.ts";
import type { WebhookRequest } from "../provider.ts";

/**
 * What Mailgun posts, as one object: JSON for events; a form, where each name's last value counts, for events in the style
 * of before 2018 (in which a tenant's variables come first under the same names) and for inbound mail. Null for anything else.
 */
export async function readMailgunBody({ headers, body }: WebhookRequest): Promise<Fields | null> {
  const contentType = headers.get("content-type") ?? "";
  if (/^multipart\/form-data\b/i.test(contentType)) return await readMultipart(contentType, body);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body)));
  }
  const parsed = parseJson(body);
  return isFields(parsed) ? parsed : null;
}

async function readMultipart(contentType: string, body: Uint8Array): Promise<Fields | null> {
  try {
    const response = new Response(body, { headers: { "content-type": contentType } });
    return Object.fromEntries(await response.formData());
  } catch {
    // No boundary, or a body that does not keep to it.
    return null;
  }
}
