import { decodeHex, encodeUtf8 } from "./bytes.ts";

const maxAgeMs = 25 * 3_600_000;
const maxAheadMs = 5 * 60_000;

/**
 * Whether a signed timestamp is at most 25 hours old and at most 5 minutes ahead. Services retry for a day, and whether
 * they sign anew for each try is not documented, so a day must pass.
 * @param seconds as it was sent: whole Unix seconds
 * @param now milliseconds UTC
 */
export function isFresh(seconds: string, now: number): boolean {
  if (!/^\d{1,12}$/.test(seconds)) return false;
  const age = now - Number(seconds) * 1000;
  return age <= maxAgeMs && age >= -maxAheadMs;
}

/** The earliest instant a signature accepted at `now` can be of; both milliseconds UTC. */
export function oldestSignature(now: number): number {
  return now - maxAgeMs;
}

/** Whether `hex` is the HMAC-SHA256 of `data`; compared in constant time, which `crypto.subtle.verify` does. */
export async function isHmacOf(hex: string, secret: string, data: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const given = decodeHex(hex);
  if (given === null || secret === "") return false;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encodeUtf8(secret), algorithm, false, ["verify"]);
  return await crypto.subtle.verify("HMAC", key, given, data);
}
