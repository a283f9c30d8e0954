/** Returns the address in lower case, or "" if the text can't be an address. */
export function normalizeAddress(address: string): string {
  const bare = address.trim().replace(/^<|>$/g, "").toLowerCase();
  return bare.length <= 320 && /^[^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+$/u.test(bare) ? bare : "";
}

/**
 * Returns the address of a From header whose name has an unquoted comma, such as `Doe, Jane
 * <jane@example.com>`. The MIME parser would read the first part of the name as an address.
 */
export function readUnquotedFrom(header: string): string {
  const [, address = ""] = /<([^<>\s]{3,320})>[^<>]*$/.exec(header) ?? [];
  return normalizeAddress(address);
}

/**
 * Stands for the sender of an email that names no sender. The empty text stands only for the null
 * sender.
 */
const unknownSender = "unknown";

/** Returns the envelope's sender, or "" for the null sender, which only programs use. */
export function readEnvelopeFrom(envelopeFrom: string | null, from: string): string {
  if (envelopeFrom === null) return from || unknownSender;
  if (/^\s*(?:<\s*>)?\s*$/.test(envelopeFrom)) return "";
  return normalizeAddress(envelopeFrom) || from || unknownSender;
}
