import type { OutgoingEmail } from "../../providers/provider.ts";

/** RFC 5322 §2.2: printable ASCII without a colon. */
const headerName = /^[!-9;-~]{1,76}$/;
/** RFC 5322 §2.2 again, with the tab of a folded line: what is beyond ASCII has its own encoding in every header we write. */
const headerValue = /^[\t -~]*$/;
/** RFC 5322 §2.1.1, with room for a name of the longest kind. */
const maxValueLength = 998 - 78;
/** Would end the header, and begin another or the body, for some program on the way: ends of lines of every kind, NUL and its like. */
export const controlCharacter = /[\p{Cc}\u2028\u2029]/u;
/**
 * An encoded word (RFC 2047 §2) where text is meant. A mail program would read it as something else than was written here, a
 * line break or another name for instance; in an import it is a name that was never decoded.
 */
export const encodedWord = /=\?[^\s?]+\?[bq]\?[^\s?]*\?=/i;
/**
 * One address and nothing else: no second one after a comma, no name, no route, no space that a server would cut at. ASCII,
 * since SMTPUTF8 (RFC 6531) is not to be had everywhere; a domain beyond it has an ASCII form (RFC 5891). The
 * local part is an unquoted one (RFC 5321 §4.1.2, Dot-string).
 */
const address = /^(?=.{3,254}$)[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;
/** Each would be a recipient or a sender that nobody has checked. */
const addressHeaders = new Set(["to", "cc", "bcc", "from", "sender", "return-path"]);

/** One plain address in ASCII, which any server takes. */
export function isPlainAddress(text: string): boolean {
  return address.test(text);
}

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
  const addresses = {
    "from.email": email.from.email,
    "to.email": email.to.email,
    replyTo: email.replyTo,
    returnPath: email.returnPath ?? null,
  };
  for (const [field, text] of Object.entries(texts)) {
    const fault = textFault(text);
    if (fault !== null) return `${field} ${fault}`;
  }
  for (const [field, text] of Object.entries(addresses)) {
    if (text !== null && !isPlainAddress(text)) return `${field} is not one plain address in ASCII`;
  }
  if (!/^<[!-;=?-~]+@[!-;=?-~]+>$/.test(email.messageId)) return "messageId is not <id@domain>";
  return extraHeaderFault(email.headers);
}

/** What keeps a text out of a header; null for nothing. */
export function textFault(text: string): string | null {
  if (controlCharacter.test(text)) return "must be one line without control characters";
  if (encodedWord.test(text)) return "must be plain text, not an encoded word";
  return text.isWellFormed() ? null : "must be well-formed Unicode";
}

function extraHeaderFault(headers: OutgoingEmail["headers"]): string | null {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!headerName.test(name)) return "a header has a malformed name";
    if (addressHeaders.has(lower)) return `header ${lower} may not be set`;
    if (seen.has(lower)) return `header ${lower} is there twice`;
    if (!headerValue.test(value)) return `header ${lower} must be printable ASCII in one line`;
    if (value.length > maxValueLength) return `header ${lower} is too long for one line`;
    seen.add(lower);
  }
  return null;
}
