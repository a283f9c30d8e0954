import { parseUrl } from "../url.ts";
import { type MarkedPart, splitValues } from "../value-marks.ts";

/**
 * Puts values into the address of a link or picture. Each value is encoded for its part of the
 * address.
 */

/**
 * `unusable`: all variables of the address, if no mail program can open the address with their
 * values. `url` is then null. An address that has no values is returned unchanged.
 */
export type FilledUrl = { url: string | null; unusable: string[] };

/** Returns the address in an author's text, with each value encoded for its place. */
export function fillUrlValues(text: string): FilledUrl {
  const parts = splitValues(text);
  if (parts.every(({ variable }) => variable === null)) return { url: text, unusable: [] };
  let url = "";
  let isUsable = true;
  for (const [index, { text: own, variable }] of parts.entries()) {
    if (variable === null) url += own;
    else {
      const filled = encodeForUrl(url.trimStart(), own, parts[index + 1]?.text ?? "");
      isUsable &&= filled !== null;
      url += filled ?? "";
    }
  }
  url = url.trim();
  if (isUsable && isReachable(url)) return { url, unusable: [] };
  return { url: null, unusable: listVariables(parts) };
}

const listVariables = (parts: readonly MarkedPart[]) =>
  parts.flatMap(({ variable }) => (variable === null ? [] : [variable]));

/**
 * Returns a value encoded for its place in an address, or null if the value can't stand there.
 * @param before the address up to the value, with earlier values in it
 * @param after the author's text after the value
 */
export function encodeForUrl(before: string, value: string, after: string): string | null {
  const given = value
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]/gu, "")
    .trim();
  if (before === "") return given === "" ? "" : completeUrl(given);
  if (/^mailto:/i.test(before))
    return before.includes("?") ? encodeURIComponent(given) : encodeMailbox(given);
  if (/^tel:/i.test(before)) return encodePhone(given);
  if (/[?#]/.test(before)) return encodeURIComponent(given);
  const [, host, path] = /^https?:\/\/([^/]*)(\/.*)?$/is.exec(before) ?? [];
  if (host === undefined) return encodeURIComponent(given);
  return path === undefined ? fillHost(host, given, after) : encodePath(given);
}

/** Matches a host name with its port, up to the path, the query, the fragment or the end. */
const hostPattern =
  /^(?:[\p{L}\p{M}\p{N}-]{1,63}\.)+\p{L}[\p{L}\p{M}\p{N}-]{1,62}\.?(?::\d{1,5})?(?=[/?#]|$)/iu;

/**
 * Returns the value with its scheme if the value is a whole address or the beginning of an address;
 * null for any other value.
 */
function completeUrl(value: string): string | null {
  if (/^https?:\/\//i.test(value)) return encodeWhole(value);
  if (value.startsWith("//")) return encodeWhole(`https:${value}`);
  if (hostPattern.test(value)) return encodeWhole(`https://${value}`);
  if (/^mailto:/i.test(value)) return encodeWhole(value);
  if (/^tel:/i.test(value)) return `tel:${encodePhone(value.slice("tel:".length))}`;
  // The value is only a scheme, as in {{scheme}}://example.com.
  return /^https?$/i.test(value) ? value : null;
}

/**
 * Encodes the characters that may not stand in an address. Characters that are encoded already are
 * left unchanged.
 */
function encodeWhole(url: string): string {
  const host = /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? "";
  // A host with characters outside ASCII has a form in ASCII (Punycode). Only the URL parser can
  // compute the form.
  const plainHost = /[^ -~]/.test(host) ? (parseUrl(host)?.origin ?? host) : host;
  return plainHost + encodeURI(url.slice(host.length)).replace(/%25([0-9a-f]{2})/gi, "%$1");
}

/**
 * Returns a value encoded for the host of an address, or null if the value can't stand there. A
 * value that begins the host may also contain a path, as in `https://{{recipient.website}}`. A
 * value for only a part of the host may contain only ASCII letters, digits, dots and hyphens.
 */
function fillHost(host: string, value: string, after: string): string | null {
  if (host === "" && (after === "" || /^[/?#:]/.test(after))) {
    const whole = value.replace(/^(?:https?:)?\/\//i, "");
    return hostPattern.test(whole) ? encodeWhole(`https://${whole}`).slice("https://".length) : null;
  }
  if (value.startsWith("/")) {
    return host === "" || after.startsWith(".") ? null : value.split("/").map(encodeURIComponent).join("/");
  }
  return /^[a-z0-9.-]*$/i.test(value) ? value : null;
}

/**
 * Returns a value encoded for the path of an address. A value of plain segments keeps its slashes;
 * in any other value, a slash is encoded like any other character.
 */
const encodePath = (value: string) =>
  /^\/?[\w.~%-]+(?:\/[\w.~%-]+)*\/?$/.test(value)
    ? value.split("/").map(encodeURIComponent).join("/")
    : encodeURIComponent(value);

const encodeMailbox = (value: string) =>
  encodeURIComponent(value.replace(/^mailto:/i, ""))
    .replaceAll("%40", "@")
    .replaceAll("%2B", "+");

/** Returns a phone number in the form of a tel: link, with `;ext=` for an extension (RFC 3966). */
function encodePhone(value: string): string {
  const number = value
    .replace(/^tel:/i, "")
    .replace(/\s*(?:;?\s*ext(?:ension|\.)?|x)\s*=?\s*(\d+)\s*$/i, ";ext=$1");
  const [digits = "", extension] = number.split(";ext=");
  const kept = digits.replace(/[^\d+*#,.()-]/g, "").replaceAll("#", "%23");
  return extension === undefined ? kept : `${kept};ext=${extension}`;
}

/** Returns whether a mail program can open the address. */
function isReachable(url: string): boolean {
  if (/^mailto:/i.test(url)) return /^mailto:[^\s@?]+@[^\s@?]+\.[^\s@?]+/i.test(url);
  if (/^tel:/i.test(url)) return /\d{3}/.test(url.replace(/\D/g, ""));
  if (!/^https?:\/\//i.test(url) || /\s/.test(url)) return false;
  return hostPattern.test(parseUrl(url)?.host ?? "");
}
