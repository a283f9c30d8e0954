import type { NormalizedEvent } from "../domain/receive/event.ts";
import { encodeBase64Url, encodeUtf8, hashSha256 } from "./bytes.ts";

/**
 * Reads fields of a service's post. A field may be missing, have another type than documented, or
 * hold nonsense. No function of this file throws.
 */

export type PayloadFields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is PayloadFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the object under `name`, or an empty object. */
export function readObject(fields: PayloadFields, name: string): PayloadFields {
  const value = fields[name];
  return isObject(value) ? value : {};
}

/**
 * Returns the text or number under `name` as trimmed text of at most `limit` characters, or null
 * for empty text or any other value.
 */
export function readText(fields: PayloadFields, name: string, limit = 500): string | null {
  const value = fields[name];
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, limit) : null;
}

/**
 * Returns the instant under `name` in milliseconds UTC, or null. The value is seconds or
 * milliseconds, with or without a fraction, as a number or as text. A value above 10^11 is
 * milliseconds, because 10^11 seconds would be the year 5138.
 */
export function readInstant(fields: PayloadFields, name: string): number | null {
  const text = readText(fields, name);
  const value = text === null ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 1e14) return null;
  return Math.round(value > 1e11 ? value : value * 1000);
}

/** Returns a Message-ID without its angle brackets, or null for an empty Message-ID. */
export function stripMessageIdBrackets(text: string | null): string | null {
  const bare = text?.replace(/^<|>$/g, "") ?? "";
  return bare === "" ? null : bare;
}

/** Returns the address under `name`, also from `Name <address>`, or null if there is no address. */
export function readAddress(fields: PayloadFields, name: string): string | null {
  const text = readText(fields, name, 1_000);
  const found = text === null ? null : (/<([^<>\s]+@[^<>\s]+)>/.exec(text)?.[1] ?? text);
  return found !== null && /^[^\s<>,]+@[^\s<>,]+$/.test(found) && found.length <= 320 ? found : null;
}

/** Returns the JSON in `body`, or undefined if the body is not JSON. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Returns a short key that is the same for equal parts: 128 bits of SHA-256 in 22 characters. */
export async function hashParts(parts: readonly unknown[]): Promise<string> {
  return encodeBase64Url((await hashSha256(encodeUtf8(JSON.stringify(parts)))).slice(0, 16));
}

/** Returns an event with only its kind, time and key; all other fields are unknown. */
export function createBareEvent(
  kind: NormalizedEvent["kind"],
  occurredAt: number,
  dedupeKey: string,
): NormalizedEvent {
  return {
    kind,
    recipientId: null,
    stepNumber: null,
    email: null,
    occurredAt,
    dedupeKey,
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data: {},
  };
}
