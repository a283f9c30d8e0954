import { hourMs, minuteMs } from "../../shared/time-lengths.ts";
import { decodeHex, encodeUtf8 } from "./bytes.ts";

const maxAgeMs = 25 * hourMs;
const maxAheadMs = 5 * minuteMs;

/**
 * Returns whether a signed timestamp is at most 25 hours old and at most 5 minutes ahead. Services
 * retry for a day and do not document whether each retry is signed anew, so a signature must stay
 * valid for a day.
 * @param seconds the timestamp in its sent form: whole Unix seconds
 * @param now milliseconds UTC
 */
export function isFreshTimestamp(seconds: string, now: number): boolean {
  if (!/^\d{1,12}$/.test(seconds)) return false;
  const age = now - Number(seconds) * 1000;
  return age <= maxAgeMs && age >= -maxAheadMs;
}

/**
 * Returns the earliest time of a signature that is still accepted at `now`. Both times are
 * milliseconds UTC.
 */
export function computeOldestSignatureTime(now: number): number {
  return now - maxAgeMs;
}

/**
 * Returns whether `hex` is the HMAC-SHA256 of `data`. `crypto.subtle.verify` compares in constant
 * time.
 */
export async function verifyHmac(
  hex: string,
  secret: string,
  data: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const given = decodeHex(hex);
  if (given === null || secret === "") return false;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encodeUtf8(secret), algorithm, false, ["verify"]);
  return await crypto.subtle.verify("HMAC", key, given, data);
}
