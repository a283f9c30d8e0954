import { parseMultipart } from "@remix-run/multipart-parser";
import { z } from "zod";
import { extractReplyText } from "../../domain/receive/reply-text.ts";
import type { WebhookRequest } from "../../providers/provider.ts";
import { normalizeAddress } from "./addresses.ts";
import { decodeDoubtfulCharset } from "./charset.ts";
import { type InboundEmail, parseInboundEmail } from "./inbound.ts";

/**
 * The most bytes of an inbound post. An inbound post is the HTTP request with which a mail service
 * delivers an incoming email. SendGrid and Mailgun deliver only smaller emails.
 */
export const maxInboundPostBytes = 30_000_000;

/** An email from a service's inbound post, with the addresses to which the email was delivered. */
export type InboundPost = { email: InboundEmail; to: string[] };

const maxParts = 200;
const maxAddresses = 20;
const fieldLength = 1_000_000;

/**
 * Reads an inbound post in one of three forms, and returns null for anything else.
 * - SendGrid Inbound Parse: fields, or the raw email.
 * - Mailgun routes: fields, or whole MIME if the route's URL ends in `mime`.
 * - Raw `message/rfc822` with `?from=&to=`.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store
 */
export async function readInboundPost(request: WebhookRequest): Promise<InboundPost | null> {
  const type = request.headers.get("content-type") ?? "";
  const query = request.url.searchParams;
  if (/^message\/rfc822\b/i.test(type)) {
    return {
      email: await parseInboundEmail(request.body, query.get("from")),
      to: [query.get("to") ?? ""],
    };
  }
  const parts = parseFormParts(request.body, type);
  if (parts === null) return null;
  const fields = decodeFields(parts);
  const envelope = sendgridEnvelope(fields.get("envelope"));
  const from = envelope?.from ?? fields.get("sender") ?? null;
  const to = envelope?.to ?? (fields.get("recipient") ?? fields.get("to") ?? "").split(",");
  const mime = parts.get("email") ?? parts.get("body-mime");
  return {
    email:
      mime === undefined ? await buildEmailFromFields(fields, from) : await parseInboundEmail(mime, from),
    to: to.slice(0, maxAddresses).map(normalizeAddress).filter(Boolean),
  };
}

/**
 * Returns the bytes of each field by name, or null if the body is not a form. If a name is repeated
 * in multipart data, the first field counts. Files in multipart data are left out.
 */
function parseFormParts(body: Uint8Array, type: string): Map<string, Uint8Array> | null {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    const pairs = new URLSearchParams(new TextDecoder().decode(body));
    return new Map([...pairs].map(([name, value]) => [name, new TextEncoder().encode(value)]));
  }
  const [, quoted, plain] =
    /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return null;
  try {
    const parts = new Map<string, Uint8Array>();
    const limits = { maxParts, maxFileSize: body.length, maxTotalSize: body.length };
    for (const part of parseMultipart(body, { boundary, ...limits })) {
      if (part.name !== undefined && part.isText && !parts.has(part.name)) parts.set(part.name, part.bytes);
    }
    return parts;
  } catch {
    return null;
  }
}

const charsetMap = z.record(z.string().max(100), z.string().max(50));

/**
 * Decodes each field by its own charset. SendGrid leaves each field in its original charset, and
 * names the charsets in `charsets`.
 */
function decodeFields(parts: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const text = (bytes: Uint8Array = new Uint8Array()) =>
    decodeDoubtfulCharset(bytes.subarray(0, fieldLength));
  const charsets = charsetMap.safeParse(jsonIn(text(parts.get("charsets")))).data ?? {};
  const fields = [...parts].map(([name, bytes]): [string, string] => {
    const kept = bytes.subarray(0, fieldLength);
    return [name, Object.hasOwn(charsets, name) ? decodeAs(kept, charsets[name] ?? "") : text(kept)];
  });
  return new Map(fields);
}

/**
 * The upper half of code page 850. SendGrid passes on text in this charset, and `TextDecoder` does
 * not know the charset.
 */
const codePage850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/**
 * Decodes the bytes by their charset. If the charset is unknown, ASCII or UTF-8,
 * `decodeDoubtfulCharset` decodes the bytes.
 */
