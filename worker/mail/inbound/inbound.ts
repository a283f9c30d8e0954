import PostalMime, { type Email } from "postal-mime";
import {
  type DeliveryReport,
  isBounceNotice,
  parseReportFields,
  parseReportText,
} from "../../domain/receive/delivery-report.ts";
import type { InboundFacts } from "../../domain/receive/inbound.ts";
import { extractReplyText } from "../../domain/receive/reply-text.ts";
import { htmlToText } from "../html-to-text.ts";
import { normalizeAddress, readEnvelopeFrom, readUnquotedFrom } from "./addresses.ts";

/**
 * The parts of an incoming email that we use. Addresses are in lower case, ids have no angle
 * brackets, and every string has a maximum length.
 */
export type InboundEmail = InboundFacts & {
  /** The whole text, including quotes. */
  text: string;
  fromName: string;
  to: string[];
  messageId: string | null;
  /** The ids of In-Reply-To and References, one after the other. */
  answers: string;
  /** The Message-IDs, in angle brackets, of the email that a report returns. */
  returned: string;
  /** The names of the attachments. Their content is not kept. */
  attachmentNames: string[];
};

/**
 * The number of bytes of an email that are read. The text comes first, and only attachments lie
 * beyond this limit.
 */
export const inboundReadBytes = 5_000_000;
const headBytes = 65_536;
const textLength = 200_000;
const reportLength = 100_000;
const parserLimits = { maxNestingDepth: 30, maxHeadersSize: 262_144, forceRfc822Attachments: true } as const;

/**
 * Parses raw MIME (RFC 5322). Never throws for bad input: parts that can't be read are empty.
 * @param envelopeFrom "" for the null sender; null if the service doesn't tell, and then the From
 *   address is used, so that the email isn't taken for a machine's
 */
export async function parseInboundEmail(raw: Uint8Array, envelopeFrom: string | null): Promise<InboundEmail> {
  const bytes = raw.subarray(0, inboundReadBytes);
  const email = await parseMime(bytes);
  const headers = collectHeaders(email);
  const text = clean(email.text ?? (await htmlToText((email.html ?? "").slice(0, textLength))), textLength);
  const from = normalizeAddress(email.from?.address ?? "") || readUnquotedFrom(headers.get("from") ?? "");
  const envelope = {
    envelopeFrom: readEnvelopeFrom(envelopeFrom, from),
    from,
    subject: clean(email.subject ?? "", 500).replace(/\s+/g, " "),
  };
  return {
    ...envelope,
    headers,
    text,
    words: extractReplyText(text),
    fromName: clean(email.from?.name ?? "", 200),
    to: [...(email.to ?? []), ...(email.cc ?? [])]
      .slice(0, 50)
      .flatMap(({ address }) => (address === undefined ? [] : normalizeAddress(address))),
    messageId: clean(email.messageId ?? "", 250).replace(/^<|>$/g, "") || null,
    answers: clean([email.inReplyTo, email.references].filter(Boolean).join(" "), 10_000),
    returned: findReturnedIds(email, text, bytes),
    attachmentNames: email.attachments
      .flatMap(({ filename }) => (filename === null || filename === undefined ? [] : clean(filename, 100)))
      .slice(0, 20),
    reports: readDeliveryReports(email, { ...envelope, headers, text }, bytes),
    feedback: readFeedback(email),
  };
}

/**
 * Returns the headers by name. The last one counts if a name is repeated, except that every
 * Delivered-To is kept: each server on the way adds its own.
 */
function collectHeaders(email: Email): Map<string, string> {
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers.slice(0, 500)) {
    const earlier = key === "delivered-to" ? headers.get(key) : undefined;
    headers.set(key, clean(earlier === undefined ? value : `${earlier}, ${value}`, 5000));
  }
  return headers;
}

/**
 * Parses the email, or only its headers if the parser refuses it for deep nesting or endless
 * headers.
 */
async function parseMime(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(maskFlowedFormat(bytes), parserLimits);
  } catch {
    return await parseHead(bytes);
  }
}

/**
 * Returns the same email with its lines left as they were wrapped. The parser joins flowed lines
 * (RFC 3676) without checking whether both are quoted, which would make an answer below a quote
 * part of the quote.
 */
