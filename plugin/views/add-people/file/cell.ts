import { dropInvisibleCharacters } from "../../../../shared/invisible-characters.ts";
import { type RecipientSource, recipientSources } from "../../../../shared/vocabulary.ts";
import { englishSourceNames } from "../../../../shared/words/source-names.ts";

/**
 * Returns a cell as one line of text. Removes an apostrophe that an export has put before a
 * formula, so that spreadsheets don't run the formula.
 */
export const cleanCell = (cell: string): string =>
  dropInvisibleCharacters(cell)
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .replace(/^'(?='*[=+\-@])/, "");

/** Returns a ZIP code with its leading zeros, which spreadsheets drop. */
export const readZip = (cell: string): string => (/^\d{3,4}$/.test(cell) ? cell.padStart(5, "0") : cell);

/**
 * Returns a date as YYYY-MM-DD; null if the text is not a date. In a date of three numbers, the
 * month comes first, as in the US, unless the first number is a year.
 */
export function readDate(cell: string): string | null {
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(cell) ?? [];
  if (isoYear !== undefined) return joinDate(isoYear, isoMonth, isoDay);
  const [, month, day, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: .*)?$/.exec(cell) ?? [];
  if (year !== undefined) return joinDate(year.length === 2 ? `20${year}` : year, month, day);
  const [, name = "", dayOfName, yearOfName] =
    /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(cell) ?? [];
  const index = months.indexOf(name.slice(0, 3).toLowerCase());
  return index === -1 ? null : joinDate(yearOfName, String(index + 1), dayOfName);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function joinDate(year = "", month = "", day = ""): string | null {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

const fold = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
const sourcesByName = new Map(
  recipientSources.flatMap((source) => [
    [fold(source), source] as const,
    [fold(englishSourceNames[source]), source] as const,
  ]),
);

/**
 * Returns the source that a cell names, such as "County records"; null if the cell names no known
 * source.
 */
export const readSource = (cell: string): RecipientSource | null => sourcesByName.get(fold(cell)) ?? null;
