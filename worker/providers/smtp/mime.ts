import { MailComposer } from "../libraries.js";
import type { OutgoingEmail } from "../provider.ts";

export type BuiltMessage = { from: string; to: string; raw: Uint8Array };

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
export async function buildMessage(email: OutgoingEmail, date?: Date): Promise<BuiltMessage> {
  const headers = Object.entries(email.headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const hasDate = headers.some(([name]) => name.toLowerCase() === "date");
  const message = new MailComposer({
    from: { address: email.from.email, name: email.from.name },
    to: { address: email.to.email, name: email.to.name },
    ...(email.replyTo === null ? {} : { replyTo: { address: email.replyTo, name: "" } }),
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
  return { from, to: recipient, raw: await message.build() };
}

/**
 * Replaces CR and CRLF by LF. Some servers read a lone CR as the end of a line and others do not,
 * so that they could disagree on where a body ends.
 */
const normalizeLineEnds = (text: string) => text.replace(/\r\n?/g, "\n");
