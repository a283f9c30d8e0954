import { decodeEntities, transformHtml } from "../html-text.ts";

/** Returns the URL that replaces a link's own URL, or null to leave the link as it is. */
export type LinkReplacer = (url: string) => Promise<string | null>;

export type RewrittenBody = { html: string; links: number };

/**
 * Elements that are removed with their content. Such elements have no use in an email, or could
 * swallow or cover the HTML after them.
 */
export const droppedElements: readonly string[] = (
  "script template base meta title link iframe frame frameset object embed applet noembed noframes noscript " +
  "plaintext xmp textarea select input button svg math"
).split(" ");
/**
 * Elements that are removed while their content stays. An author who pastes a whole document keeps
 * its content, and `renderEmailDocument` writes our own document around it.
 */
const unwrappedElements = "html,head,body,form";

/**
 * Prepares an author's HTML to stand in our document: removes scripts and the like, and replaces
 * links by what `target` returns. Everything else is passed on byte for byte.
 * @param target called for each absolute http or https `href`; 'none' removes every link, for a
 *   preview
 * @returns null if the HTML can't be parsed, or has an unclosed comment, attribute or element that
 *   would swallow the HTML after it
 */
export async function rewriteBody(
  html: string,
  target: LinkReplacer | "none",
): Promise<RewrittenBody | null> {
  const authored = html.replaceAll("\0", "").replace(/^\s*<!doctype[^>]*>/i, "");
  const sentinel = pickUnusedName(authored);
  const reached = `<!--${sentinel}-->`;
  let links = 0;
  const rewriter = new HTMLRewriter()
    .on(droppedElements.join(","), { element: (element) => void element.remove() })
    .on(unwrappedElements, { element: (element) => void element.removeAndKeepContent() })
    .on("*", { element: dropHandlers })
    .on("a[href],area[href]", {
      element: async (element) => {
        if (target === "none") return disableLink(element);
        if (await replaceLink(element, target)) links += 1;
      },
    })
    .on(sentinel, { element: (element) => void element.replace(reached, { html: true }) });
  const output = await transformHtml(rewriter, `${authored}<${sentinel}></${sentinel}>`);
  return output?.endsWith(reached) ? { html: output.slice(0, -reached.length), links } : null;
}

/**
 * Returns an element name that the HTML does not contain. An element of this name at the end of the
 * HTML is parsed as an element only if everything before it is closed.
 */
function pickUnusedName(html: string): string {
  const lower = html.toLowerCase();
  let name = "dk-end";
  while (lower.includes(name)) name += "x";
  return name;
}

function dropHandlers(element: Element): void {
  const names = [...element.attributes].map(([name]) => name ?? "");
  for (const name of names) if (/^on/i.test(name)) element.removeAttribute(name);
}

async function replaceLink(element: Element, target: LinkReplacer): Promise<boolean> {
  const url = readHref(element);
  if (/^(javascript|vbscript|data):/i.test(url)) element.removeAttribute("href");
  if (!/^https?:/i.test(url)) return false;
  const replacement = await target(url);
  if (replacement === null) return false;
  element.setAttribute("href", replacement);
  return true;
}

/**
 * Removes a link's `href` and shows its URL as the element's title, so that the link leads nowhere.
 */
function disableLink(element: Element): void {
  const url = readHref(element);
  element.removeAttribute("href");
  element.removeAttribute("target");
  if (/^(https?|mailto|tel):/i.test(url)) element.setAttribute("title", url);
}

/**
 * Returns an element's `href` as a browser reads it: character references resolved, tabs and line
 * breaks removed, spaces and control characters trimmed from both ends.
 */
const readHref = (element: Element) =>
  decodeEntities(element.getAttribute("href") ?? "")
    .replace(/[\t\r\n]/g, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: URLs drop these at both ends
    .replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, "");
