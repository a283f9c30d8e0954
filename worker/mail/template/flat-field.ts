import { maskMustaches } from "../../../shared/mustache.ts";
import type { TemplateField } from "../../../shared/vocabulary.ts";
import { type FlatText, flattenHtml, flattenPlainText, lintFiller } from "../../domain/template/lint-text.ts";
import { outlineHtml } from "./html-outline.ts";

/**
 * Returns the text of a wording's field as a person reads it: without HTML tags, and with the
 * fallback in place of a variable that has one, or else with `lintFiller`.
 */
export function flattenField(field: TemplateField, source: string): FlatText {
  if (field !== "bodyHtml") return flattenPlainText(source);
  return flattenHtml(outlineHtml(maskMustaches(source, lintFiller)).texts, source);
}
