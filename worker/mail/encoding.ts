/**
 * Byte encodings for signed tokens. Each byte string has exactly one text, apart from the
 * case of base32 letters: every other spelling is refused.
 */

const base32Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

export function encodeBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Returns the bytes, or null for a text that `encodeBase64Url` never writes. */
export function decodeCanonicalBase64Url(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return encodeBase64Url(bytes) === text ? bytes : null;
}

/**
 * Encodes bytes as RFC 4648 base32 in lower case without padding. The text survives mail systems
 * that change the case of an address.
 */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += base32Alphabet.charAt((buffer >> (bits - 5)) & 31);
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + base32Alphabet.charAt((buffer << (5 - bits)) & 31);
}

/**
 * Returns the bytes of a text in upper or lower case, or null for a text that `encodeBase32` never
 * writes.
 */
export function decodeBase32(text: string): Uint8Array | null {
  const lower = text.toLowerCase();
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const char of lower) {
    const value = base32Alphabet.indexOf(char);
    if (value < 0) return null;
    buffer = (buffer << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 255);
      buffer &= (1 << bits) - 1;
    }
  }
  const decoded = Uint8Array.from(bytes);
  return encodeBase32(decoded) === lower ? decoded : null;
}

/**
 * Returns whether two byte strings are equal. The time taken does not show how many bytes are
 * equal.
 */
export function areEqualInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

/** Returns the bytes of `a` followed by the bytes of `b`. */
export function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
