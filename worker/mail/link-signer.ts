import type { KeyRing } from "../domain/key-ring.ts";
import type { MessageReference } from "../providers/provider.ts";
import {
  areEqualInConstantTime,
  concatBytes,
  decodeBase32,
  decodeCanonicalBase64Url,
  encodeBase32,
  encodeBase64Url,
} from "./encoding.ts";
import {
  deriveTokenKey,
  sealAddress,
  type TokenKey,
  type TokenPurpose,
  tokenMacBytes,
  tokenVersion,
  unsealAddress,
} from "./token-key.ts";
import { parseUrl } from "./url.ts";

/**
 * A link in an email that leads to this Worker, with the data that the link contains. A click link
 * contains its destination under the signature, so that nobody can make our link lead elsewhere.
 */
export type EmailLink =
  | { kind: "open"; reference: MessageReference }
  | { kind: "click"; reference: MessageReference; url: string }
  /**
   * A link that leads nowhere and that no reader sees. A program that follows the trap follows
   * every link.
   */
  | { kind: "trap"; reference: MessageReference }
  /**
   * `email` is the address that the email went to, so that an unsubscribe holds even if the
   * recipient's row is gone. `email` is null in the links of version 1.
   */
  | { kind: "unsubscribe"; reference: MessageReference; email: string | null };
export type EmailLinkKind = EmailLink["kind"];

/**
 * The mailbox that an email was sent to: `r+<token>` is a reply, `u+<token>` a request to
 * unsubscribe, `b+<token>` a bounce.
 */
export type InboundMailbox = { kind: "reply" | "unsubscribe" | "bounce"; reference: MessageReference };

/**
 * Signs and reads the links, reply addresses and Message-IDs that lead from outside back to a
 * message. The `read` methods return null for everything that the signer's key did not sign for the
 * same purpose. The `read` methods never throw.
 */
export type LinkSigner = {
  /**
   * Returns a base64url token: at most 2,706 characters for a click link, 415 for an unsubscribe
   * link, 39 for any other link.
   * @throws RangeError for ids that are not positive integers, for a URL that
   *   `normalizeClickDestination` refuses, and for an address of more than 254 bytes
   */
  signLink(link: EmailLink): Promise<string>;
  readLink<Kind extends EmailLinkKind>(
    kind: Kind,
    token: string,
  ): Promise<Extract<EmailLink, { kind: Kind }> | null>;
  /**
   * Returns an address's part before the @: 49 characters, of the 64 that RFC 5321 allows. Upper
   * and lower case mean the same.
   */
  signMailbox(mailbox: InboundMailbox): Promise<string>;
  readMailbox(localPart: string): Promise<InboundMailbox | null>;
  /**
   * Returns `<2key.tenant.recipient.step.mac@domain>`: the version 2, the key's id, the message's
   * reference and a MAC. The same message always gets the same id, through every account and on
   * every attempt.
   */
  signMessageId(reference: MessageReference, domain: string): Promise<string>;
  /**
   * Returns the message named by the last Message-ID of ours in an In-Reply-To or References
   * header: the email that was answered.
   */
  readMessageIds(header: string): Promise<MessageReference | null>;
};

const referenceBytes = 15;
const maxUrlLength = 2000;
const maxTokenLength = 2706;
const headBytes = 2;
/**
 * The most ids that are read from a header. Anybody can write a References header of any length,
 * and only the newest ids matter.
 */
const maxMessageIds = 30;

type TokenKeys = readonly [TokenKey, ...TokenKey[]];

/**
 * Creates a signer. The first key of the ring signs, and every key reads what it has signed.
 * @throws RangeError for a key that is not 32 bytes
 */
export async function createLinkSigner([first, ...older]: KeyRing): Promise<LinkSigner> {
  if ([first, ...older].some((key) => key.length !== 32))
    throw new RangeError("A link key must be 32 bytes.");
  const keys: TokenKeys = [await deriveTokenKey(first), ...(await Promise.all(older.map(deriveTokenKey)))];
  return { ...createLinkTokens(keys), ...createMailboxes(keys), ...createMessageIds(keys) };
}

