import Papa from "papaparse";

/** A row of a table that is not blank, with the number of its first line in the text. */
export type TableRow = { line: number; cells: string[] };

/**
 * The rows of a text. `brokenLines` are the lines with a quote that is never closed or that stands
 * in the middle of a cell; such a quote may shift cells, so its row is not taken.
 */
export type Table = { rows: TableRow[]; brokenLines: ReadonlySet<number> };

/**
 * Reads a CSV text, or rows that were copied from a spreadsheet. The delimiter is the one that
 * Excel's line `sep=;` names, or else the one that splits the rows most evenly.
 */
export function readTable(text: string): Table {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^\ufeff/, "");
  const declared = /^"?sep=([^"\n])"?[\s,;|]*?(?=\n|$)/i.exec(lines);
  // The declaration is emptied, so that the lines keep their numbers.
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

function numberRows(data: readonly string[][], broken: ReadonlySet<number>): Table {
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

/** Returns rows as CSV in which no spreadsheet finds a formula. */
export const formatTable = (rows: readonly (readonly (string | number)[])[]): string =>
  `${Papa.unparse(
    rows.map((row) => [...row]),
    { header: false, escapeFormulae: formulaCell, newline: "\r\n" },
  )}\r\n`;
