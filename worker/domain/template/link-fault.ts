import type { LintSeverity } from "../../../shared/vocabulary.ts";

export type LinkFault = { severity: LintSeverity; message: string };

const error = (message: string): LinkFault => ({ severity: "error", message });

/**
 * Returns the fault in the address of a link or picture, or null. Forbidden schemes are not
 * reported, because saving the template removes forbidden links.
 * @param url null if the element has no address
 * @param filler the character that replaces each character of a Handlebars tag; the tag's value is
 * unknown
 */
export function findLinkFault(
  url: string | null,
  kind: "link" | "picture",
  filler: string,
): LinkFault | null {
  const what = kind === "link" ? "This link" : "This picture";
  const text = url?.trim() ?? "";
  if (text === "") return url === null && kind === "link" ? null : error(`${what} has no address`);
  if (text.startsWith("#")) return error(`${what} leads to "#", which goes nowhere in an email`);
  if (text.includes("{{") || text.includes("}}"))
    return error(`${what} has a {{ or }} without its other half`);
  if (/%7b%7b|%7d%7d/i.test(text)) {
    return error(`${what} has %7B%7B, a variable that was encoded; write it in braces: {{…}}`);
  }
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text.slice(0, 50))?.[0].toLowerCase();
  if (scheme === undefined) {
    if (text.startsWith(filler)) return null;
    return error(
      `${what} must start with https://: an email has no page that a relative address could belong to`,
    );
  }
  if (scheme === "mailto" && kind === "link") {
    return /[^\s@]@[^\s@]/.test(text) || text.includes(filler)
      ? null
      : error("This link has no email address after mailto:");
  }
  if (scheme !== "http" && scheme !== "https") return null;
  if (/\s/.test(text)) return error(`${what} has a space in its address; use %20`);
  return findHostFault(text.slice(scheme.length + 1), what, filler);
}

function findHostFault(rest: string, what: string, filler: string): LinkFault | null {
  if (!rest.startsWith("//")) return error(`${what} must have // after its colon`);
  const host = /^[^/?#]*/.exec(rest.slice(2))?.[0] ?? "";
  if (host === "") return error(`${what} has no host after //`);
  if (host.includes(filler)) return null;
  const isHost = /^(?:[^\s@:/]*@)?[^\s@:/.]+(?:\.[^\s@:/.]+)+\.?(?::\d{1,5})?$/.test(host.slice(0, 300));
  if (!isHost) return error(`${what} has a host that email apps can't reach: "${host.slice(0, 100)}"`);
  return null;
}
