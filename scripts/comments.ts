/** The widest a line with a comment may be, in columns. */
export const maxCommentWidth = 100;

/** A line that only holds an address can't be wrapped. */
const isOnlyAddress = (line: string) => /^[\s/*]*(?:@see\s+)?(?:https?:\S+)\s*(?:\*\/)?$/.test(line);
const isSuppression = (line: string) => /(?:biome-ignore|@ts-expect-error|<reference )/.test(line);

/**
 * Returns what is wrong with each line that is too wide and holds a comment, as `line: message`.
 * A line counts if any part of a comment is on it, behind code as well.
 */
export function findWideComments(source: string): string[] {
  const commented = findCommentedLines(source);
  return source.split("\n").flatMap((text, index) => {
    const width = [...text].length;
    if (width <= maxCommentWidth || !commented.has(index)) return [];
    if (isOnlyAddress(text) || isSuppression(text)) return [];
    return [`${index + 1}: a comment reaches column ${width}; the limit is ${maxCommentWidth}`];
  });
}

/** Matches comments, and the texts and regular expressions that may look like comments inside. */
const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:;!&|?{}[\n]\s*|=>\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//g;

/** Returns the lines, counted from 0, that hold a comment or a part of one. */
function findCommentedLines(source: string): Set<number> {
  const lines = new Set<number>();
  let line = 0;
  let from = 0;
  for (const { 0: text, index } of source.matchAll(token)) {
    line += countLineBreaks(source.slice(from, index));
    from = index;
    if (!text.startsWith("//") && !text.startsWith("/*")) continue;
    for (let offset = 0; offset <= countLineBreaks(text); offset += 1) lines.add(line + offset);
  }
  return lines;
}

function countLineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