function maskFlowedFormat(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, textLength));
  const flowed = [...text.matchAll(/\bformat(?=\s*=\s*"?flowed)/gi)];
  if (flowed.length === 0) return bytes;
  const copy = bytes.slice();
  for (const { index } of flowed.slice(0, 50)) copy.set(new TextEncoder().encode("x-keep"), index);
  return copy;
}

async function parseHead(bytes: Uint8Array): Promise<Email> {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, headBytes)).split(/\r?\n\r?\n/, 1)[0] ?? "";
  const kept = head
    .split(/\r?\n(?![ \t])/)
    .filter((line) => !/^content-/i.test(line))
    .slice(0, 100)
    .map((line) => line.slice(0, 2000));
  return await PostalMime.parse(`${kept.join("\r\n")}\r\n\r\n`, parserLimits);
}

/**
 * Cuts the text to `length` and removes NUL and lone surrogates, which no column, header or screen
 * should hold.
 */
function clean(text: string, length: number): string {
  return text.slice(0, length).toWellFormed().replaceAll("\0", "");
}

function readAttachedParts(email: Email, ...mimeTypes: readonly string[]): string {
  const parts = email.attachments.filter(({ mimeType }) => mimeTypes.includes(mimeType)).slice(0, 5);
  return parts.map(({ content }) => decoded(content).slice(0, reportLength)).join("\n\n");
}

function decoded(content: string | ArrayBuffer | Uint8Array): string {
  if (typeof content === "string") return content;
  const bytes = new Uint8Array(content instanceof Uint8Array ? content : new Uint8Array(content));
  return new TextDecoder().decode(bytes.subarray(0, reportLength * 4));
}

const statusTypes = ["message/delivery-status", "message/global-delivery-status"] as const;

/**
 * Reads a delivery report from its fields, or from its words if it has no fields. Some gateways
 * lose the parts of a report, and the fields are then in its text.
 */
function readDeliveryReports(
  email: Email,
  facts: Pick<InboundEmail, "headers" | "envelopeFrom" | "from" | "subject" | "text">,
  bytes: Uint8Array,
): DeliveryReport[] | null {
  const fields = readAttachedParts(email, ...statusTypes);
  if (fields !== "") return parseReportFields(fields, facts.text);
  const failed = facts.headers.get("x-failed-recipients");
  const contentType = facts.headers.get("content-type") ?? "";
  const isReport = /^multipart\/report\b/i.test(contentType) && /delivery-status/i.test(contentType);
  if (!isReport && failed === undefined && !isBounceNotice(facts)) return null;
  const text = isReport ? bodyText(bytes) : facts.text;
  const inText = parseReportFields(text.slice(0, reportLength), text);
  return inText.length > 0 ? inText : parseReportText(text, addressesIn(failed ?? ""));
}

/** Returns everything below the headers, whatever its content type is. */
function bodyText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, textLength));
  const start = text.search(/\r?\n\r?\n/);
  return start < 0 ? "" : text.slice(start);
}

function addressesIn(list: string): string[] {
  return list.split(",").slice(0, 50).map(normalizeAddress).filter(Boolean);
}

function readFeedback(email: Email): InboundFacts["feedback"] {
  const fields = readAttachedParts(email, "message/feedback-report");
  const type = /^feedback-type:[ \t]*([\w-]{1,50})/im.exec(fields)?.[1];
  if (type === undefined) return null;
  const named = [...fields.matchAll(/^(?:original-rcpt-to|removal-recipient):[ \t]*(.{1,320})$/gim)];
  return { type, recipients: named.slice(0, 20).flatMap(([, one]) => normalizeAddress(one ?? "") || []) };
}

/**
 * Returns the Message-IDs in a report of the email that it is about. A report attaches that email
 * or its headers, or has them in its text.
 */
function findReturnedIds(email: Email, text: string, bytes: Uint8Array): string {
  const original = readAttachedParts(
    email,
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
  );
  const ids = `${original}\n${text}\n${original === "" ? bodyText(bytes) : ""}`.matchAll(
    /^[ \t]*(?:message-id|references|in-reply-to):[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,300}>)/gim,
  );
  return [...ids]
    .slice(0, 20)
    .map(([, id]) => clean(id ?? "", 310))
    .join(" ");
}
