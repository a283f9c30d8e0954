/**
 * Marks around the values in a rendered text show each value's place to the later checks. The marks
 * are Unicode noncharacters, which no text holds and no email shows.
 */

const startMark = "\ufdd0";
const nameMark = "\ufdd1";
const endMark = "\ufdd2";
const anyMarkPattern = /[\ufdd0-\ufdd2]/g;
const marked = /\ufdd0([^\ufdd0-\ufdd2]*)\ufdd1([^\ufdd0-\ufdd2]*)(?:\ufdd2|$)/g;

/** A stretch of a rendered text. `variable` names a value's variable; null for an author's text. */
export type MarkedPart = { text: string; variable: string | null };

/** Removes the marks that a host or an author wrote, so that nobody else can mark a value. */
export const dropValueMarks = (text: string) => text.replace(anyMarkPattern, "");

/**
 * Returns the text of a value between marks that name the value's variable.
 * @param variable the path of the value; a path that is no plain name is left out
 */
export function markValue(text: string, variable: string): string {
  const name = /^[\w.*-]{1,100}$/.test(variable) ? variable : "";
  return `${startMark}${name}${nameMark}${text}${endMark}`;
}

/** Returns the text that a reader sees: the values without their marks. */
export function toReadableText(text: string): string {
  if (!text.includes(startMark) && !text.includes(endMark)) return text;
  return dropValueMarks(text.replace(/\ufdd0[^\ufdd0-\ufdd2]*(?:\ufdd1|$)/g, ""));
}

/**
 * Drops the dollar sign that an author put before a value with a dollar sign, so that
 * `${{property.listPrice}}` prints "$485,000".
 */
export const dropDoubledDollar = (text: string) =>
  text.replace(/\$(?=(?:\ufdd0[^\ufdd0-\ufdd2]*\ufdd1)?\$\d)/g, "");

export const hasValueMarks = (text: string) => text.includes(startMark);

/** Splits a text into the author's words and the values. */
export function splitValues(text: string): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let from = 0;
  const addWords = (words: string) => {
    const shown = toReadableText(words);
    if (shown !== "") parts.push({ text: shown, variable: null });
  };
  for (const match of text.matchAll(marked)) {
    addWords(text.slice(from, match.index));
    parts.push({ text: match[2] ?? "", variable: match[1] ?? "" });
    from = match.index + match[0].length;
  }
  addWords(text.slice(from));
  return parts;
}