function decodeAs(bytes: Uint8Array, charset: string): string {
  if (/^(?:cp|ibm)?850$/i.test(charset)) {
    return Array.from(bytes, (byte) =>
      byte < 128 ? String.fromCharCode(byte) : codePage850[byte - 128],
    ).join("");
  }
  if (/^(?:utf-?8|us-ascii|)$/i.test(charset)) return decodeDoubtfulCharset(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return decodeDoubtfulCharset(bytes);
  }
}

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text || "null");
  } catch {
    return null;
  }
}

const envelopeShape = z.object({
  to: z.union([z.array(z.string()), z.string().transform((one) => [one])]),
  from: z.string().nullable().catch(null),
});

function sendgridEnvelope(text: string | undefined): { to: string[]; from: string | null } | null {
  return envelopeShape.safeParse(jsonIn(text)).data ?? null;
}

/**
 * Builds an email from a service's parsed fields. The headers are one block (SendGrid) or a JSON
 * list of pairs (Mailgun).
 */
async function buildEmailFromFields(
  fields: ReadonlyMap<string, string>,
  envelopeFrom: string | null,
): Promise<InboundEmail> {
  const html = findFilled(fields, "html", "body-html");
  const plain = findFilled(fields, "text", "body-plain");
  // Without a text part, the parser gets the HTML, because the HTML shows which parts are quoted.
  const [type, body] = plain === undefined && html !== undefined ? ["html", html] : ["plain", plain ?? ""];
  const head = headerLines(fields);
  // A raw email and an email in fields go through the same parser, so that names, encodings, ids
  // and reports are read in one way.
  const lines = head.map(([name, value]) => `${name}: ${value}`);
  const raw = [...lines, `Content-Type: text/${type}; charset=utf-8`, "", body].join("\r\n");
  const email = await parseInboundEmail(new TextEncoder().encode(raw), envelopeFrom);
  const charset = charsetMap.safeParse(jsonIn(fields.get("charsets"))).data?.subject ?? "utf-8";
  // The subject comes from the header if the parser knows the header's charset. If the parser does
  // not know that charset, the subject comes from the field, decoded as the service says.
  const isHeaderRead = email.subject !== "" && /^(?:utf-?8|us-ascii)$/i.test(charset);
  // The fields do not include the parts of a read receipt. So the content type of the whole email
  // is kept, which shows whether the email is a read receipt.
  const contentType = fieldPairs(fields).find(([name]) => /^content-type$/i.test(name))?.[1];
  const headers = new Map(email.headers);
  if (contentType !== undefined)
    headers.set("content-type", contentType.replace(/\s+/g, " ").slice(0, 5_000));
  const subject = isHeaderRead ? email.subject : (fields.get("subject") ?? email.subject);
  // Mailgun has already removed the quotes and the signature.
  const stripped = findFilled(fields, "stripped-text");
  return {
    ...email,
    headers,
    subject: subject.replace(/\s+/g, " ").trim().slice(0, 500),
    words: stripped === undefined ? email.words : extractReplyText(stripped),
  };
}

/** Returns the value of the first named field that has more than blanks. */
function findFilled(fields: ReadonlyMap<string, string>, ...names: readonly string[]): string | undefined {
  return names.map((name) => fields.get(name)).find((value) => value !== undefined && value.trim() !== "");
}

function fieldPairs(fields: ReadonlyMap<string, string>): [string, string][] {
  return mailgunHeaders(fields.get("message-headers")) ?? sendgridHeaders(fields.get("headers") ?? "");
}

function headerLines(fields: ReadonlyMap<string, string>): [string, string][] {
  const skipped = /^content-|^mime-version$/i;
  return fieldPairs(fields)
    .filter(([name]) => !skipped.test(name) && /^[\x21-\x39\x3b-\x7e]{1,100}$/.test(name))
    .slice(0, 200)
    .map(([name, value]) => [name, value.replace(/[\r\n]+/g, " ").slice(0, 5_000)]);
}

const headerPairs = z.array(z.tuple([z.string(), z.string()]).nullable().catch(null)).max(2000);

function mailgunHeaders(text: string | undefined): [string, string][] | null {
  if (text === undefined) return null;
  return headerPairs.safeParse(jsonIn(text)).data?.filter((pair) => pair !== null) ?? null;
}

function sendgridHeaders(block: string): [string, string][] {
  return block
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : [];
    });
}
