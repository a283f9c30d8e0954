/** A piece of a text after a comparison with another text. */
export type ComparedTextPiece = { text: string; change: "same" | "added" | "removed" };

/** The greatest number of words that are compared. A longer text counts as wholly replaced. */
const mostWords = 1_500;

const splitWords = (text: string) => text.match(/\s+|[^\s]+/g) ?? [];

/**
 * Compares two texts word by word. Returns the pieces of both texts in order. A piece that only
 * `after` has is `added`, and a piece that only `before` has is `removed`.
 */
export function compareWords(before: string, after: string): ComparedTextPiece[] {
  const [one, other] = [splitWords(before), splitWords(after)];
  if (one.length > mostWords || other.length > mostWords)
    return joinPieces([
      { text: before, change: before === after ? "same" : "removed" },
      { text: before === after ? "" : after, change: "added" },
    ]);
  const lengths = measureCommonWords(one, other);
  const pieces: ComparedTextPiece[] = [];
  let [from, to] = [0, 0];
  while (from < one.length || to < other.length) {
    const [left = "", right = ""] = [one[from], other[to]];
    if (from < one.length && to < other.length && left === right) {
      pieces.push({ text: left, change: "same" });
      from += 1;
      to += 1;
    } else if (
      to === other.length ||
      (from < one.length && at(lengths, from + 1, to) >= at(lengths, from, to + 1))
    ) {
      pieces.push({ text: left, change: "removed" });
      from += 1;
    } else {
      pieces.push({ text: right, change: "added" });
      to += 1;
    }
  }
  return joinPieces(pieces);
}

const at = (lengths: readonly Uint16Array[], from: number, to: number) => lengths[from]?.[to] ?? 0;

/**
 * Returns a table. The entry [i][j] compares the words of `one` from word i on with the words of
 * `other` from word j on. The entry is the greatest number of common words in the same order.
 */
function measureCommonWords(one: readonly string[], other: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let from = one.length - 1; from >= 0; from -= 1) {
    const row = lengths[from];
    if (row === undefined) continue;
    for (let to = other.length - 1; to >= 0; to -= 1) {
      row[to] =
        one[from] === other[to]
          ? at(lengths, from + 1, to + 1) + 1
          : Math.max(at(lengths, from + 1, to), at(lengths, from, to + 1));
    }
  }
  return lengths;
}

/** Joins neighboring pieces with the same `change`, and removes empty pieces. */
function joinPieces(pieces: readonly ComparedTextPiece[]): ComparedTextPiece[] {
  const joined: ComparedTextPiece[] = [];
  for (const { text, change } of pieces) {
    const last = joined.at(-1);
    if (text === "") continue;
    if (last?.change === change) last.text += text;
    else joined.push({ text, change });
  }
  return joined;
}
