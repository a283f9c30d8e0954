import { MailComposer } from "../libraries.js";
import type { OutgoingEmail } from "../provider.ts";

export type BuiltMessage = { from: string; to: string; raw: Uint8Array };

/** Made from fields of the email. A second copy out of `headers` would contradict them, and a Bcc would be there to read. */
const ownHeaders = new Set([
  ...["from", "to", "cc", "bcc", "sender", "subject", "reply-to", "message-id"],
  ...["mime-version", "content-type", "content-transfer-encoding"],
]);

/**
 * The whole message (RFC 5322): multipart/alternative, text before HTML. `from` and `to` are the envelope's addresses,
 * with domains in ASCII.
 * @param date what the Date header says unless `headers` has one; by default the real time
 */
export async function buildMessage(email: OutgoingEmail, date?: Date): Promise<BuiltMessage> {
  const headers = Object.entries(email.headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const hasDate = headers.some(([name]) => name.toLowerCase() === "date");
  const message = new MailComposer({
    from: { address: email.from.email, name: email.from.name },
    to: { address: email.to.email, name: email.to.name },
    ...(email.replyTo === null ? {} : { replyTo: { address: email.replyTo, name: "" } }),
    subject: email.subject,
    text: withPlainLineEnds(email.text),
    html: withPlainLineEnds(email.html),
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

/** A CR of its own is an end of line to some servers and none to others, which lets a body end for the one and go on for the other. */
const withPlainLineEnds = (text: string) => text.replace(/\r\n?/g, "\n");
