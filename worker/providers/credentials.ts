import { z } from "zod";
import type { KeyRing } from "../domain/key-ring.ts";
import { decodeBase64Url, encodeBase64Url, encodeUtf8 } from "./bytes.ts";
import type { Credentials } from "./provider.ts";

const version = "v2";
/** Texts of this version do not name their key. */
const versionWithoutKeyId = "v1";
const nonceBytes = 12;
const keyIdBytes = 6;

/**
 * Seals (encrypts) a text with AES-GCM 256 as `v2.<key id>.<nonce>.<ciphertext>`, with the parts in
 * base64url. The first key of the ring seals.
 * @param keys 32 bytes each
 * @param context the kind of text and its owner. A sealed text can be unsealed only under the same
 *   context, so the text can't be moved to another row.
 * @param nonce 12 bytes, never used twice under one key (NIST SP 800-38D §8.2); random unless given
 */
export async function sealText(
  [key]: KeyRing,
  context: string,
  text: string,
  nonce: Uint8Array = crypto.getRandomValues(new Uint8Array(nonceBytes)),
): Promise<string> {
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encodeUtf8(context) };
  const sealed = await crypto.subtle.encrypt(algorithm, await importKey(key, "encrypt"), encodeUtf8(text));
  return `${await buildSealPrefix(key)}${encodeBase64Url(nonce)}.${encodeBase64Url(new Uint8Array(sealed))}`;
}

/**
 * Returns the beginning of every text that this key seals: the version and the key's id. The id is
 * a hash of the key, from which nobody can compute the key.
 */
export async function buildSealPrefix(key: Uint8Array): Promise<string> {
  const hashed = Uint8Array.from([...encodeUtf8("doorknock seal\0"), ...key]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", hashed));
  return `${version}.${encodeBase64Url(hash.subarray(0, keyIdBytes))}.`;
}

/**
 * Returns the content of a text that one of the keys sealed.
 * @throws Error if the text was sealed with another key or context, or if one bit of the sealed
 *   text has changed. The error says nothing about the content.
 */
export async function unsealText(keys: KeyRing, context: string, sealed: string): Promise<string> {
  const { nonce, ciphertext } = parseSealed(sealed);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encodeUtf8(context) };
  for (const key of await listPossibleKeys(keys, sealed)) {
    try {
      const opened = await crypto.subtle.decrypt(algorithm, await importKey(key, "decrypt"), ciphertext);
      return new TextDecoder().decode(opened);
    } catch (error) {
      // Web Crypto reports a wrong key, a wrong context and a changed text by this error alone.
      if (!(error instanceof DOMException) || error.name !== "OperationError") throw error;
    }
  }
  throw new Error("the sealed text does not open with this key in this place");
}

function parseSealed(sealed: string): {
  nonce: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
} {
  const parts = sealed.split(".");
  const [nonceText = "", ciphertextText = ""] = parts.slice(-2);
  const nonce = decodeBase64Url(nonceText);
  const ciphertext = decodeBase64Url(ciphertextText);
  const isKnown =
    (parts[0] === version && parts.length === 4) || (parts[0] === versionWithoutKeyId && parts.length === 3);
  if (!isKnown || nonce?.length !== nonceBytes || ciphertext === null)
    throw new Error("not a sealed text of a known version");
  return { nonce, ciphertext };
}

/** Returns the keys that may have sealed the text: the named key, or all keys for version 1. */
async function listPossibleKeys(keys: KeyRing, sealed: string): Promise<Uint8Array[]> {
  if (sealed.startsWith(`${versionWithoutKeyId}.`)) return [...keys];
  const prefixes = await Promise.all(keys.map(buildSealPrefix));
  return keys.filter((_, index) => sealed.startsWith(prefixes[index] ?? " "));
}

async function importKey(key: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  if (key.length !== 32) throw new Error("the sealing key is not 32 bytes");
  return await crypto.subtle.importKey("raw", Uint8Array.from(key), "AES-GCM", false, [use]);
}

/** Seals credentials for `provider_accounts.sealed_credentials`, bound to their account. */
export async function sealCredentials(
  keys: KeyRing,
  accountId: number,
  credentials: Credentials,
  nonce?: Uint8Array,
): Promise<string> {
  return await sealText(keys, buildSealingContext(accountId), JSON.stringify(credentials), nonce);
}

/**
 * Returns an account's credentials from their sealed text.
 * @throws Error if the credentials can't be unsealed (see `unsealText`) or belong to no known
 *   provider
 */
export async function unsealCredentials(
  keys: KeyRing,
  accountId: number,
  sealed: string,
): Promise<Credentials> {
  const parsed = storedCredentials.safeParse(
    JSON.parse(await unsealText(keys, buildSealingContext(accountId), sealed)),
  );
  if (!parsed.success) throw new Error("the sealed credentials are not a provider's");
  return parsed.data;
}

function buildSealingContext(accountId: number): string {
  return `provider-account:${accountId}`;
}

/**
 * These schemas check only the types of stored credentials. Rows that are older than the present
 * rules, and the demo's rows, may have values that the rules forbid.
 */
const text = z.string();
const region = z.enum(["us", "eu"]).default("us");
const storedCredentials: z.ZodType<Credentials> = z.discriminatedUnion("provider", [
  z.object({ provider: z.literal("sendgrid"), apiKey: text, region, webhookPublicKey: text.nullable() }),
  z.object({
    provider: z.literal("mailgun"),
    apiKey: text,
    domain: text,
    region,
    webhookSigningKey: text.nullable(),
  }),
  z.object({
    provider: z.literal("smtp"),
    host: text,
    port: z.int(),
    tls: z.enum(["implicit", "starttls"]),
    user: text,
    password: text,
    webhookSecret: text.nullable(),
  }),
  z.object({ provider: z.literal("outbox"), webhookSecret: text }),
]);
