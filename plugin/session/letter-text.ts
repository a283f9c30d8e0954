/*
 * Converts a letter between the stored HTML and the plain text that an agent edits. Plain text is
 * possible only if the letter has nothing but paragraphs and line breaks.
 */

/**
 * Splits text into Handlebars tags, `{{…}}`, and the text between the tags. The conversions do not
 * change the tags.
 */
const splitAtMustaches = (text: string) => text.split(/(\{\{.*?\}\})/);

const isMustache = (piece: string) => piece.startsWith("{{");

const escapeText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const unescapeText = (text: string) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Returns the HTML of a plain text. An empty line begins a paragraph. */
export function toLetterHtml(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .trim()
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => {
      const pieces = splitAtMustaches(paragraph).map((piece) =>
        isMustache(piece) ? piece : escapeText(piece),
      );
      return `<p>${pieces.join("").replaceAll("\n", "<br>")}</p>`;
    })
    .join("\n");
}

/**
 * Returns the plain text of a letter; null if the letter has anything but paragraphs and line
 * breaks. `toLetterHtml` converts the text back to exactly the same HTML.
 */
export function toLetterText(html: string): string | null {
  const text = html
    .split("\n")
    .map((line) => line.replace(/^<p>|<\/p>$/g, "").replaceAll("<br>", "\n"))
    .map((paragraph) =>
      splitAtMustaches(paragraph)
        .map((piece) => (isMustache(piece) ? piece : unescapeText(piece)))
        .join(""),
    )
    .join("\n\n");
  return toLetterHtml(text) === html ? text : null;
}