/**
 * Returns the URL in its normal form if a click link may lead to the URL: absolute, http or https,
 * at most 2,000 characters. Returns null for any other URL.
 */
export function normalizeClickDestination(url: string): string | null {
  const parsed = parseUrl(url);
  if (parsed === null || (parsed.protocol !== "http:" && parsed.protocol !== "https:")) return null;
  return parsed.href.length <= maxUrlLength ? parsed.href : null;
}

function createLinkTokens(keys: TokenKeys): Pick<LinkSigner, "signLink" | "readLink"> {
  const [key] = keys;
  return {
    async signLink(link) {
      return encodeBase64Url(
        await sealReference(key, link.kind, link.reference, await packContent(key, link)),
      );
    },
    async readLink(kind, token) {
      type Found = Extract<EmailLink, { kind: typeof kind }>;
      const bytes = token.length <= maxTokenLength ? decodeCanonicalBase64Url(token) : null;
      const unsealed = bytes && (await unsealReference(keys, kind, bytes));
      if (unsealed === null) return null;
      const { reference, rest } = unsealed;
      if (kind === "unsubscribe")
        return { kind, reference, email: await unsealAddress(unsealed.key, rest) } as Found;
      if (kind !== "click") return { kind, reference } as Found;
      // Only valid destinations are ever signed. The URL is checked again all the same, because an
      // attacker would gain most from a free choice of redirect.
      const url = new TextDecoder().decode(rest);
      return normalizeClickDestination(url) === url ? ({ kind, reference, url } as Found) : null;
    },
  };
}

/** Returns the content of a link besides its reference: a URL, a sealed address or nothing. */
async function packContent(key: TokenKey, link: EmailLink): Promise<Uint8Array> {
  switch (link.kind) {
    case "click": {
      const destination = normalizeClickDestination(link.url);
      if (destination !== null) return new TextEncoder().encode(destination);
      throw new RangeError("A click link needs an http or https URL of at most 2,000 characters.");
    }
    case "unsubscribe":
      return link.email === null
        ? new Uint8Array()
        : sealAddress(key, packReference(link.reference), link.email);
    case "open":
    case "trap":
      return new Uint8Array();
    default:
      return link satisfies never;
  }
}

/** The kinds of mailbox. The first letter of each kind identifies the kind in an address. */
const mailboxKinds = ["reply", "unsubscribe", "bounce"] as const satisfies readonly InboundMailbox["kind"][];

function createMailboxes(keys: TokenKeys): Pick<LinkSigner, "signMailbox" | "readMailbox"> {
  return {
    async signMailbox({ kind, reference }) {
      const token = encodeBase32(await sealReference(keys[0], `${kind}Mailbox`, reference, new Uint8Array()));
      return `${kind.charAt(0)}+${token}`;
    },
    async readMailbox(localPart) {
      const [, letter, token] = /^([rub])\+([a-z2-7]{1,60})$/i.exec(localPart) ?? [];
      const bytes = token === undefined ? null : decodeBase32(token);
      const kind = mailboxKinds.find((one) => one.startsWith(letter?.toLowerCase() ?? " "));
      const opened = bytes && kind && (await unsealReference(keys, `${kind}Mailbox`, bytes));
      return kind && opened ? { kind, reference: opened.reference } : null;
    },
  };
}

/**
 * Matches `<2key.tenant.recipient.step.mac@domain>`, with the numbers in base 36. A Message-ID of
 * version 1 has no `2key.`.
 */
