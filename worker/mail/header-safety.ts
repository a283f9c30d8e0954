import type { OutgoingEmail } from "../providers/provider.ts";

/** RFC 5322 §2.2: printable ASCII without a colon. */
const headerName = /^[!-9;-~]{1,76}$/;
/** Would end the header, and begin another or the body. Every other control character but a tab is refused with them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unsafe = /[\u0000-\u0008\u000a-\u001f\u007f]/;
/** One address and nothing else: no second one after a comma, no name, no route, no space that a server would cut at. */
const address = /^[^\s<>(),;:\\"[\]@\p{Cc}]{1,64}@[^\s<>(),;:\\"[\]@\p{Cc}]{1,253}$/u;
/** Each would be a recipient or a sender that nobody has checked. */
const addressHeaders = new Set(["to", "cc", "bcc", "from", "sender", "return-path"]);

/**
 * What makes this email unfit for any provider, or null. Nothing is repaired: an email with a line break in its subject was
 * either made by a fault of ours or is an attack, and in both cases must not leave.
 * @returns which field and why, without its content
 */
export function headerFault(email: OutgoingEmail): string | null {
  const texts = {
    "from.name": email.from.name,
    "to.name": email.to.name,
    subject: email.subject,
    messageId: email.messageId,
  };
  const addresses = { "from.email": email.from.email, "to.email": email.to.email, replyTo: email.replyTo };
  for (const [field, text] of Object.entries(texts)) {
    if (unsafe.test(text)) return `${field} holds a control character`;
  }
  for (const [field, text] of Object.entries(addresses)) {
    if (text !== null && !address.test(text)) return `${field} is not one plain address`;
  }
  if (!/^<[^\s<>]+@[^\s<>]+>$/.test(email.messageId)) return "messageId is not <id@domain>";
  return extraHeaderFault(email.headers);
}

function extraHeaderFault(headers: OutgoingEmail["headers"]): string | null {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!headerName.test(name)) return "a header has a malformed name";
    if (addressHeaders.has(lower)) return `header ${lower} may not be set`;
    if (seen.has(lower)) return `header ${lower} is there twice`;
    if (unsafe.test(value)) return `header ${lower} holds a control character`;
    seen.add(lower);
  }
  return null;
}
