import { type ColumnMeaning, columnMeanings } from "./column.ts";
import { foldColumnName } from "./heads.ts";
import { hashText } from "./people.ts";

/*
 * Keeps the agent's choices of column meanings in the browser, for the next file with the same
 * columns. The browser keeps only the choices, under a hash of the columns' names, and no cells.
 */

/**
 * The browser's local storage. The browser may deny access to the storage, and the storage may be
 * full.
 */
export type MeaningStore = Pick<Storage, "getItem" | "setItem">;

const nameKey = (heads: readonly string[]) =>
  `doorknock columns ${hashText(heads.map(foldColumnName).join("\n"))}`;

/**
 * Returns the meanings that the agent chose earlier for these columns; null if there was no choice.
 */
export function readKeptMeanings(
  openStore: () => MeaningStore,
  heads: readonly string[],
): ColumnMeaning[] | null {
  try {
    const kept: unknown = JSON.parse(openStore().getItem(nameKey(heads)) ?? "null");
    if (!Array.isArray(kept) || kept.length !== heads.length) return null;
    const meanings = kept.flatMap((one) => columnMeanings.find((meaning) => meaning === one) ?? []);
    return meanings.length === heads.length ? meanings : null;
  } catch {
    // The storage can't be read, so the meanings are guessed again.
    return null;
  }
}

export function storeKeptMeanings(
  openStore: () => MeaningStore,
  heads: readonly string[],
  meanings: readonly ColumnMeaning[],
): void {
  try {
    openStore().setItem(nameKey(heads), JSON.stringify(meanings));
  } catch {
    // The storage can't be written, so the choices are not kept.
  }
}
