import Papa from "papaparse";

/** A row of a table that is not blank, with the number of its first line in the text. */
export type TableRow = { line: number; cells: string[] };

/**
 * The rows of a table. `brokenLines` are the lines with a quotation mark that is never closed or
 * stands inside a cell. Such a mark may shift cells, so no person is read from the row.
 */
export type ParsedTable = { rows: TableRow[]; brokenLines: ReadonlySet<number> };

/**
 * Reads a CSV text, or rows that were copied from a spreadsheet. Excel's line `sep=;` can name the
 * delimiter. Without this line, the delimiter is the character that splits the rows most evenly.
 */
export function parseTable(text: string): ParsedTable {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^\ufeff/, "");
  const declared = /^"?sep=([^"\n])"?[\s,;|]*?(?=\n|$)/i.exec(lines);
  // Only the text of the line `sep=;` is removed, so that the later lines keep their numbers.
  const rest = declared === null ? lines : lines.slice(declared[0].length);
  const { data, errors } = Papa.parse<string[]>(rest, {
    ...(declared?.[1] === undefined ? {} : { delimiter: declared[1] }),
    delimitersToGuess: [",", ";", "\t", "|"],
    newline: "\n",
    skipEmptyLines: false,
  });
  const broken = new Set(errors.flatMap(({ type, row }) => (type === "Quotes" ? (row ?? []) : [])));
  return numberRows(data, broken);
}

function numberRows(data: readonly string[][], broken: ReadonlySet<number>): ParsedTable {
  const rows: TableRow[] = [];
  const brokenLines = new Set<number>();
  let line = 1;
  data.forEach((cells, index) => {
    if (broken.has(index)) brokenLines.add(line);
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells });
    line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  });
  return { rows, brokenLines };
}

/** Matches a cell that a spreadsheet could run as a formula. */
const formulaCell = /^'*[=+\-@\t\r]/;

/**
 * Returns rows as the text of a CSV file. Each cell that may be a formula gets an apostrophe in
 * front, so that no spreadsheet runs the formula.
 */
export const formatCsvTable = (rows: readonly (readonly (string | number)[])[]): string =>
  `${Papa.unparse(
    rows.map((row) => [...row]),
    { header: false, escapeFormulae: formulaCell, newline: "\r\n" },
  )}\r\n`;
