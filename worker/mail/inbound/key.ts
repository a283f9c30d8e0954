import type { KeyRing } from "../../domain/key-ring.ts";
import { areEqualInConstantTime, encodeBase64Url } from "../encoding.ts";

/**
 * Returns the secret part of an account's inbound URL, 22 characters. If a service does not sign
 * its inbound posts, only this part shows that a post is genuine.
 */
export async function createInboundKey([key]: KeyRing, accountId: number): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const cryptoKey = await crypto.subtle.importKey("raw", Uint8Array.from(key), hmac, false, ["sign"]);
  const message = new TextEncoder().encode(`doorknock inboundUrl v1\0${accountId}`);
  return encodeBase64Url(
    new Uint8Array(await crypto.subtle.sign("HMAC", cryptoKey, message)).subarray(0, 16),
  );
}

/** Tells whether one of the keys made the secret part of the account's inbound URL. */
export async function verifyInboundKey(keys: KeyRing, accountId: number, given: string): Promise<boolean> {
  const bytes = new TextEncoder();
  const valid = await Promise.all(keys.map((key) => createInboundKey([key], accountId)));
  return valid.some((one) => areEqualInConstantTime(bytes.encode(one), bytes.encode(given)));
}
