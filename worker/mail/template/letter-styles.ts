/// <reference path="./juice.d.ts" />
import { load } from "cheerio/slim";
import makeJuice from "juice/lib/inline.js";
import postcss, { type AtRule, type ChildNode, type Declaration, type Rule } from "postcss";
import { allowedStyles } from "./html-allowed.ts";

/** A style sheet taken apart. `plain` goes onto the elements, `media` stays one, `dropped` names what is not kept. */
export type StyleSheet = { plain: string; plainRules: number; media: string; dropped: string[] };

/** Plain enough that looking one up takes a bounded time, however the letter is made. */
const simpleSelector =
  /^(?=.{1,200}$)(?:[a-z][\w-]*|\*)?(?:[.#][a-z_][\w-]*)*(?:\s*[\s>]\s*(?:[a-z][\w-]*|\*)?(?:[.#][a-z_][\w-]*)*){0,3}$/i;
const safeQuery = /^(?=.{1,200}$)[\w\s():.,-]+$/;

/** Takes CSS as an author wrote it. Only declarations that are allowed on an element are kept, and media queries of them. */
export function readStyles(css: string): StyleSheet {
  const sheet: StyleSheet = { plain: "", plainRules: 0, media: "", dropped: [] };
  let root: postcss.Root;
  try {
    root = postcss.parse(css, { map: false });
  } catch {
    return { ...sheet, dropped: ["a style sheet that can't be read"] };
  }
  for (const node of root.nodes) readNode(node, sheet);
  return sheet;
}

function readNode(node: ChildNode, sheet: StyleSheet): void {
  if (node.type === "comment") return;
  if (node.type === "rule") {
    const rule = ruleText(node, sheet.dropped);
    sheet.plain += rule.text;
    sheet.plainRules += rule.selectors;
  } else if (node.type === "atrule" && node.name.toLowerCase() === "media" && safeQuery.test(node.params)) {
    sheet.media += mediaText(node, sheet.dropped);
  } else {
    sheet.dropped.push(node.type === "atrule" ? `@${node.name}` : "a declaration outside any rule");
  }
}

function mediaText(media: AtRule, dropped: string[]): string {
  const rules = (media.nodes ?? []).flatMap((node) => {
    if (node.type === "rule") return [ruleText(node, dropped, letterScope).text];
    if (node.type !== "comment")
      dropped.push(`@media with ${node.type === "atrule" ? `@${node.name}` : node.type}`);
    return [];
  });
  const text = rules.join("");
  return text === "" ? "" : `@media ${media.params.replace(/\s+/g, " ").trim()}{${text}}\n`;
}

/** What stays a style sheet is held to the letter's own cell (document.ts): the footer is not the author's to restyle. */
const letterScope = ".letter ";

/** @param scope put before each selector; one that has it already is left as it is */
function ruleText(rule: Rule, dropped: string[], scope = ""): { text: string; selectors: number } {
  const selectors = rule.selectors
    .map((selector) => (scope !== "" && selector.startsWith(scope) ? selector.slice(scope.length) : selector))
    .filter((selector) => simpleSelector.test(selector))
    .map((selector) => scope + selector);
  if (selectors.length < rule.selectors.length) dropped.push("a selector that is not simple");
  const declarations = (rule.nodes ?? []).flatMap((node) => {
    if (node.type === "comment") return [];
    if (node.type === "decl" && isAllowed(node)) {
      return [`${node.prop.toLowerCase()}:${node.value}${node.important ? " !important" : ""}`];
    }
    dropped.push(node.type === "decl" ? node.prop : "a nested rule");
    return [];
  });
  if (selectors.length === 0 || declarations.length === 0) return { text: "", selectors: 0 };
  return { text: `${selectors.join(",")}{${declarations.join(";")}}`, selectors: selectors.length };
}

function isAllowed({ prop, value }: Declaration): boolean {
  const name = prop.toLowerCase();
  return Object.hasOwn(allowedStyles, name) && allowedStyles[name]?.test(value) === true;
}

const juice: Parameters<typeof makeJuice>[0] = {};
makeJuice(juice);

/** Puts the rules onto the elements they are for, as a browser would weigh them against each other. */
export function inlineStyles(html: string, css: string): string {
  // cheerio's slim parser is the one the sanitiser uses: it leaves text between table rows where it stands.
  const document = load(html, { xml: { decodeEntities: false, xmlMode: false } });
  juice.inlineDocument?.(document, css, {
    applyWidthAttributes: false,
    applyHeightAttributes: false,
    applyAttributesTableElements: false,
  });
  return document.html();
}
