/*
 * The rule for email addresses that the tab and the API share. The rule uses no validator library,
 * so that the tab's bundle stays small.
 */

import { dropInvisibleCharacters } from "./invisible-characters.ts";

const maxLocalLength = 64;
const maxLength = 254;
/** The greatest number of characters to read: an address with the name of its person. */
const longestText = 1_000;

/**
 * The characters that a plain address may have before its @ (RFC 5322, atext). A dot may stand
 * between two of these characters.
 */
const atext = "[a-z0-9!#$%&'*+/=?^_`{|}~-]";
/**
 * A domain name: labels of at most 63 letters, digits and hyphens (RFC 1035 §2.3.1). The last label
 * may be of another script, in its ASCII form.
 */
const domain = "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})";
const addressPattern = new RegExp(`^${atext}+(?:\\.${atext}+)*@${domain}$`);

/** Matches a name and an address in angle brackets: `Jane Doe <jane@example.com>`. */
const withName = /^[^<>]*<([^<>]+)>$/;

/**
 * Returns an address in the form in which addresses are compared and stored. The form is in lower
 * case, has the domain in ASCII (RFC 5891), and has nothing around the address: no name, `mailto:`,
 * quotes, spaces or invisible characters. Also returns a text that is not an address;
 * `isEmailAddress` refuses such a text.
 */
export function normalizeEmailAddress(text: string): string {
  const seen = dropInvisibleCharacters(text.slice(0, longestText))
    .replace(/[\u200c\u200d]/g, "")
    .replace("＠", "@")
    .replace(/[\s.,;:\p{Cc}]+$/u, "")
    .trim();
  const bare = (withName.exec(seen)?.[1] ?? seen)
    .trim()
    .replace(/^mailto:([^?]*).*$/i, "$1")
    .replace(/^(["'])(.*)\1$/, "$2");
  return toAsciiDomain(bare.toLowerCase());
}

/**
 * Tells whether a normalized text is an address that mail can be sent to. Characters outside ASCII
 * before the @ are refused, because few mail servers accept such addresses (RFC 6531).
 */
export function isEmailAddress(normalized: string): boolean {
  return (
    normalized.length <= maxLength &&
    normalized.indexOf("@") <= maxLocalLength &&
    addressPattern.test(normalized)
  );
}

/** Returns the normalized address, or null if the text is not an address. */
export function parseEmailAddress(text: string): string | null {
  const address = normalizeEmailAddress(text);
  return isEmailAddress(address) ? address : null;
}

/**
 * Converts the domain of an address to ASCII: `info@bücher.example` becomes
 * `info@xn--bcher-kva.example`. A domain with any character but letters, digits, hyphens and dots
 * stays unchanged.
 */
function toAsciiDomain(text: string): string {
  const at = text.lastIndexOf("@") + 1;
  const name = text.slice(at);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range covers all of ASCII
  if (!/[^\u0000-\u007f]/.test(name) || !/^[\p{L}\p{M}\p{N}.\u3002-]+$/u.test(name)) return text;
  try {
    return text.slice(0, at) + new URL(`http://${name}`).hostname;
  } catch {
    // The text is not a domain name. The check of the whole address reports the fault.
    return text;
  }
}
