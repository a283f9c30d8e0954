import type { MessageReference } from "../providers/provider.ts";
import {
  decodeBase32,
  decodeBase64Url,
  encodeBase32,
  encodeBase64Url,
  equalInConstantTime,
} from "./encoding.ts";

/**
 * The meaning of a link in an email. A click link contains its own destination, so that nothing in
 * the request can choose it.
 */
export type Link =
  | { kind: "open"; reference: MessageReference }
  | { kind: "click"; reference: MessageReference; url: string }
  /**
   * A link that leads nowhere and that no reader sees. A program that follows it follows every
   * link.
   */
  | { kind: "trap"; reference: MessageReference }
  | { kind: "unsubscribe"; reference: MessageReference };
export type LinkKind = Link["kind"];

/**
 * The mailbox that an email was sent to: `r+<token>` is a reply, `u+<token>` a request to
 * unsubscribe, `b+<token>` a bounce.
 */
export type Mailbox = { kind: "reply" | "unsubscribe" | "bounce"; reference: MessageReference };

/**
 * Signs and reads the links, reply addresses and Message-IDs that lead from outside back to a
 * message. Readers return null for everything that this key did not sign for the same purpose.
 * Readers never throw.
 */
export type LinkSigner = {
  /**
   * Returns a base64url token: at most 2,703 characters for a click link, 36 characters for any
   * other link.
   * @throws RangeError for ids that are not positive integers, and for a URL that
   *   `normalizeClickDestination` refuses
   */
  signLink(link: Link): Promise<string>;
  readLink<Kind extends LinkKind>(kind: Kind, token: string): Promise<Extract<Link, { kind: Kind }> | null>;
  /**
   * Returns an address's part before the @: 46 characters, of the 64 that RFC 5321 allows. Upper
   * and lower case mean the same.
   */
  signMailbox(mailbox: Mailbox): Promise<string>;
  readMailbox(localPart: string): Promise<Mailbox | null>;
  /**
   * Returns `<tenant.recipient.step.mac@domain>`. The same message always gets the same id, through
   * every account and on every attempt.
   */
  signMessageId(reference: MessageReference, domain: string): Promise<string>;
  /**
   * Returns the message named by the last Message-ID of ours in an In-Reply-To or References
   * header: the email that was answered.
   */
  readMessageIds(header: string): Promise<MessageReference | null>;
};

const macBytes = 12;
const referenceBytes = 15;
const maxUrlLength = 2000;
const maxTokenLength = 2703;
/**
 * The number of ids read from a header. Anybody can write a References header of any length, and
 * only the newest ids matter.
 */
const maxMessageIds = 30;

/**
 * Each purpose signs under its own name, so that a token of one purpose is never valid for another.
 */
type Purpose = LinkKind | `${Mailbox["kind"]}Mailbox` | "messageId";
type Mac = (purpose: Purpose, payload: Uint8Array) => Promise<Uint8Array>;

/**
 * Creates a signer.
 * @param key 32 random bytes
 * @throws RangeError for a key of any other length
 */
export async function createLinkSigner(key: Uint8Array): Promise<LinkSigner> {
  if (key.length !== 32) throw new RangeError("The link key must be 32 bytes.");
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const cryptoKey = await crypto.subtle.importKey("raw", Uint8Array.from(key), hmac, false, ["sign"]);
  const mac: Mac = async (purpose, payload) => {
    const message = concat(new TextEncoder().encode(`doorknock ${purpose} v1\0`), payload);
    return new Uint8Array(await crypto.subtle.sign("HMAC", cryptoKey, message)).subarray(0, macBytes);
  };
  return { ...createLinkTokens(mac), ...createMailboxes(mac), ...createMessageIds(mac) };
}

/**
 * Returns the URL in its normal form if a click link may lead to it: absolute, http or https, at
 * most 2,000 characters. Returns null for any other URL.
 */
export function normalizeClickDestination(url: string): string | null {
  const parsed = parseUrl(url);
  if (parsed === null || (parsed.protocol !== "http:" && parsed.protocol !== "https:")) return null;
  return parsed.href.length <= maxUrlLength ? parsed.href : null;
}

