import { z } from "zod";
import { decodeBase64Url, encodeBase64Url, encodeUtf8 } from "./bytes.ts";
import type { Credentials } from "./provider.ts";

const version = "v1";
const nonceBytes = 12;

/**
 * Seals (encrypts) a text with AES-GCM 256 as `v1.<nonce>.<ciphertext>`, with the nonce and the
 * ciphertext in base64url.
 * @param key 32 bytes
 * @param context the kind of text and its owner. A sealed text can be unsealed only under the same
 *   context, so the text can't be moved to another row.
 * @param nonce 12 bytes, never used twice under one key (NIST SP 800-38D §8.2); random unless given
 */
export async function sealText(
  key: Uint8Array,
  context: string,
  text: string,
  nonce: Uint8Array = crypto.getRandomValues(new Uint8Array(nonceBytes)),
): Promise<string> {
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encodeUtf8(context) };
  const sealed = await crypto.subtle.encrypt(algorithm, await importKey(key, "encrypt"), encodeUtf8(text));
  return [version, encodeBase64Url(nonce), encodeBase64Url(new Uint8Array(sealed))].join(".");
}

/**
 * Returns the content of a sealed text.
 * @throws Error if the text was sealed with another key or context, or if one bit of the sealed
 *   text has changed. The error says nothing about the content.
 */
export async function unsealText(key: Uint8Array, context: string, sealed: string): Promise<string> {
  const [found, nonceText = "", ciphertextText = "", ...rest] = sealed.split(".");
  const nonce = decodeBase64Url(nonceText);
  const ciphertext = decodeBase64Url(ciphertextText);
  if (found !== version || nonce?.length !== nonceBytes || ciphertext === null || rest.length > 0) {
    throw new Error("not a sealed text of a known version");
  }
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encodeUtf8(context) };
  try {
    const opened = await crypto.subtle.decrypt(algorithm, await importKey(key, "decrypt"), ciphertext);
    return new TextDecoder().decode(opened);
  } catch {
    throw new Error("the sealed text does not open with this key in this place");
  }
}

async function importKey(key: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  if (key.length !== 32) throw new Error("the sealing key is not 32 bytes");
  return await crypto.subtle.importKey("raw", Uint8Array.from(key), "AES-GCM", false, [use]);
}

/** Seals credentials for `provider_accounts.sealed_credentials`, bound to their account. */
export async function sealCredentials(
  key: Uint8Array,
  accountId: number,
  credentials: Credentials,
  nonce?: Uint8Array,
): Promise<string> {
  return await sealText(key, buildSealingContext(accountId), JSON.stringify(credentials), nonce);
}

/**
 * Returns an account's credentials from their sealed text.
 * @throws Error if the credentials can't be unsealed (see `unsealText`) or belong to no known
 *   provider
 */
export async function unsealCredentials(
  key: Uint8Array,
  accountId: number,
  sealed: string,
): Promise<Credentials> {
  const parsed = storedCredentials.safeParse(
    JSON.parse(await unsealText(key, buildSealingContext(accountId), sealed)),
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
