import type { NormalizedEvent } from "../domain/receive/event.ts";
import { encodeBase64Url, encodeUtf8, sha256 } from "./bytes.ts";

/** Reading what services post: fields are missing, are of another type than documented, or hold nonsense. None of this throws. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under `name`, or an empty one. */
export function fieldsIn(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

/** A non-empty string (a number is taken as one), cut to `limit` characters; else null. */
export function textIn(fields: Fields, name: string, limit = 500): string | null {
  const value = fields[name];
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, limit) : null;
}

/**
 * The instant under `name` in milliseconds UTC, from seconds or milliseconds, whole or not, as a number or in digits;
 * else null. Anything above 10^11 is milliseconds: as seconds it would be the year 5138.
 */
export function instantIn(fields: Fields, name: string): number | null {
  const text = textIn(fields, name);
  const value = text === null ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 1e14) return null;
  return Math.round(value > 1e11 ? value : value * 1000);
}

/** A Message-ID without its angle brackets, or null. */
export function bareMessageId(text: string | null): string | null {
  const bare = text?.replace(/^<|>$/g, "") ?? "";
  return bare === "" ? null : bare;
}

/** The address under `name`, also out of `Name <address>`; null when there is none. */
export function addressIn(fields: Fields, name: string): string | null {
  const text = textIn(fields, name, 1_000);
  const found = text === null ? null : (/<([^<>\s]+@[^<>\s]+)>/.exec(text)?.[1] ?? text);
  return found !== null && /^[^\s<>,]+@[^\s<>,]+$/.test(found) && found.length <= 320 ? found : null;
}

/** The JSON in `body`, or undefined where it is none. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** A short key that is equal for equal parts: 128 bits of SHA-256, 22 characters. */
export async function digestOf(parts: readonly unknown[]): Promise<string> {
  return encodeBase64Url((await sha256(encodeUtf8(JSON.stringify(parts)))).slice(0, 16));
}

/** An event of which nothing but its kind and key is known yet. */
export function bareEvent(
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
