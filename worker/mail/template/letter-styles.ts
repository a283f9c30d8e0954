/// <reference path="./juice.d.ts" />
import { load } from "cheerio/slim";
import makeJuice from "juice/lib/inline.js";
import postcss, { type AtRule, type ChildNode, type Rule } from "postcss";
import { isAllowedStyle } from "./allowed-styles.ts";

/**
 * A style sheet in parts. `plain` is inlined into the elements, `media` stays a style sheet, and
 * `dropped` names the removed parts. `plainRules` counts the selectors in `plain`.
 */
export type AllowedCss = { plain: string; plainRules: number; media: string; dropped: string[] };

/** Matches a selector that is simple enough to find its elements in bounded time in any letter. */
const simpleSelectorPattern =
  /^(?=.{1,200}$)(?:[a-z][\w-]*|\*)?(?:[.#][a-z_][\w-]*)*(?:\s*[\s>]\s*(?:[a-z][\w-]*|\*)?(?:[.#][a-z_][\w-]*)*){0,3}$/i;
const safeQueryPattern = /^(?=.{1,200}$)[\w\s():.,-]+$/;

/**
 * Returns the allowed parts of an author's CSS: declarations that are allowed on an element, and
 * media queries with such declarations.
 */
export function filterCss(css: string): AllowedCss {
  const sheet: AllowedCss = { plain: "", plainRules: 0, media: "", dropped: [] };
  let root: postcss.Root;
  try {
    root = postcss.parse(css, { map: false });
  } catch {
    return { ...sheet, dropped: ["a style sheet that can't be read"] };
  }
  for (const node of root.nodes) readNode(node, sheet);
  return sheet;
}

function readNode(node: ChildNode, sheet: AllowedCss): void {
  if (node.type === "comment") return;
  if (node.type === "rule") {
    const rule = formatRule(node, sheet.dropped);
    sheet.plain += rule.text;
    sheet.plainRules += rule.selectors;
  } else if (
    node.type === "atrule" &&
    node.name.toLowerCase() === "media" &&
    safeQueryPattern.test(node.params)
  ) {
    sheet.media += formatMedia(node, sheet.dropped);
  } else {
    sheet.dropped.push(node.type === "atrule" ? `@${node.name}` : "a declaration outside any rule");
  }
}

function formatMedia(media: AtRule, dropped: string[]): string {
  const rules = (media.nodes ?? []).flatMap((node) => {
    if (node.type === "rule") return [formatRule(node, dropped, letterScope).text];
    if (node.type !== "comment")
      dropped.push(`@media with ${node.type === "atrule" ? `@${node.name}` : node.type}`);
    return [];
  });
  const text = rules.join("");
  return text === "" ? "" : `@media ${media.params.replace(/\s+/g, " ").trim()}{${text}}\n`;
}

/**
 * The selector that limits the media queries' rules to the letter's own cell (compose/document.ts),
 * so that an author can't restyle the footer.
 */
const letterScope = ".letter ";

/**
 * Returns the allowed part of a rule.
 * @param scope a prefix for each selector that lacks the prefix
 */
function formatRule(rule: Rule, dropped: string[], scope = ""): { text: string; selectors: number } {
  const selectors = rule.selectors
    .map((selector) => (scope !== "" && selector.startsWith(scope) ? selector.slice(scope.length) : selector))
    .filter((selector) => simpleSelectorPattern.test(selector))
    .map((selector) => scope + selector);
  if (selectors.length < rule.selectors.length) dropped.push("a selector that is not simple");
  const declarations = (rule.nodes ?? []).flatMap((node) => {
    if (node.type === "comment") return [];
    if (node.type === "decl" && isAllowedStyle(node.prop, node.value)) {
      return [`${node.prop.toLowerCase()}:${node.value}${node.important ? " !important" : ""}`];
    }
    dropped.push(node.type === "decl" ? node.prop : "a nested rule");
    return [];
  });
  if (selectors.length === 0 || declarations.length === 0) return { text: "", selectors: 0 };
  return { text: `${selectors.join(",")}{${declarations.join(";")}}`, selectors: selectors.length };
}

const juice: Parameters<typeof makeJuice>[0] = {};
makeJuice(juice);

/**
 * Returns the HTML with the rules of the CSS on its elements. Each rule has the precedence that a
 * browser gives the rule.
 */
export function inlineStyles(html: string, css: string): string {
  // cheerio's slim parser is the parser that the sanitizer uses. The parser does not move text that
  // stands between table rows.
  const document = load(html, { xml: { decodeEntities: false, xmlMode: false } });
  juice.inlineDocument?.(document, css, {
    applyWidthAttributes: false,
    applyHeightAttributes: false,
    applyAttributesTableElements: false,
  });
  return document.html();
}
