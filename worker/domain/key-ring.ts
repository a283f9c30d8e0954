/**
 * The secret keys of one kind, 32 bytes each. The first key signs or seals. Every key verifies or
 * unseals, so that a key can be replaced while texts of the old key are still in use.
 */
export type KeyRing = readonly [Uint8Array, ...Uint8Array[]];

export const maxKeysInRing = 6;
const keyBytes = 32;

/**
 * Returns the keys of a text such as "newest,older,oldest", or null if the text is malformed. Each
 * key is 32 bytes in base64. A text has one to `maxKeysInRing` different keys.
 */
export function parseKeyRing(text: string): KeyRing | null {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length > maxKeysInRing || new Set(parts).size !== parts.length) return null;
  const [first, ...others] = parts.map(decodeKey);
  if (first === undefined || first === null || others.includes(null)) return null;
  return [first, ...others.filter((key) => key !== null)];
}

function decodeKey(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return bytes.length === keyBytes ? bytes : null;
}
