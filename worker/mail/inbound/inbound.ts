import PostalMime, { type Email } from "postal-mime";
import { isBounceNotice } from "../../domain/receive/bounce-notice.ts";
import {
  type DeliveryReport,
  parseReportFields,
  parseReportText,
} from "../../domain/receive/delivery-report.ts";
import type { InboundFacts } from "../../domain/receive/inbound-meaning.ts";
import { extractReplyText } from "../../domain/receive/reply-text.ts";
import { htmlToText } from "../html-to-text.ts";
import { normalizeAddress, readEnvelopeFrom, readUnquotedFrom } from "./addresses.ts";
import { declareWindows1252, repairMojibake } from "./charset.ts";

/**
 * The facts of an incoming email that the product uses. Addresses are in lower case, ids have no
 * angle brackets, and every string has a maximum length.
 */
export type InboundEmail = InboundFacts & {
  /** The whole text, including quotes. */
  text: string;
  fromName: string;
  to: string[];
  messageId: string | null;
  /** The ids of In-Reply-To and then References, separated by blanks. */
  answers: string;
  /** The Message-IDs in the email that a report returns, in angle brackets. */
  returned: string;
  /** The names of the attachments. The content of attachments is not kept. */
  attachmentNames: string[];
};

/**
 * The most bytes of an email that are read. The text usually comes before the attachments, so only
 * attachments are cut off.
 */
export const maxInboundReadBytes = 5_000_000;
const headBytes = 65_536;
const textLength = 200_000;
const reportLength = 100_000;
const parserLimits = { maxNestingDepth: 30, maxHeadersSize: 262_144, forceRfc822Attachments: true } as const;

/**
 * Parses raw MIME (RFC 5322). Does not throw for bad input: parts that can't be read are empty.
 * @param envelopeFrom "" for the null sender; null if the service does not name the envelope's
 *   sender. The From address then stands for the sender, so that the email does not seem automatic.
 */
export async function parseInboundEmail(raw: Uint8Array, envelopeFrom: string | null): Promise<InboundEmail> {
  const bytes = raw.subarray(0, maxInboundReadBytes);
  const email = await parseMime(bytes);
  const headers = collectHeaders(email);
  const plain = clean(repairMojibake((email.text ?? "").slice(0, textLength)), textLength);
  const html = repairMojibake((email.html ?? "").slice(0, textLength));
  const read = plain.trim() === "" ? clean(await htmlToText(html), textLength) : plain;
  const isUnread = read === "" && email.html === undefined && email.attachments.length === 0;
  const text = isUnread ? clean(readUnparsed(bytes), textLength) : read;
  const markedText = plain.trim() === "" && !isUnread ? await htmlToText(await markQuotes(html)) : text;
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
    words: extractReplyText(markedText) || extractReplyText(text),
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
    feedback: readFeedback(email) ?? readComplaintForm(email, envelope),
    disposition: readDisposition(email, { ...envelope, headers, text }),
  };
}

/**
 * Returns the HTML with a line marked with ">" in place of each blockquote. A person may write
 * above or below a blockquote, and the plain text of the HTML does not show the end of the
 * blockquote.
 */
async function markQuotes(html: string): Promise<string> {
  const rewriter = new HTMLRewriter().on("blockquote", {
    element: (element) => {
      element.before("<p>&gt; </p><p>&gt; -</p>", { html: true });
      element.remove();
    },
  });
  return await rewriter.transform(new Response(html)).text();
}

/**
 * Returns the text of a body in which the parser found no part. A wrong or missing boundary hides
 * all parts. The lines with boundaries or headers of parts are left out.
 */
function readUnparsed(bytes: Uint8Array): string {
  const start = bodyText(bytes);
  const lines = start.split(/\r?\n/);
  return lines
    .filter((line) => !/^--\S|^content-[\w-]{1,30}:/i.test(line))
    .join("\n")
    .trim();
}

/**
 * Returns the headers by name. If a name is repeated, the last header counts. All Delivered-To
 * headers are joined, because each server on the way adds its own.
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
 * Parses the email, or only the headers if the parser refuses the email for deep nesting or endless
 * headers. A text that is not in its declared charset is decoded as Windows-1252.
 */
async function parseMime(bytes: Uint8Array): Promise<Email> {
  const readable = maskFlowedFormat(keepOneContentType(bytes));
  try {
    const email = await PostalMime.parse(readable, parserLimits);
    if (![email.text, email.html].some(isGarbled)) return email;
    const again = await PostalMime.parse(declareWindows1252(readable), parserLimits);
    const choose = (first?: string, second?: string) =>
      isGarbled(first) && second !== undefined && !second.includes("ï¿½") ? second : first;
    const [text, html] = [choose(email.text, again.text), choose(email.html, again.html)];
    return { ...email, ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) };
  } catch {
    return await parseHead(bytes);
  }
}

const isGarbled = (text: string | undefined) => text?.includes("\ufffd") === true;

/**
 * Returns the same email with one Content-Type in its head. Some gateways add a second
 * Content-Type. The result keeps the Content-Type whose boundary stands in the body, or else the
 * first Content-Type.
 */
