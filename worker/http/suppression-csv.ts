import Papa from "papaparse";
import { emailAddress } from "../../shared/primitives.ts";
import { limits, type SuppressionReason, suppressionReasons } from "../../shared/vocabulary.ts";
import type { SuppressedAddress } from "../db/suppressions.ts";
import { suppressionWeights } from "../domain/receive/suppression.ts";

export type SuppressionCsvRow = { email: string; reason: SuppressionReason; note: string | null };
export type ParsedSuppressionCsv =
  | { ok: true; rows: SuppressionCsvRow[]; notAddresses: { line: number; text: string }[] }
  /** The first twenty faults, under keys such as `line 3`. */
  | { ok: false; fields: Record<string, string> };

const errorsNamed = 20;
const delimiters = [",", ";", "\t", "|"];
const emailHeads = ["email", "emailaddress", "address", "recipient"];

/**
 * Reads a list in the form of this product, SendGrid, Mailgun or a spreadsheet: a head line, and an
 * address in each line below. The whole list is refused if a fault could hide an address.
 * @param listReason the reason for every row that names no reason; null if the caller names none
 */
export function parseSuppressionCsv(
  text: string,
  listReason: SuppressionReason | null,
): ParsedSuppressionCsv {
  const { lines, delimiter } = separateLines(text);
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter, newline: "\n", skipEmptyLines: false });
  const table = numberRows(data);
  const heads = (table[0]?.cells ?? []).map(normalizeHead);
  const columns = {
    email: findColumn(heads, emailHeads),
    reason: heads.indexOf("reason"),
    note: findColumn(heads, ["note", "error"]),
  };
  if (columns.email < 0) {
    return { ok: false, fields: { "line 1": "must name its columns, one of them email" } };
  }
  const kind = listReason ?? guessListReason(heads);
  const faults = new Map(
    errors.map((error) => [countLine(lines, error.index ?? 0), describeQuote(error.code)]),
  );
  const rows = new Map<string, SuppressionCsvRow>();
  const notAddresses: { line: number; text: string }[] = [];
  // A broken quote shifts all later rows, so the faults of those rows would mean nothing.
  for (const { line, cells } of errors.length > 0 ? [] : table.slice(1)) {
    const text = removeFormulaApostrophe(cells[columns.email] ?? "");
    const email = emailAddress.safeParse(text);
    const words = (cells[columns.reason] ?? "").trim();
    const named = readReason(words);
    const fault = findShapeFault(cells, heads.length, email.success ? email.data : null);
    if (fault !== null) faults.set(line, fault);
    else if (named === null && words !== "" && kind === null)
      faults.set(line, `reason must be one of ${suppressionReasons.join(", ")}`);
    else if (!email.success) notAddresses.push({ line, text: text.slice(0, limits.emailLength) });
    else {
      const note = (cells[columns.note] ?? "").trim() || (named === null ? words : "");
      keepStronger(rows, { email: email.data, reason: named ?? kind ?? "manual", note: toNote(note) });
    }
    if (faults.size >= errorsNamed) break;
  }
  const fields: Record<string, string> = Object.fromEntries(
    [...faults].map(([line, fault]) => [`line ${line}`, fault]),
  );
  if (rows.size > limits.suppressionsPerImport) {
    fields.body = `holds more than ${limits.suppressionsPerImport} addresses; split it`;
  }
  if (Object.keys(fields).length > 0) return { ok: false, fields };
  return rows.size === 0
    ? { ok: false, fields: { [`line ${table[1]?.line ?? 2}`]: "must hold an address" } }
    : { ok: true, rows: [...rows.values()], notAddresses };
}

/**
 * Returns the text with uniform line ends, and the delimiter. The delimiter is the first candidate
 * that splits the head line into columns of which one is the address column. Excel's line `sep=;`
 * is emptied, so that the lines keep their numbers.
 */
function separateLines(text: string): { lines: string; delimiter: string } {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^\ufeff/, "");
  const declared = /^"?sep=([^"\n])"?[\s,;|]*?(?=\n|$)/i.exec(lines);
  const rest = declared === null ? lines : lines.slice(declared[0].length);
  const head = rest.split("\n").find((line) => line.trim() !== "") ?? "";
  const candidates = [...(declared?.[1] === undefined ? [] : [declared[1]]), ...delimiters];
  const delimiter = candidates.find((candidate) => {
    const { data } = Papa.parse<string[]>(head, { delimiter: candidate });
    return findColumn((data[0] ?? []).map(normalizeHead), emailHeads) >= 0;
  });
  return { lines: rest, delimiter: delimiter ?? "," };
}

