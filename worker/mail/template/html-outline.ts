import { Parser } from "htmlparser2";

export type OutlineAttribute = { name: string; value: string; start: number; end: number };
export type OutlineTag = { name: string; attributes: OutlineAttribute[]; start: number; end: number };
/** `inside` is the innermost element around the text; '' if no element is around the text. */
export type OutlineText = { text: string; inside: string; start: number; end: number };

/**
 * The tags, texts and comments of an HTML text with their positions, without a tree. Offsets count
 * UTF-16 units; `end` is exclusive.
 */
export type HtmlOutline = {
  tags: OutlineTag[];
  texts: OutlineText[];
  comments: { start: number; end: number }[];
  /** The number of `<?…>` and `<!…>`, except doctypes. */
  instructions: number;
  /**
   * True if the HTML ends in a tag, quote or comment that is never closed and so swallows the rest
   * of the HTML.
   */
  isCutOff: boolean;
};

/**
 * Returns the outline of any text, in one pass. Names are in lower case, and character references
 * in values and texts are resolved.
 */
export function outlineHtml(html: string): HtmlOutline {
  const outline: HtmlOutline = { tags: [], texts: [], comments: [], instructions: 0, isCutOff: false };
  const open: string[] = [];
  let attributes: OutlineAttribute[] = [];
  let reached = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        attributes = [];
      },
      onattribute: (name, value) => {
        attributes.push({ name, value, start: parser.startIndex, end: parser.endIndex });
      },
      onopentag: (name) => {
        outline.tags.push({ name, attributes, start: parser.startIndex, end: parser.endIndex + 1 });
        open.push(name);
        reached = parser.endIndex + 1;
      },
      onclosetag: (_name, isImplied) => {
        open.pop();
        if (!isImplied) reached = parser.endIndex + 1;
      },
      onprocessinginstruction: (name) => {
        if (name !== "!doctype") outline.instructions += 1;
        reached = parser.endIndex + 1;
      },
      ontext: (text) => {
        const { startIndex: start, endIndex } = parser;
        outline.texts.push({ text, inside: open.at(-1) ?? "", start, end: endIndex + 1 });
        reached = endIndex + 1;
      },
      oncomment: () => {
        outline.comments.push({ start: parser.startIndex, end: parser.endIndex + 1 });
        reached = parser.endIndex + 1;
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  outline.isCutOff = html.slice(reached).trim() !== "";
  return outline;
}
