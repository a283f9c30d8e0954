/* Parses and writes the Handlebars source of a letter's variables and conditions. */

export type VariableTag = { path: string; fallback: string | null };

const path = String.raw`[A-Za-z_]\w*(?:\.\w+)+`;
const plainPattern = new RegExp(String.raw`^\{\{\s*(${path})\s*\}\}$`);
const fallbackPattern = new RegExp(
  String.raw`^\{\{\s*default\s+(${path})\s+(?:"([^"{}\\]*)"|'([^'{}\\]*)')\s*\}\}$`,
);
const conditionPattern = new RegExp(String.raw`^\{\{#(if|unless)\s+(${path})\s*\}\}([^]*)\{\{/\1\}\}$`);

/** Parses a tag as a variable; null if the tag has more than a path and a fallback. */
export function parseVariableTag(source: string): VariableTag | null {
  const plain = plainPattern.exec(source);
  if (plain?.[1] !== undefined) return { path: plain[1], fallback: null };
  const [, found, double, single] = fallbackPattern.exec(source) ?? [];
  return found === undefined ? null : { path: found, fallback: double ?? single ?? "" };
}

/** Returns the tag of a variable. Leaves out characters of the fallback that would end the tag. */
export function serializeVariableTag({ path: written, fallback }: VariableTag): string {
  if (fallback === null) return `{{${written}}}`;
  const text = fallback.replace(/[{}\\\r\n]/g, "");
  if (!text.includes('"')) return `{{default ${written} "${text}"}}`;
  return `{{default ${written} '${text.replaceAll("'", "’")}'}}`;
}

/**
 * A part of the text that an email contains only if a value is known or, with `isNegated`, only if
 * the value is missing.
 */
export type ConditionBlock = { path: string; isNegated: boolean; body: string };

/**
 * Parses a Handlebars block as a condition; null if the block contains another block or an `else`.
 */
export function parseConditionBlock(source: string): ConditionBlock | null {
  const [, kind, found, body = ""] = conditionPattern.exec(source) ?? [];
  if (found === undefined || /\{\{(?:[#^/!]|else\b)/.test(body)) return null;
  return { path: found, isNegated: kind === "unless", body };
}

export const serializeConditionBlock = ({ path: asked, isNegated, body }: ConditionBlock) =>
  isNegated ? `{{#unless ${asked}}}${body}{{/unless}}` : `{{#if ${asked}}}${body}{{/if}}`;
