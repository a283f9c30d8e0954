import type { WebhookRequest } from "../providers/provider.ts";
import { htmlToText } from "./html-to-text.ts";
import { type InboundEmail, readInbound } from "./inbound.ts";

/** An email as a service's inbound post carries it, with the address it was delivered to. */
export type InboundPost = { email: InboundEmail; to: string };

/**
 * Reads SendGrid Inbound Parse, Mailgun routes (fields, or whole MIME where the route ends in `mime`), and raw
 * `message/rfc822` with `?from=&to=`. Null for anything else.
 */
export async function readInboundForm(request: WebhookRequest): Promise<InboundPost | null> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("message/rfc822")) {
    const to = request.url.searchParams.get("to") ?? "";
    return { email: await readInbound(request.body, request.url.searchParams.get("from") ?? ""), to };
  }
  if (!type.startsWith("multipart/form-data") && !type.startsWith("application/x-www-form-urlencoded"))
    return null;
  const fields = await formFields(request.body, type);
  if (fields === null) return null;
  const envelope = sendgridEnvelope(fields.get("envelope"));
  const to = envelope?.to ?? fields.get("recipient") ?? fields.get("to") ?? "";
  const from = envelope?.from ?? fields.get("sender") ?? "";
  const mime = fields.get("email") ?? fields.get("body-mime");
  if (mime !== undefined) return { email: await readInbound(new TextEncoder().encode(mime), from), to };
  return { email: await fromFields(fields, from), to };
}

async function formFields(body: Uint8Array, type: string): Promise<Map<string, string> | null> {
  try {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const entries = [...form].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
    return new Map(entries);
  } catch {
    return null;
  }
}

function sendgridEnvelope(text: string | undefined): { to: string; from: string } | null {
  try {
    const parsed: unknown = JSON.parse(text ?? "null");
    if (typeof parsed !== "object" || parsed === null) return null;
    const { to, from } = parsed as { to?: unknown; from?: unknown };
    const first = Array.isArray(to) ? to[0] : to;
    return typeof first === "string" ? { to: first, from: typeof from === "string" ? from : "" } : null;
  } catch {
    return null;
  }
}

/** The services' parsed form: the headers come as one block (SendGrid) or as a JSON list of pairs (Mailgun). */
async function fromFields(fields: ReadonlyMap<string, string>, envelopeFrom: string): Promise<InboundEmail> {
  const headers = headerLines(fields);
  const head = [...headers].map(([name, value]) => `${name}: ${value}`).join("\r\n");
  // Parsed by the same reader as a whole email, so that names, encodings and ids are read in one way.
  const email = await readInbound(new TextEncoder().encode(`${head}\r\n\r\n`), envelopeFrom);
  const html = fields.get("html") ?? fields.get("body-html");
  const text =
    fields.get("text") ?? fields.get("body-plain") ?? (html === undefined ? "" : await htmlToText(html));
  return { ...email, text };
}

function headerLines(fields: ReadonlyMap<string, string>): Map<string, string> {
  const skipped = /^(content-type|content-transfer-encoding|mime-version)$/i;
  const pairs = mailgunHeaders(fields.get("message-headers")) ?? sendgridHeaders(fields.get("headers") ?? "");
  const kept = pairs.filter(([name]) => !skipped.test(name) && /^[\x21-\x39\x3b-\x7e]{1,100}$/.test(name));
  return new Map(
    kept.slice(0, 200).map(([name, value]) => [name, value.replace(/[\r\n]+/g, " ").slice(0, 5_000)]),
  );
}

function mailgunHeaders(text: string | undefined): [string, string][] | null {
  if (text === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return null;
    return parsed.flatMap((pair): [string, string][] =>
      Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string"
        ? [[pair[0], pair[1]]]
        : [],
    );
  } catch {
    return null;
  }
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
