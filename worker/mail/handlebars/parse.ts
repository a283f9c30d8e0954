/// <reference path="./parser.d.ts" />
import {
  type Position,
  parse,
  parser,
  parseWithoutProcessing,
} from "handlebars/dist/cjs/handlebars/compiler/base.js";
import { buildTemplate } from "./build.ts";
import { maxTemplateBytes, maxTemplateDepth, maxTemplateNodes } from "./limits.ts";
import type { ParsedTemplate, TemplateError } from "./tree.ts";
import { countUtf8Bytes } from "./values.ts";

export type TemplateParseResult =
  | { ok: true; template: ParsedTemplate }
  | { ok: false; errors: TemplateError[] };

/**
 * Parses and checks a template. Never throws: syntax errors, unsupported features (partials,
 * decorators, unknown helpers) and exceeded limits are all returned as errors.
 */
export function parseTemplate(source: string): TemplateParseResult {
  // Handlebars' parser treats an object as a parsed AST, so only text may reach the parser.
  if (typeof source !== "string") return buildFailure("A template must be text");
  if (source.length > maxTemplateBytes || countUtf8Bytes(source) > maxTemplateBytes) {
    return buildFailure(`The template is over ${maxTemplateBytes / 1024} KB`);
  }
  try {
    const tooMuch = findExceededLimit(source);
    if (tooMuch !== null) return buildFailure(tooMuch);
    const { template, errors } = buildTemplate(parse(parseWithoutProcessing(source)));
    return errors.length > 0 ? { ok: false, errors } : { ok: true, template };
  } catch (error) {
    return { ok: false, errors: [toSyntaxError(error)] };
  }
}

function buildFailure(message: string): TemplateParseResult {
  return { ok: false, errors: [{ message, line: null, column: null }] };
}

const openingSymbols = new Set(["OPEN_BLOCK", "OPEN_INVERSE", "OPEN_RAW_BLOCK", "OPEN_PARTIAL_BLOCK"]);
const nodeSymbols = new Set(["CONTENT", "COMMENT", "ID", "STRING", "NUMBER", "BOOLEAN", "UNDEFINED", "NULL"]);

/**
 * Returns the limit that the template exceeds, as a sentence, or null. The tokens are counted by
 * the lexer alone, because the parser copies its stack at every step. For 100 KB of nested tags,
 * the parser would take minutes, and the recursive steps after the parser would overflow the stack.
 */
function findExceededLimit(source: string): string | null {
  const lexer = Object.create(parser.lexer) as typeof parser.lexer;
  lexer.yy = {};
  lexer.setInput(source);
  let nodes = 0;
  let subexpressions = 0;
  let depth = 0;
  // The depth that each open block adds: one, and one more for every `else if`. The closing tag
  // ends the block and its `else if`s together.
  const blocks: number[] = [];
  for (let token = lexer.lex(); token !== parser.symbols_.EOF; token = lexer.lex()) {
    const name = typeof token === "number" ? parser.terminals_[token] : token;
    if (!name) continue;
    if (nodeSymbols.has(name) && ++nodes > maxTemplateNodes) return "The template has too many tags";
    if (openingSymbols.has(name)) blocks.push(1);
    else if (name === "OPEN_INVERSE_CHAIN") blocks.push((blocks.pop() ?? 0) + 1);
    else if (name === "OPEN_ENDBLOCK" || name === "END_RAW_BLOCK") depth -= blocks.pop() ?? 0;
    if (openingSymbols.has(name) || name === "OPEN_INVERSE_CHAIN") depth++;
    if (name === "OPEN_SEXPR") subexpressions++;
    if (name === "CLOSE_SEXPR") subexpressions--;
    if (depth + subexpressions > maxTemplateDepth) {
      return `Blocks and subexpressions are nested more than ${maxTemplateDepth} deep`;
    }
  }
  return null;
}

/** The message for each token that the parser could not use, by the parser's name for the token. */
const unexpectedTokenMessages: Record<string, string> = {
  EOF: "The template ends before a block or a tag is closed",
  INVALID: "Unexpected character in a tag",
  CLOSE: "The tag is closed too early",
  CLOSE_UNESCAPED: "The tag is closed by }}} but not opened by {{{",
  OPEN_ENDBLOCK: "A closing tag without a block to close",
  INVERSE: "{{else}} outside a block, or twice in one",
  OPEN_INVERSE_CHAIN: "{{else}} outside a block, or after the last {{else}}",
  CLOSE_SEXPR: "A ) without its (",
  EQUALS: "Unexpected = in a tag",
};

function toSyntaxError(error: unknown): TemplateError {
  const text = error instanceof Error ? error.message : String(error);
  const located = error as { lineNumber?: unknown; column?: unknown };
  if (typeof located.lineNumber === "number" && typeof located.column === "number") {
    const message = text.replace(/ - \d+:\d+$/, "");
    return { message, ...toHumanPosition({ line: located.lineNumber, column: located.column }) };
  }
  const token = /got '(\w+)'$/.exec(text)?.[1];
  const at = parser.lexer.yylloc;
  const message = (token && unexpectedTokenMessages[token]) || "The template can’t be read from here on";
  if (at === undefined) return { message, line: null, column: null };
  return { message, ...toHumanPosition({ line: at.first_line, column: at.first_column }) };
}

/**
 * Converts a position: Handlebars counts columns from 0, people and editors from 1. Handlebars and
 * people both count lines from 1.
 */
function toHumanPosition(position: Position): { line: number; column: number } {
  return { line: position.line, column: position.column + 1 };
}
