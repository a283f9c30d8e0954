import Papa from "papaparse";

/** A row that is not blank, with the number of its first line in the file. */
export type CsvRow = { line: number; cells: string[] };
/**
 * A file's table. `faults`: a message for each broken quotation mark, by line number. A broken
 * quotation mark shifts all later rows.
 */
export type CsvTable = { heads: string[]; rows: CsvRow[]; faults: Map<number, string> };

const delimiters = [",", ";", "\t", "|"];

/**
 * Reads a CSV file whose first line names its columns. The delimiter may be a comma, semicolon, tab
 * or vertical bar, or the character in Excel's line `sep=`.
 * @param keyHeads the column names by which the delimiter is recognized
 */
export function readCsvTable(text: string, keyHeads: readonly string[]): CsvTable {
  const { lines, delimiter } = readLinesAndDelimiter(text, keyHeads);
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter, newline: "\n", skipEmptyLines: false });
  const [head, ...rows] = numberRows(data);
  const faults = errors.map(
    (error) => [countLine(lines, error.index ?? 0), describeQuote(error.code)] as const,
  );
  return { heads: (head?.cells ?? []).map(normalizeHead), rows, faults: new Map(faults) };
}

/**
 * Returns the text with uniform line ends, and the delimiter. The delimiter is the first candidate
 * with which the head line has a key column. Excel's line `sep=;` is emptied, so that the lines
 * keep their numbers.
 */
function readLinesAndDelimiter(
  text: string,
  keyHeads: readonly string[],
): { lines: string; delimiter: string } {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^\ufeff/, "");
  const declared = /^"?sep=([^"\n])"?[\s,;|]*?(?=\n|$)/i.exec(lines);
  const rest = declared === null ? lines : lines.slice(declared[0].length);
  const head = rest.split("\n").find((line) => line.trim() !== "") ?? "";
  const candidates = [...(declared?.[1] === undefined ? [] : [declared[1]]), ...delimiters];
  const delimiter = candidates.find((candidate) => {
    const { data } = Papa.parse<string[]>(head, { delimiter: candidate });
    return findColumn((data[0] ?? []).map(normalizeHead), keyHeads) >= 0;
  });
  return { lines: rest, delimiter: delimiter ?? "," };
}

function numberRows(data: readonly string[][]): CsvRow[] {
  let line = 1;
  const rows: CsvRow[] = [];
  for (const cells of data) {
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells });
    line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  }
  return rows;
}

const countLine = (text: string, index: number) => text.slice(0, index).split("\n").length;
const normalizeHead = (head: string) => head.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * Returns the index of the column with one of these names, or -1. If several columns match, the
 * name that stands first in `names` decides.
 */
export function findColumn(heads: readonly string[], names: readonly string[]): number {
  const name = names.find((name) => heads.includes(name));
  return name === undefined ? -1 : heads.indexOf(name);
}

const describeQuote = (code: string) =>
  code === "MissingQuotes"
    ? "opens a quote that is never closed"
    : "has a quote in a quoted cell; there it must be written twice";

/** Returns the fault of a row with too many or too few cells; null if the row has no such fault. */
export function findCellCountFault(cells: readonly string[], columnCount: number): string | null {
  const count = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  if (count > columnCount) return `has ${count} cells, and the first line names ${columnCount}`;
  if (cells.length < columnCount) return `has ${cells.length} cells, and the first line names ${columnCount}`;
  return null;
}

/**
 * Matches a cell that a spreadsheet could read as a formula. The export puts an apostrophe before
 * such a cell. A formula that already has apostrophes gets one more apostrophe, because the import
 * removes one.
 */
const formulaCell = /^'*[=+\-@\t\r]/;
export const removeFormulaApostrophe = (cell: string) => cell.trim().replace(/^'(?='*[=+\-@])/, "");

/**
 * Returns rows as CSV in which no spreadsheet finds a formula. Returns an empty text if there are
 * no rows.
 */
export function formatCsvRows(rows: readonly (readonly (string | number | null)[])[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => [...row]);
  return `${Papa.unparse(cells, { header: false, escapeFormulae: formulaCell, newline: "\r\n" })}\r\n`;
}