function keepOneContentType(bytes: Uint8Array): Uint8Array {
  const raw = new TextDecoder("latin1").decode(bytes.subarray(0, textLength));
  const head = /^[\s\S]*?\r?\n\r?\n/.exec(raw.slice(0, headBytes))?.[0] ?? "";
  const fields = [...head.matchAll(/^content-type:(?:[^\r\n]|\r?\n[ \t]){0,1000}/gim)];
  if (fields.length < 2) return bytes;
  const body = raw.slice(head.length);
  const isRight = ([field]: RegExpExecArray) => {
    const [, quoted, plain] = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(field) ?? [];
    const boundary = quoted ?? plain;
    return boundary !== undefined && body.includes(`--${boundary}`);
  };
  const kept = fields.find(isRight) ?? fields[0];
  const copy = bytes.slice();
  for (const field of fields) {
    if (field !== kept) copy.set(new TextEncoder().encode("X-Other-Type"), field.index);
  }
  return copy;
}

/**
 * Returns the email without the mark of flowed lines (RFC 3676), so that the parser does not join
 * such lines. The parser would also join an answer with the quoted line above.
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
 * Cuts the text to `length`, removes NUL and replaces lone surrogates. No column, header or screen
 * should hold such characters.
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
 * Reads a delivery report from its fields, or from its words if the report has no fields. Some
 * gateways lose the parts of a report, and the fields then stand in the report's text.
 */
function readDeliveryReports(
  email: Email,
  facts: Pick<InboundEmail, "headers" | "envelopeFrom" | "from" | "subject" | "text">,
  bytes: Uint8Array,
): DeliveryReport[] | null {
  if (readAttachedParts(email, ...dispositionTypes) !== "") return null;
  const fields = readAttachedParts(email, ...statusTypes);
  if (fields !== "") return parseReportFields(fields, facts.text);
  const failed = facts.headers.get("x-failed-recipients");
  const contentType = facts.headers.get("content-type") ?? "";
  const isReport = /^multipart\/report\b/i.test(contentType) && /delivery-status/i.test(contentType);
  if (!isReport && failed === undefined && !isBounceNotice(facts)) return null;
  const raw = isReport ? bodyText(bytes) : facts.text;
  // A report whose parts were lost may have no text. The report's words then stand in the raw body.
  const words = facts.text.trim() === "" ? raw : facts.text;
  const inText = parseReportFields(raw.slice(0, reportLength), words);
  return inText.length > 0 ? inText : parseReportText(words, facts.subject, addressesIn(failed ?? ""));
}

/** Returns everything below the headers, whatever its content type is. */
function bodyText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, textLength));
  const start = text.search(/\r?\n\r?\n/);
  return start < 0 ? "" : text.slice(start);
}

/** The types of the parts in which a report returns an email or the email's headers. */
const returnedTypes = [
  "message/rfc822",
  "message/global",
  "text/rfc822-headers",
  "message/rfc822-headers",
] as const;

const dispositionTypes = [
  "message/disposition-notification",
  "message/global-disposition-notification",
] as const;

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
 * Reads a complaint that Hotmail passes on: our email is attached, and the subject begins with
 * "complaint about message from". Hotmail names the recipient in a header of the attached email.
 */
function readComplaintForm(
  email: Email,
  { from, subject }: Pick<InboundEmail, "from" | "subject">,
): InboundFacts["feedback"] {
  const isHotmail = /@(?:[\w-]+\.)*(?:hotmail|outlook|live|microsoft)\.com$/.test(from);
  if (!isHotmail || !/^complaint about message from\b/i.test(subject)) return null;
  const original = readAttachedParts(email, ...returnedTypes);
  const named = /^x-hmxmroriginalrecipient:[ \t]*(.{1,320})$/im.exec(original)?.[1] ?? "";
  return { type: "abuse", recipients: addressesIn(named) };
}

/**
 * Reads a disposition notification, or returns null for any other email. A mail rule that refused
 * the email says "rejected" in Auto-Submitted (RFC 5429 §2.1.2), or in the notification's words.
 */
function readDisposition(
  email: Email,
  { headers, subject, text }: Pick<InboundEmail, "headers" | "subject" | "text">,
): NonNullable<InboundFacts["disposition"]> | null {
  const fields = readAttachedParts(email, ...dispositionTypes);
  const disposition = /^disposition:[ \t]*(?:\r?\n[ \t]+)?(.{1,200})$/im.exec(fields)?.[1];
  if (disposition === undefined) return null;
  const said = `${headers.get("auto-submitted") ?? ""} ${subject}\n${text.slice(0, 2_000)}`;
  const isDropped = /;\s*(?:deleted|denied|failed|dispatched)\b/i.test(disposition);
  const isRefusal =
    isDropped && /\b(?:reject|refus|declin)|not accept|abgelehnt|rechaz|rifiutat|geweigerd/i.test(said);
  const recipient = /^(?:final|original)-recipient:[ \t]*(?:[\w-]+;)?[ \t]*(.{1,320})$/im.exec(fields)?.[1];
  return {
    recipient: normalizeAddress(recipient ?? ""),
    isRefusal,
    diagnostic: clean(text.replace(/\s+/g, " ").trim(), 500),
  };
}

/**
 * Returns the Message-IDs of the email that a report is about. A report attaches the email or the
 * email's headers, or has the headers in its text.
 */
function findReturnedIds(email: Email, text: string, bytes: Uint8Array): string {
  const original = readAttachedParts(email, ...returnedTypes, ...dispositionTypes);
  const ids = `${original}\n${text}\n${original === "" ? bodyText(bytes) : ""}`.matchAll(
    /^[ \t]*(?:message-id|original-message-id|references|in-reply-to):[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,300}>)/gim,
  );
  return [...ids]
    .slice(0, 20)
    .map(([, id]) => clean(id ?? "", 310))
    .join(" ");
}
