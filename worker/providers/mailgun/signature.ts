import { encodeHex, encodeUtf8, hashSha256, joinBytes } from "../bytes.ts";
import { isObject, readObject, readText } from "../payload.ts";
import type { PostVerification, UnsealedAccount, WebhookRequest } from "../provider.ts";
import { isFreshTimestamp, verifyHmac } from "../signature.ts";
import { readMailgunBody } from "./body.ts";

/**
 * Verifies the HMAC-SHA256 of timestamp and token under the webhook signing key, which is not the
 * API key. The signature doesn't cover the body, so the result includes `replay`, by which the
 * caller recognizes a copied signature.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
export async function verifyMailgunSignature(
  request: WebhookRequest,
  account: UnsealedAccount,
  now: number,
): Promise<PostVerification> {
  const { credentials } = account;
  if (credentials.provider !== "mailgun") return { ok: false, reason: "the account is not a Mailgun one" };
  if (credentials.webhookSigningKey === null)
    return { ok: false, reason: "the account has no webhook signing key" };
  const fields = await readMailgunBody(request);
  if (fields === null) return { ok: false, reason: "neither JSON nor a form" };
  const signed = isObject(fields.signature) ? readObject(fields, "signature") : fields;
  const timestamp = readText(signed, "timestamp");
  const token = readText(signed, "token", 100);
  const signature = readText(signed, "signature");
  if (timestamp === null || token === null || signature === null) return { ok: false, reason: "not signed" };
  if (!isFreshTimestamp(timestamp, now)) return { ok: false, reason: "the timestamp is not of today" };
  if (!(await verifyHmac(signature, credentials.webhookSigningKey, encodeUtf8(timestamp + token)))) {
    return { ok: false, reason: "wrong signature" };
  }
  const bodyHash = encodeHex(await hashSha256(joinBytes(request.body)));
  return { ok: true, replay: { token, signedAt: Number(timestamp) * 1000, bodyHash } };
}
