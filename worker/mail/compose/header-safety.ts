import type { OutgoingEmail } from "../../providers/provider.ts";

/** Matches a header's name: printable ASCII without a colon (RFC 5322 §2.2). */
const headerNamePattern = /^[!-9;-~]{1,76}$/;
/**
 * Matches a header's value: printable ASCII (RFC 5322 §2.2), and the tab of a folded line. Every
 * header that we write encodes characters outside ASCII in its own way.
 */
const headerValuePattern = /^[\t -~]*$/;
/**
 * The most characters of a header's value: 998 in a line (RFC 5322 §2.1.1), less the longest header
 * name with its separator.
 */
const maxValueLength = 998 - 78;
/**
 * Matches a control character or line separator. Some programs read such a character as the end of
 * a header, and the text after the character as another header or the body.
 */
const controlCharacterPattern = /[\p{Cc}\u2028\u2029]/u;
/**
 * Matches an encoded word (RFC 2047 §2). A mail program would decode the word into unchecked text,
 * such as a line break or another name. In the host's data, an encoded word is a name that was
 * never decoded.
 */
const encodedWordPattern = /=\?[^\s?]+\?[bq]\?[^\s?]*\?=/i;
/**
 * Matches one address and nothing else: no second address, no name and no route. A space is not
 * allowed either, because a server would read SMTP parameters after the space. Only ASCII is
 * allowed, since few servers have SMTPUTF8 (RFC 6531); an international domain has an ASCII form
 * (RFC 5891). The local part is unquoted (RFC 5321 §4.1.2, Dot-string).
 */
const addressPattern = /^(?=.{3,254}$)[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;
/** Headers that would name a recipient or a sender that no code has checked. */
const addressHeaders = new Set(["to", "cc", "bcc", "from", "sender", "return-path"]);

/** Returns whether the text is one plain address in ASCII, which any server accepts. */
export function isPlainAddress(text: string): boolean {
  return addressPattern.test(text);
}

/**
 * Returns the reason why no provider may be given this email, or null. Nothing is repaired, because
 * a line break in a subject is a bug of ours or an attack. In both cases the email must not leave.
 * @returns the field and the reason, without the field's value
 */
export function findHeaderFault(email: OutgoingEmail): string | null {
  const texts = {
    "from.name": email.from.name,
    "to.name": email.to.name,
    replyToName: email.replyToName ?? "",
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
    const fault = findHeaderTextFault(text);
    if (fault !== null) return `${field} ${fault}`;
  }
  for (const [field, text] of Object.entries(addresses)) {
    if (text !== null && !isPlainAddress(text)) return `${field} is not one plain address in ASCII`;
  }
  if (!/^<[!-;=?-~]+@[!-;=?-~]+>$/.test(email.messageId)) return "messageId is not <id@domain>";
  return findExtraHeaderFault(email.headers);
}

/** Returns the reason why a text may not stand in a header, or null. */
export function findHeaderTextFault(text: string): string | null {
  if (controlCharacterPattern.test(text)) return "must be one line without control characters";
  if (encodedWordPattern.test(text)) return "must be plain text, not an encoded word";
  return text.isWellFormed() ? null : "must be well-formed Unicode";
}

function findExtraHeaderFault(headers: OutgoingEmail["headers"]): string | null {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!headerNamePattern.test(name)) return "a header has a malformed name";
    if (addressHeaders.has(lower)) return `header ${lower} may not be set`;
    if (seen.has(lower)) return `header ${lower} is there twice`;
    if (!headerValuePattern.test(value)) return `header ${lower} must be printable ASCII in one line`;
    if (value.length > maxValueLength) return `header ${lower} is too long for one line`;
    seen.add(lower);
  }
  return null;
}
