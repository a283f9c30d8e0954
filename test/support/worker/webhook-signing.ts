import { encodeHex, encodeUtf8, joinBytes } from "../../../worker/providers/bytes.ts";
import type { WebhookRequest } from "../../../worker/providers/provider.ts";

export function buildWebhookRequest(
  body: string,
  headers: Record<string, string> = {},
  contentType = "application/json",
): WebhookRequest {
  const url = new URL("https://mail.test/webhooks/email-status/1");
  return { headers: new Headers({ "content-type": contentType, ...headers }), body: encodeUtf8(body), url };
}

export async function computeHmac(secret: string, data: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encodeUtf8(secret), algorithm, false, ["sign"]);
  return encodeHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, encodeUtf8(data))));
}

/**
 * Creates a key pair, as SendGrid does for each webhook. Returns the public key, and a function
 * that signs a text and returns the signature in DER.
 */
export async function createSendgridSigner() {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const pair = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  const spki = (await crypto.subtle.exportKey("spki", pair.publicKey)) as ArrayBuffer;
  const sign = async (timestamp: string, body: string) => {
    const data = encodeUtf8(timestamp + body);
    const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, data);
    return encodeBase64(encodeDerSignature(new Uint8Array(raw)));
  };
  return { publicKey: encodeBase64(new Uint8Array(spki)), sign };
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * Encodes a signature of the bytes r and s as SEQUENCE {INTEGER r, INTEGER s}. An INTEGER has no
 * needless leading zeros, but one zero byte in front if its first bit is set (X.690 §8.3).
 */
export function encodeDerSignature(pair: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    const start = bytes.findIndex((byte) => byte !== 0);
    const digits = start < 0 ? Uint8Array.of(0) : bytes.slice(start);
    const value = (digits[0] ?? 0) > 0x7f ? joinBytes(Uint8Array.of(0), digits) : digits;
    return joinBytes(Uint8Array.of(2, value.length), value);
  };
  const body = joinBytes(integer(pair.slice(0, 32)), integer(pair.slice(32)));
  return joinBytes(Uint8Array.of(0x30, body.length), body);
}