const messageIdShape =
  /<\s*(?:2([0-9a-z]{2})\.)?([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([0-9a-z]{1,2})\.([a-z2-7]{20})@[^<>@]{1,253}>/gi;

const getKeyName = ({ id }: TokenKey) => id.toString(36).padStart(2, "0");

function createMessageIds(keys: TokenKeys): Pick<LinkSigner, "signMessageId" | "readMessageIds"> {
  const [key] = keys;
  return {
    async signMessageId(reference, domain) {
      const { tenantId, recipientId, stepNumber } = reference;
      const numbers = [tenantId, recipientId, stepNumber].map((id) => id.toString(36)).join(".");
      const mac = await key.mac("messageId", tokenVersion, packReference(reference));
      return `<${tokenVersion}${getKeyName(key)}.${numbers}.${encodeBase32(mac)}@${domain}>`;
    },
    async readMessageIds(header) {
      const newestFirst = [...header.matchAll(messageIdShape)].slice(-maxMessageIds).reverse();
      for (const [, name, tenant = "", recipient = "", step = "", given = ""] of newestFirst) {
        const [tenantId = 0, recipientId = 0, stepNumber = 0] = [tenant, recipient, step].map((id) =>
          Number.parseInt(id, 36),
        );
        const reference = { tenantId, recipientId, stepNumber };
        const givenMac = decodeBase32(given);
        if (givenMac === null || !isReference(reference)) continue;
        const form = name === undefined ? 1 : tokenVersion;
        const named = keys.filter((one) => form === 1 || getKeyName(one) === name?.toLowerCase());
        for (const one of named) {
          const mac = await one.mac("messageId", form, packReference(reference));
          if (areEqualInConstantTime(mac, givenMac)) return reference;
        }
      }
      return null;
    },
  };
}

/**
 * Returns the bytes of a token: version, key id, reference, content, and a MAC of these four parts.
 */
async function sealReference(
  key: TokenKey,
  purpose: TokenPurpose,
  reference: MessageReference,
  content: Uint8Array,
): Promise<Uint8Array> {
  const payload = concatBytes(
    concatBytes(Uint8Array.of(tokenVersion, key.id), packReference(reference)),
    content,
  );
  return concatBytes(payload, await key.mac(purpose, tokenVersion, payload));
}

/** A token's reference and content, and the key that signed the token. */
type UnsealedReference = { key: TokenKey; reference: MessageReference; rest: Uint8Array };

/**
 * Returns the reference and the content of a token, or null for a token that none of the keys
 * signed. A token of version 1 begins with the highest byte of its tenant's id, which is 0, and
 * names no key.
 */
async function unsealReference(
  keys: TokenKeys,
  purpose: TokenPurpose,
  bytes: Uint8Array,
): Promise<UnsealedReference | null> {
  const form = bytes[0] === tokenVersion ? tokenVersion : 1;
  const offset = form === tokenVersion ? headBytes : 0;
  if (bytes.length < offset + referenceBytes + tokenMacBytes) return null;
  const payload = bytes.subarray(0, -tokenMacBytes);
  for (const key of keys.filter(({ id }) => form === 1 || id === bytes[1])) {
    const mac = await key.mac(purpose, form, payload);
    if (!areEqualInConstantTime(mac, bytes.subarray(-tokenMacBytes))) continue;
    const reference = unpackReference(payload.subarray(offset));
    return { key, reference, rest: payload.subarray(offset + referenceBytes) };
  }
  return null;
}

const isReference = ({ tenantId, recipientId, stepNumber }: MessageReference) =>
  [tenantId, recipientId, stepNumber].every((id) => Number.isSafeInteger(id) && id > 0) && stepNumber <= 255;

/**
 * Packs the tenant and the recipient into 7 bytes each, enough for every safe integer, and the step
 * into one byte.
 */
function packReference(reference: MessageReference): Uint8Array {
  if (!isReference(reference))
    throw new RangeError("A message reference needs positive integers, the step at most 255.");
  const view = new DataView(new ArrayBuffer(referenceBytes));
  view.setBigUint64(0, BigInt(reference.tenantId) << 8n);
  view.setBigUint64(7, BigInt(reference.recipientId) << 8n);
  view.setUint8(14, reference.stepNumber);
  return new Uint8Array(view.buffer);
}

function unpackReference(payload: Uint8Array): MessageReference {
  const view = new DataView(payload.buffer, payload.byteOffset);
  return {
    tenantId: Number(view.getBigUint64(0) >> 8n),
    recipientId: Number(view.getBigUint64(7) >> 8n),
    stepNumber: view.getUint8(14),
  };
}
