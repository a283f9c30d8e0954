import { decodeEntities, transformHtml } from "../html-text.ts";

/** Where a link leads instead; null leaves it as it is. */
export type LinkTarget = (url: string) => Promise<string | null>;

export type RewrittenBody = { html: string; links: number };

/** Of no use in an email, or able to swallow or overlay what follows; gone with all they hold. */
export const droppedElements: readonly string[] = (
  "script template base meta title link iframe frame frameset object embed applet noembed noframes noscript " +
  "plaintext xmp textarea select input button svg math"
).split(" ");
/** A pasted whole document keeps what is in it; our own document goes around that. */
const unwrapped = "html,head,body,form";

/**
 * An author's HTML, ready to stand in our document: scripts and the like gone, links turned over to `target`.
 * Only what has to change is changed; the rest is passed on byte for byte.
 * @param target asked for each `href` that is absolute http or https; 'none' takes every link away, for a preview
 * @returns null where the HTML can't be parsed, or leaves a comment, attribute or element open in a way that would swallow what comes after it
 */
export async function rewriteBody(html: string, target: LinkTarget | "none"): Promise<RewrittenBody | null> {
  const authored = html.replaceAll("\0", "").replace(/^\s*<!doctype[^>]*>/i, "");
  const sentinel = unusedName(authored);
  const reached = `<!--${sentinel}-->`;
  let links = 0;
  const rewriter = new HTMLRewriter()
    .on(droppedElements.join(","), { element: (element) => void element.remove() })
    .on(unwrapped, { element: (element) => void element.removeAndKeepContent() })
    .on("*", { element: dropHandlers })
    .on("a[href],area[href]", {
      element: async (element) => {
        if (target === "none") return unlink(element);
        if (await relink(element, target)) links += 1;
      },
    })
    .on(sentinel, { element: (element) => void element.replace(reached, { html: true }) });
  const output = await transformHtml(rewriter, `${authored}<${sentinel}></${sentinel}>`);
  return output?.endsWith(reached) ? { html: output.slice(0, -reached.length), links } : null;
}

/** An element's name that the HTML does not hold: put at its end, it is parsed as an element only if all is closed before it. */
function unusedName(html: string): string {
  const lower = html.toLowerCase();
  let name = "dk-end";
  while (lower.includes(name)) name += "x";
  return name;
}

function dropHandlers(element: Element): void {
  const names = [...element.attributes].map(([name]) => name ?? "");
  for (const name of names) if (/^on/i.test(name)) element.removeAttribute(name);
}

async function relink(element: Element, target: LinkTarget): Promise<boolean> {
  const url = hrefOf(element);
  if (/^(javascript|vbscript|data):/i.test(url)) element.removeAttribute("href");
  if (!/^https?:/i.test(url)) return false;
  const replacement = await target(url);
  if (replacement === null) return false;
  element.setAttribute("href", replacement);
  return true;
}

/** Shows where the link would lead, and leads nowhere. */
function unlink(element: Element): void {
  const url = hrefOf(element);
  element.removeAttribute("href");
  element.removeAttribute("target");
  if (/^(https?|mailto|tel):/i.test(url)) element.setAttribute("title", url);
}

/** As a browser reads it: references resolved, tabs and line breaks taken out, blanks and controls around it ignored. */
const hrefOf = (element: Element) =>
  decodeEntities(element.getAttribute("href") ?? "")
    .replace(/[\t\r\n]/g, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the URL standard strips from both ends
    .replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, "");
