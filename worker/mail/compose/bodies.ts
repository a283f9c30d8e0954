import { htmlToText } from "../html-to-text.ts";
import { joinHtmlPieces } from "../template/sanitize.ts";
import { finishLetter, type LinkReplacer, replaceLinks } from "./finish-letter.ts";
import type { ComposeFault } from "./header-faults.ts";
import { fillTextValues } from "./text-values.ts";

/**
 * The HTML part and the text part of a letter. The links in the HTML are replaced. `unusable` names
 * the variables whose values make a link that leads nowhere.
 */
export type FinishedBodies = {
  html: string;
  links: number;
  text: string;
  unusable: string[];
  faults: ComposeFault[];
};

/**
 * Finishes both parts of a letter. If `text` is blank, the text part is made from the HTML.
 * @param target 'none' for a preview, in which links lead nowhere
 */
export async function buildLinkedBodies(
  rendered: { html: string; text: string },
  target: LinkReplacer | "none",
): Promise<FinishedBodies> {
  const letter = finishLetter(rendered.html);
  const written = fillTextValues(rendered.text.replaceAll("\0", "").replace(/\r\n?/g, "\n").trim());
  const own = joinHtmlPieces(letter.pieces);
  const shown =
    target === "none"
      ? { html: joinHtmlPieces(finishLetter(rendered.html, true).pieces), links: 0 }
      : await replaceLinks(letter.pieces, target);
  const named = [...letter.unusable, ...written.unusable];
  return {
    ...shown,
    text: written.text === "" ? await htmlToText(own) : written.text,
    unusable: [...new Set(named.filter((variable) => variable !== ""))],
    faults: findLetterFaults(own, letter.isCutOff, named.includes("")),
  };
}

/** Returns the variables whose values make a link that leads nowhere, in either part. */
export function listDeadLinkVariables(rendered: { html: string; text: string }): string[] {
  // Most letters have no value in an attribute, and a search with a pattern costs less than reading
  // the HTML again.
  const inHtml = /=\s*["'][^"'>]*\ufdd0/.test(rendered.html) ? finishLetter(rendered.html).unusable : [];
  return [...new Set([...inHtml, ...fillTextValues(rendered.text).unusable])];
}

function findLetterFaults(html: string, isCutOff: boolean, hasUnnamedValue: boolean): ComposeFault[] {
  const field = "rendered.html";
  if (isCutOff) return [{ field, message: "has a comment, tag or quote that is never closed" }];
  if (html.trim() === "") return [{ field, message: "has nothing left that an email can contain" }];
  return hasUnnamedValue ? [{ field, message: "has a link whose value isn't a web address" }] : [];
}
