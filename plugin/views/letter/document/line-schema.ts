import { type DOMOutputSpec, type Node, Schema } from "prosemirror-model";
import { findHandlebarsSpans } from "./letter-source.ts";
import { variableSpec } from "./schema.ts";

/** The schema of a line of text with variables, such as a subject. */
export const lineSchema = new Schema({
  nodes: {
    doc: { content: "line" },
    line: { content: "inline*", toDOM: (): DOMOutputSpec => ["div", 0], parseDOM: [{ tag: "div" }] },
    text: { group: "inline" },
    variable: variableSpec,
  },
});

/** Parses a line. A Handlebars tag or block becomes a variable; other text stays as it is. */
export function parseLine(text: string): Node {
  const content: Node[] = [];
  let from = 0;
  for (const { start, end } of findHandlebarsSpans(text) ?? []) {
    if (start > from) content.push(lineSchema.text(text.slice(from, start)));
    content.push(lineSchema.node("variable", { source: text.slice(start, end) }));
    from = end;
  }
  if (from < text.length) content.push(lineSchema.text(text.slice(from)));
  return lineSchema.node("doc", null, [lineSchema.node("line", null, content)]);
}

/** Returns the line's text. For an unchanged line, the text is exactly the text that was parsed. */
export const serializeLine = (doc: Node): string =>
  (doc.firstChild?.children ?? []).map((node) => node.text ?? String(node.attrs.source)).join("");