/** Returns null for a text that is not an absolute URL. */
function parseUrl(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

function createLinkTokens(mac: Mac): Pick<LinkSigner, "signLink" | "readLink"> {
  return {
    async signLink(link) {
      const destination = link.kind === "click" ? normalizeClickDestination(link.url) : "";
      if (destination === null)
        throw new RangeError("A click link needs an http or https URL of at most 2,000 characters.");
      return encodeBase64Url(await seal(mac, link.kind, link.reference, destination));
    },
    async readLink(kind, token) {
      type Found = Extract<Link, { kind: typeof kind }>;
      const bytes = token.length <= maxTokenLength ? decodeBase64Url(token) : null;
      const opened = bytes && (await open(mac, kind, bytes));
      if (opened === null) return null;
      const { reference, rest } = opened;
      if (kind !== "click") return { kind, reference } as Found;
      // Only destinations are signed. This one is checked again because a free choice of redirect
      // is what an attacker wants most.
      return normalizeClickDestination(rest) === rest ? ({ kind, reference, url: rest } as Found) : null;
    },
  };
}

/** The kinds of mailbox. The first letter of each kind identifies it in an address. */
const mailboxKinds = ["reply", "unsubscribe", "bounce"] as const satisfies readonly Mailbox["kind"][];

function createMailboxes(mac: Mac): Pick<LinkSigner, "signMailbox" | "readMailbox"> {
  return {
    async signMailbox({ kind, reference }) {
      const token = encodeBase32(await seal(mac, `${kind}Mailbox`, reference, ""));
      return `${kind.charAt(0)}+${token}`;
    },
    async readMailbox(localPart) {
      const [, letter, token] = /^([rub])\+([a-z2-7]{1,60})$/i.exec(localPart) ?? [];
      const bytes = token === undefined ? null : decodeBase32(token);
      const kind = mailboxKinds.find((one) => one.startsWith(letter?.toLowerCase() ?? " "));
      const opened = bytes && kind && (await open(mac, `${kind}Mailbox`, bytes));
      return kind && opened ? { kind, reference: opened.reference } : null;
    },
  };
}

/** Matches `<tenant.recipient.step.mac@domain>`, with the numbers in base 36. */
const messageIdShape =
  /<\s*([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([0-9a-z]{1,2})\.([a-z2-7]{20})@[^<>@]{1,253}>/gi;

function createMessageIds(mac: Mac): Pick<LinkSigner, "signMessageId" | "readMessageIds"> {
  const macOf = (reference: MessageReference) => mac("messageId", packReference(reference));
  return {
    async signMessageId(reference, domain) {
      const { tenantId, recipientId, stepNumber } = reference;
      const numbers = [tenantId, recipientId, stepNumber].map((id) => id.toString(36)).join(".");
      return `<${numbers}.${encodeBase32(await macOf(reference))}@${domain}>`;
    },
    async readMessageIds(header) {
      const newestFirst = [...header.matchAll(messageIdShape)].slice(-maxMessageIds).reverse();
      for (const [, tenant = "", recipient = "", step = "", given = ""] of newestFirst) {
        const [tenantId = 0, recipientId = 0, stepNumber = 0] = [tenant, recipient, step].map((id) =>
          Number.parseInt(id, 36),
        );
        const reference = { tenantId, recipientId, stepNumber };
        const givenMac = decodeBase32(given);
        if (givenMac === null || !isReference(reference)) continue;
        if (equalInConstantTime(await macOf(reference), givenMac)) return reference;
      }
      return null;
    },
  };
}

/** Returns the reference, the text, and the MAC of both. */
async function seal(
  mac: Mac,
  purpose: Purpose,
  reference: MessageReference,
  text: string,
): Promise<Uint8Array> {
  const payload = concat(packReference(reference), new TextEncoder().encode(text));
  return concat(payload, await mac(purpose, payload));
}

async function open(
  mac: Mac,
  purpose: Purpose,
  bytes: Uint8Array,
): Promise<{ reference: MessageReference; rest: string } | null> {
  if (bytes.length < referenceBytes + macBytes) return null;
  const payload = bytes.subarray(0, -macBytes);
  if (!equalInConstantTime(await mac(purpose, payload), bytes.subarray(-macBytes))) return null;
  return {
    reference: unpackReference(payload),
    rest: new TextDecoder().decode(payload.subarray(referenceBytes)),
  };
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

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
