/** The most columns of a line that contains a comment. */
export const maxCommentWidth = 100;

/** Tells whether the line contains only a URL, which can't be wrapped. */
const isOnlyAddress = (line: string) => /^[\s/*]*(?:@see\s+)?(?:https?:\S+)\s*(?:\*\/)?$/.test(line);
const isSuppression = (line: string) => /(?:biome-ignore|@ts-expect-error|<reference )/.test(line);

/**
 * Returns a message for each line that is too wide and contains a comment or part of a comment. A
 * message begins with the line number.
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

/**
 * Matches comments. Also matches string and regular expression literals, because a literal can
 * contain text that looks like a comment.
 */
const commentOrLiteral =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:;!&|?{}[\n]\s*|=>\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//g;

/** Returns the indexes of the lines that contain a comment or part of a comment. */
function findCommentedLines(source: string): Set<number> {
  const lines = new Set<number>();
  let line = 0;
  let from = 0;
  for (const { 0: text, index } of source.matchAll(commentOrLiteral)) {
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
