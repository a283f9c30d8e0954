import { type ColumnMeaning, columnMeanings } from "./column.ts";
import { foldHead } from "./heads.ts";
import { hashText } from "./people.ts";

/*
 * What an agent has chosen for the columns of a file is kept in the browser, for the next file with
 * the same columns. Only the choices are kept, under a hash of the columns' names; no cell is.
 */

/** A browser's store; it may be closed to a page, and may be full. */
export type MeaningStore = Pick<Storage, "getItem" | "setItem">;

const nameKey = (heads: readonly string[]) => `doorknock columns ${hashText(heads.map(foldHead).join("\n"))}`;

/** Returns the meanings that were chosen for these columns; null if none were. */
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
    // Without a store, the columns are guessed anew.
    return null;
  }
}

export function keepMeanings(
  openStore: () => MeaningStore,
  heads: readonly string[],
  meanings: readonly ColumnMeaning[],
): void {
  try {
    openStore().setItem(nameKey(heads), JSON.stringify(meanings));
  } catch {
    // Without a store, nothing is kept.
  }
}
