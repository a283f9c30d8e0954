/*
 * Reads and fills the markers of snippets. A letter's source names a snippet by a marker, `{{>
 * snippet-12}}`, in a paragraph of its own. The sent letter has the snippet's paragraphs instead.
 */

const marker = String.raw`\{\{>\s*snippet-([1-9]\d{0,15})\s*\}\}`;

export const formatSnippetMarker = (id: number): string => `{{> snippet-${id}}}`;

/** Returns the id of the snippet that a tag names; null for any other tag. */
export function parseSnippetMarker(tag: string): number | null {
  const [, id] = new RegExp(`^${marker}$`).exec(tag) ?? [];
  return id === undefined ? null : Number(id);
}

/** Returns the ids of the snippets that a source names, without repetitions. */
export const listSnippetIds = (source: string): number[] => [
  ...new Set([...source.matchAll(new RegExp(marker, "g"))].map(([, id]) => Number(id))),
];

const createParagraphPattern = () => new RegExp(String.raw`<p>\s*${marker}\s*</p>`, "g");

/**
 * Converts a position in a filled text to the position in its source. A position within a snippet
 * becomes the beginning of the snippet's marker paragraph.
 */
export function findPositionInSource(
  source: string,
  snippets: ReadonlyMap<number, string>,
  at: number,
): number {
  let added = 0;
  for (const { 0: paragraph, 1: id, index } of source.matchAll(createParagraphPattern())) {
    const text = snippets.get(Number(id)) ?? paragraph;
    const start = index + added;
    if (at < start) break;
    if (at < start + text.length) return index;
    added += text.length - paragraph.length;
  }
  return at - added;
}

/**
 * Returns the source with each marker paragraph replaced by its snippet. A marker stays if its
 * snippet is unknown, or if other text stands beside the marker. The check of the letter then
 * refuses the marker.
 */
export const fillSnippets = (source: string, snippets: ReadonlyMap<number, string>): string =>
  source.replace(createParagraphPattern(), (paragraph, id: string) => snippets.get(Number(id)) ?? paragraph);
