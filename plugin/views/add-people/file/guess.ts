import { parseEmailAddress } from "../../../../shared/email-address.ts";
import { type ColumnMeaning, homeMeanings, repeatableMeanings, type TableColumn } from "./column.ts";
import { findColumnMeaning } from "./heads.ts";
import type { TableRow } from "./table.ts";

/** The number of rows whose cells are used to guess a column's meaning. */
const rowsSampled = 100;

/**
 * The meanings that can be guessed from the cells of a column alone. At least `share` of the filled
 * cells must pass `test`.
 */
const looks: readonly { meaning: ColumnMeaning; share: number; test: (cell: string) => boolean }[] = [
  { meaning: "email", share: 0.6, test: (cell) => cell.includes("@") && parseEmailAddress(cell) !== null },
  { meaning: "address", share: 0.7, test: (cell) => /^\d\S* .*[a-z].*,.*\b[a-z]{2}\b.*\d{5}/i.test(cell) },
  { meaning: "zip", share: 0.8, test: (cell) => /^\d{5}(?:-\d{4})?$/.test(cell) },
  {
    meaning: "phone",
    share: 0.7,
    test: (cell) => /^\+?[\d\s().-]{10,20}$/.test(cell) && countDigits(cell) >= 10,
  },
  { meaning: "state", share: 0.8, test: (cell) => /^[A-Z]{2}$/.test(cell) },
  { meaning: "street", share: 0.7, test: (cell) => /^\d\S* +\S*[a-z]/i.test(cell) && !cell.includes("@") },
  {
    meaning: "fullName",
    share: 0.7,
    test: (cell) => /^\p{Lu}[\p{L}'’.&-]*(?: +\p{Lu}?[\p{L}'’.&-]*){1,4}$/u.test(cell),
  },
];

const countDigits = (cell: string) => cell.replace(/\D/g, "").length;

/** Returns the meaning that a column's cells show; null if the cells show no meaning. */
function findMeaningOfCells(cells: readonly string[]): ColumnMeaning | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (filled.length === 0) return null;
  return (
    looks.find(({ share, test }) => filled.filter(test).length >= share * filled.length)?.meaning ?? null
  );
}

/**
 * Tells whether the first row has the columns' names. A first row with an email address has values;
 * a first row with a known column name has names.
 */
export function hasColumnNames(rows: readonly TableRow[]): boolean {
  const [first, ...others] = rows;
  if (first === undefined) return false;
  const isAddress = (cell: string) => parseEmailAddress(cell) !== null;
  if (first.cells.some(isAddress)) return false;
  return (
    first.cells.some((cell) => findColumnMeaning(cell) !== null) ||
    others.slice(0, 5).some(({ cells }) => cells.some(isAddress))
  );
}

/**
 * Guesses the meaning of each column of a table from the column's name and cells. A column gets the
 * meaning `keep` if its meaning is unknown or if another column already has the meaning.
 * @param rows all rows, including a first row with the columns' names
 * @param isOneHome true if the campaign is about one property; addresses are then mailing addresses
 */
export function guessColumns(
  rows: readonly TableRow[],
  hasNames: boolean,
  isOneHome: boolean,
): TableColumn[] {
  const counted = rows.slice(0, hasNames ? 1 : rowsSampled);
  const count = Math.max(0, ...counted.map(({ cells }) => cells.length));
  const values = rows.slice(hasNames ? 1 : 0, rowsSampled);
  const columns = Array.from({ length: count }, (_, index) => {
    const cells = values.map((row) => row.cells[index] ?? "");
    const head = hasNames ? (rows[0]?.cells[index]?.trim() ?? "") : null;
    return { head, named: head === null ? null : findColumnMeaning(head), seen: findMeaningOfCells(cells) };
  });
  const taken = new Set<ColumnMeaning>();
  const take = (meaning: ColumnMeaning | null): ColumnMeaning | null => {
    if (meaning === null || (taken.has(meaning) && !repeatableMeanings.includes(meaning))) return null;
    taken.add(meaning);
    return meaning;
  };
  // Columns get the meanings of their names first. Only then do the other columns get the meanings
  // that their cells show.
  const chosen = columns.map((column) => chooseMeaning(column));
  const named = chosen.map((meaning) => take(fitHome(meaning, isOneHome)));
  const meanings = columns.map(
    ({ seen }, index) =>
      named[index] ?? (chosen[index] === null ? take(fitHome(seen, isOneHome)) : null) ?? "keep",
  );
  return columns.map(({ head }, index) => ({ head, meaning: meanings[index] ?? "keep" }));
}

/**
 * Chooses between the meaning of a column's name and the meaning that the cells show. A column
 * whose cells are email addresses is always the email column. Returns null if the name means email
 * addresses but the cells show another meaning.
 */
function chooseMeaning({ named, seen }: { named: ColumnMeaning | null; seen: ColumnMeaning | null }) {
  if (seen === "email") return "email";
  if (named === "email" && seen !== null) return null;
  return named === "street" && seen === "address" ? "address" : named;
}

const ownAddress: Partial<Record<ColumnMeaning, ColumnMeaning>> = {
  address: "mailingAddress",
  street: "mailingStreet",
  city: "mailingCity",
  state: "mailingState",
  zip: "mailingZip",
};

function fitHome(meaning: ColumnMeaning | null, isOneHome: boolean): ColumnMeaning | null {
  if (meaning === null || !isOneHome) return meaning;
  return ownAddress[meaning] ?? (homeMeanings.includes(meaning) ? "keep" : meaning);
}
