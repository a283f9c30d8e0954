import { concatBytes } from "./encoding.ts";

/**
 * The version of the tokens that are signed. Tokens of version 1 contain neither a version nor a
 * key id.
 */
export const tokenVersion = 2;
export const tokenMacBytes = 12;
const ivBytes = 12;
const maxAddressBytes = 254;

/**
 * Each purpose signs under its own name, so that a token of one purpose is never valid for another
 * purpose.
 */
export type TokenPurpose =
  | "open"
  | "click"
  | "trap"
  | "unsubscribe"
  | "replyMailbox"
  | "unsubscribeMailbox"
  | "bounceMailbox"
  | "messageId"
  | "address"
  | "addressIv"
  | "keyId";
/**
 * The key that signs tokens (`mac`), and the key that seals the address in an unsubscribe link
 * (`address`).
 */
export type TokenKey = {
  /**
   * The key's number, 0 to 255, which every token since version 2 contains. With the number, tokens
   * of an old key can be told apart after a change of keys.
   */
  id: number;
  mac: (purpose: TokenPurpose, form: 1 | typeof tokenVersion, payload: Uint8Array) => Promise<Uint8Array>;
  address: CryptoKey;
};

/**
 * Derives from 32 secret bytes a signing function, a key that seals addresses, and the key's
 * number. Every purpose has a MAC of its own.
 */
export async function deriveTokenKey(bytes: Uint8Array): Promise<TokenKey> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const cryptoKey = await crypto.subtle.importKey("raw", Uint8Array.from(bytes), hmac, false, ["sign"]);
  const sign = async (purpose: TokenPurpose, form: number, payload: Uint8Array) => {
    const message = concatBytes(new TextEncoder().encode(`doorknock ${purpose} v${form}\0`), payload);
    return new Uint8Array(await crypto.subtle.sign("HMAC", cryptoKey, message));
  };
  const [addressKey, keyId] = await Promise.all([
    sign("address", tokenVersion, new Uint8Array()),
    sign("keyId", tokenVersion, new Uint8Array()),
  ]);
  return {
    id: keyId[0] ?? 0,
    mac: async (purpose, form, payload) => (await sign(purpose, form, payload)).subarray(0, tokenMacBytes),
    address: await crypto.subtle.importKey("raw", addressKey, "AES-GCM", false, ["encrypt", "decrypt"]),
  };
}

/**
 * Encrypts an address, so that a forwarded link reveals nobody. The nonce is derived from the
 * message's reference and the address (RFC 8452 §1), so the same email gets the same link on every
 * attempt.
 */
export async function sealAddress(key: TokenKey, reference: Uint8Array, email: string): Promise<Uint8Array> {
  const text = new TextEncoder().encode(email);
  if (text.length > maxAddressBytes)
    throw new RangeError(`An unsubscribe link needs an address of at most ${maxAddressBytes} bytes.`);
  const nonceSource = await key.mac("addressIv", tokenVersion, concatBytes(reference, text));
  const iv = nonceSource.slice(0, ivBytes);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key.address, text);
  return concatBytes(iv, new Uint8Array(sealed));
}

/**
 * Returns the address of an unsubscribe link; null for a link of version 1, which contains no
 * address.
 */
export async function unsealAddress(key: TokenKey, sealed: Uint8Array): Promise<string | null> {
  if (sealed.length <= ivBytes) return null;
  const [iv, text] = [sealed.slice(0, ivBytes), sealed.slice(ivBytes)];
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key.address, text));
}
