import { encodeUtf8, joinBytes } from "../bytes.ts";
import { MailComposer } from "../libraries.js";
import type { OutgoingEmail } from "../provider.ts";

export type BuiltMimeMessage = { from: string; to: string; raw: Uint8Array };

/**
 * Headers that are made from the email's own fields. A second copy from `headers` would contradict
 * the first copy, and recipients could read a Bcc.
 */
const ownHeaders = new Set([
  ...["from", "to", "cc", "bcc", "sender", "subject", "reply-to", "message-id"],
  ...["mime-version", "content-type", "content-transfer-encoding"],
]);

/**
 * Builds the whole message (RFC 5322): multipart/alternative, with the text before the HTML. `from`
 * and `to` are the envelope's addresses, with domains in ASCII.
 * @param date the Date header's value unless `headers` has a Date; the default is the real time
 */
export async function buildMimeMessage(email: OutgoingEmail, date?: Date): Promise<BuiltMimeMessage> {
  const headers = Object.entries(email.headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const hasDate = headers.some(([name]) => name.toLowerCase() === "date");
  const message = new MailComposer({
    from: { address: email.from.email, name: email.from.name },
    to: { address: email.to.email, name: email.to.name },
    ...(email.replyTo === null
      ? {}
      : { replyTo: { address: email.replyTo, name: email.replyToName ?? email.from.name } }),
    subject: email.subject,
    text: normalizeLineEnds(email.text),
    html: normalizeLineEnds(email.html),
    messageId: email.messageId,
    headers: Object.fromEntries(headers),
    ...(hasDate || date === undefined ? {} : { date }),
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const { from, to } = message.getEnvelope();
  const [recipient] = to;
  if (from === false || recipient === undefined || to.length !== 1)
    throw new Error("not one sender and one recipient");
  return { from, to: recipient, raw: joinFirstFolds(await message.build()) };
}

/**
 * Returns the message without line breaks right after a header's name, which the library makes
 * before a long word. Spam filters count such line breaks, and a relay that joins such a line
 * breaks a DKIM signature in the simple form (RFC 6376 §3.4.1).
 */
function joinFirstFolds(message: Uint8Array): Uint8Array {
  const raw = Uint8Array.from(message);
  const end = findHeadEnd(raw);
  const head = new TextDecoder().decode(raw.subarray(0, end));
  return joinBytes(encodeUtf8(head.replace(/^([!-9;-~]+:)\r\n[ \t]+/gm, "$1 ")), raw.subarray(end));
}

/** Returns the index at which the empty line after the headers begins. */
function findHeadEnd(raw: Uint8Array): number {
  const lineEnds = "\r\n\r\n";
  for (let at = 0; at < raw.length; at += 1) {
    if ([...lineEnds].every((end, index) => raw[at + index] === end.charCodeAt(0))) return at;
  }
  return raw.length;
}

/**
 * Replaces CR and CRLF by LF. Only some servers read a lone CR as the end of a line, so two servers
 * could disagree on where a body ends.
 */
const normalizeLineEnds = (text: string) => text.replace(/\r\n?/g, "\n");
