import { decodeBase64, encodeUtf8, joinBytes } from "../bytes.ts";
import type { PostVerification, UnsealedAccount, WebhookRequest } from "../provider.ts";
import { isFreshTimestamp } from "../signature.ts";

const signatureHeader = "x-twilio-email-event-webhook-signature";
const timestampHeader = "x-twilio-email-event-webhook-timestamp";
const algorithm = { name: "ECDSA", namedCurve: "P-256" };

/**
 * Verifies an ECDSA P-256 signature with SHA-256 over the timestamp header and the raw body, under
 * the webhook's own public key.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export async function verifySendgridSignature(
  request: WebhookRequest,
  account: UnsealedAccount,
  now: number,
): Promise<PostVerification> {
  const { credentials } = account;
  if (credentials.provider !== "sendgrid") return { ok: false, reason: "the account is not a SendGrid one" };
  if (credentials.webhookPublicKey === null)
    return { ok: false, reason: "the account has no webhook public key" };
  const timestamp = request.headers.get(timestampHeader);
  const signature = request.headers.get(signatureHeader);
  if (timestamp === null || signature === null) return { ok: false, reason: "not signed" };
  if (!isFreshTimestamp(timestamp, now)) return { ok: false, reason: "the timestamp is not of today" };
  const key = decodeBase64(credentials.webhookPublicKey.replace(/-----[^-]+-----/g, ""));
  const given = decodeBase64(signature);
  const pair = given === null ? null : convertDerSignature(given);
  if (key === null || pair === null) return { ok: false, reason: "malformed signature or key" };
  const signed = joinBytes(encodeUtf8(timestamp), request.body);
  return (await isSigned(key, pair, signed)) ? { ok: true } : { ok: false, reason: "wrong signature" };
}

async function isSigned(
  spki: Uint8Array<ArrayBuffer>,
  pair: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, pair, signed);
  } catch {
    // The configured key is not a P-256 key. The caller answers "wrong signature" and stores
    // nothing.
    return false;
  }
}

/**
 * Converts SEQUENCE {INTEGER r, INTEGER s} to r‖s of 32 bytes each, the form that WebCrypto reads
 * (IEEE P1363). Returns null for anything but the single encoding that DER allows (X.690 §8.3):
 * short-form lengths, no superfluous zeros, no bytes after the end.
 */
export function convertDerSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const r = readDerInteger(der, 2);
  const s = r === null ? null : readDerInteger(der, r.end);
  if (r === null || s === null || s.end !== der.length) return null;
  const pair = new Uint8Array(64);
  pair.set(r.bytes, 32 - r.bytes.length);
  pair.set(s.bytes, 64 - s.bytes.length);
  return pair;
}

function readDerInteger(der: Uint8Array, offset: number): { bytes: Uint8Array; end: number } | null {
  const length = der[offset + 1];
  const first = der[offset + 2];
  if (der[offset] !== 0x02 || length === undefined || length < 1 || first === undefined || first > 0x7f)
    return null;
  const end = offset + 2 + length;
  const isPadded = first === 0 && length > 1;
  if (end > der.length || (isPadded && (der[offset + 3] ?? 0) < 0x80)) return null;
  const bytes = der.slice(isPadded ? offset + 3 : offset + 2, end);
  return bytes.length > 32 ? null : { bytes, end };
}