type Row = { line: number; cells: string[] };

/** Returns the rows that are not blank, each with the number of its first line in the file. */
function numberRows(data: readonly string[][]): Row[] {
  let line = 1;
  const rows: Row[] = [];
  for (const cells of data) {
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells });
    line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  }
  return rows;
}

const countLine = (text: string, index: number) => text.slice(0, index).split("\n").length;
const normalizeHead = (head: string) => head.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * Returns the index of the column with one of these names, or -1. Of several such columns, the one
 * whose name stands first in `names` counts.
 */
function findColumn(heads: readonly string[], names: readonly string[]): number {
  const name = names.find((name) => heads.includes(name));
  return name === undefined ? -1 : heads.indexOf(name);
}

const describeQuote = (code: string) =>
  code === "MissingQuotes"
    ? "opens a quote that is never closed"
    : "has a quote in a quoted cell; there it must be written twice";

/**
 * Returns the fault of a row that has too many or too few cells, or that contains other rows; null
 * if there is none. Two stray quotes turn all lines between them into one valid cell.
 */
function findShapeFault(cells: readonly string[], columnCount: number, own: string | null): string | null {
  const count = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  if (count > columnCount) return `has ${count} cells, and the first line names ${columnCount}`;
  if (cells.length < columnCount) return `has ${cells.length} cells, and the first line names ${columnCount}`;
  const wrapped = cells.flatMap((cell) => cell.split("\n").slice(1)).join(" ");
  const others = (wrapped.match(/[^\s@<>,;|"']+@[^\s@<>,;|"']+/g) ?? []).filter(
    (found) => found.toLowerCase() !== own,
  );
  return others.length > 0 ? "opens a quote that takes in another line with an address" : null;
}

/**
 * Returns the reason that a service's export stands for, by its columns; null if the columns match
 * no service's export.
 * @see
 *   https://www.twilio.com/docs/sendgrid/api-reference/spam-reports-api/retrieve-all-spam-reports
 *   and https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/complaints
 */
function guessListReason(heads: readonly string[]): SuppressionReason | null {
  const has = (name: string) => heads.includes(name);
  if (has("created")) {
    if (has("reason") || has("status")) return "bounced";
    return has("ip") ? "complained" : "unsubscribed";
  }
  if (has("groupid") || has("groupname")) return "unsubscribed";
  if (!has("address") || !has("createdat") || has("email")) return null;
  if (has("code") || has("error")) return "bounced";
  return has("tags") || has("tag") ? "unsubscribed" : "complained";
}

/** The names that people and services use for our reasons, in letters only. */
const reasonWords: Readonly<Record<string, SuppressionReason>> = {
  bounce: "bounced",
  hardbounce: "bounced",
  complaint: "complained",
  spam: "complained",
  spamreport: "complained",
  spamcomplaint: "complained",
  unsubscribe: "unsubscribed",
  optout: "unsubscribed",
  optedout: "unsubscribed",
};

function readReason(text: string): SuppressionReason | null {
  const word = text.toLowerCase().replace(/[^a-z]/g, "");
  return suppressionReasons.find((reason) => reason === word) ?? reasonWords[word] ?? null;
}

function keepStronger(rows: Map<string, SuppressionCsvRow>, row: SuppressionCsvRow): void {
  const known = rows.get(row.email);
  if (known === undefined || suppressionWeights[row.reason] > suppressionWeights[known.reason]) {
    rows.set(row.email, { ...row, note: row.note ?? known?.note ?? null });
  }
}

function toNote(text: string): string | null {
  const note = text.replace(/\p{Cc}+/gu, " ").trim();
  return note.slice(0, limits.noteLength) || null;
}

export const suppressionCsvHeader = "email,reason,source,createdAt\r\n";

export function formatSuppressionCsv(rows: readonly SuppressedAddress[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map(({ email, reason, source, createdAt }) => [
    email,
    reason,
    source,
    new Date(createdAt).toISOString(),
  ]);
  return `${Papa.unparse(cells, { header: false, escapeFormulae: formulaCell, newline: "\r\n" })}\r\n`;
}

/**
 * Matches a cell that a spreadsheet could read as a formula. The export puts an apostrophe before
 * such a cell. A formula that already has apostrophes gets one more, so that the import can remove
 * one.
 */
const formulaCell = /^'*[=+\-@\t\r]/;
const removeFormulaApostrophe = (cell: string) => cell.trim().replace(/^'(?='*[=+\-@])/, "");
