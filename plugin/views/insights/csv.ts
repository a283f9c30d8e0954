/**
 * Matches a cell that a spreadsheet could read as a formula. The Worker's exports use the same
 * pattern.
 */
const formulaCell = /^'*[=+\-@\t\r]/;

/** The byte order mark of UTF-8. Without this mark, some spreadsheets show accents wrongly. */
const utf8Mark = "\ufeff";

export type CsvCell = string | number | null;

/**
 * Returns rows as the text of a CSV file. A cell that a spreadsheet could read as a formula gets an
 * apostrophe in front. An unknown value becomes an empty cell.
 */
export const formatCsv = (rows: readonly (readonly CsvCell[])[]): string =>
  `${utf8Mark}${rows.map((row) => `${row.map(formatCell).join(",")}\r\n`).join("")}`;

function formatCell(cell: CsvCell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" && formulaCell.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
