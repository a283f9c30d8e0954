import { limits } from "../../shared/limits.ts";
import { emailAddress } from "../../shared/primitives.ts";
import { type SuppressionReason, suppressionReasons } from "../../shared/vocabulary.ts";
import type { SuppressedAddress } from "../db/suppressions.ts";
import { suppressionWeights } from "../domain/receive/suppression.ts";
import {
  findCellCountFault,
  findColumn,
  formatCsvRows,
  readCsvTable,
  removeFormulaApostrophe,
} from "./csv-table.ts";

export type SuppressionCsvRow = { email: string; reason: SuppressionReason; note: string | null };
export type ParsedSuppressionCsv =
  | { ok: true; rows: SuppressionCsvRow[]; notAddresses: { line: number; text: string }[] }
  /** The first twenty faults, under keys such as `line 3`. */
  | { ok: false; fields: Record<string, string> };

const errorsNamed = 20;
const emailHeads = ["email", "emailaddress", "address", "recipient"];

/**
 * Reads a list in the form of this product, SendGrid, Mailgun or a spreadsheet: a head line, and an
 * address in each line below. The whole list is refused if a fault could hide an address.
 * @param listReason the reason for every row that names no reason; null if the caller names no
 * reason
 */
export function parseSuppressionCsv(
  text: string,
  listReason: SuppressionReason | null,
): ParsedSuppressionCsv {
  const { heads, rows: table, faults } = readCsvTable(text, emailHeads);
  const columns = {
    email: findColumn(heads, emailHeads),
    reason: heads.indexOf("reason"),
    note: findColumn(heads, ["note", "error"]),
  };
  if (columns.email < 0) {
    return { ok: false, fields: { "line 1": "must name its columns, one of them email" } };
  }
  const kind = listReason ?? guessListReason(heads);
  const rows = new Map<string, SuppressionCsvRow>();
  const notAddresses: { line: number; text: string }[] = [];
  // A broken quotation mark shifts all later rows, so the faults of these rows are not reported.
  for (const { line, cells } of faults.size > 0 ? [] : table) {
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
    ? { ok: false, fields: { [`line ${table[0]?.line ?? 2}`]: "must have an address" } }
    : { ok: true, rows: [...rows.values()], notAddresses };
}

/**
 * Returns the fault of a row that has too many or too few cells, or that contains other rows; null
 * if the row has no such fault. Two stray quotation marks turn all lines between the two marks into
 * one valid cell.
 */
function findShapeFault(cells: readonly string[], columnCount: number, own: string | null): string | null {
  const fault = findCellCountFault(cells, columnCount);
  if (fault !== null) return fault;
  const wrapped = cells.flatMap((cell) => cell.split("\n").slice(1)).join(" ");
  const others = (wrapped.match(/[^\s@<>,;|"']+@[^\s@<>,;|"']+/g) ?? []).filter(
    (found) => found.toLowerCase() !== own,
  );
  return others.length > 0 ? "opens a quote that takes in another line with an address" : null;
}

/**
 * Recognizes a service's export by its columns, and returns the reason for all addresses in the
 * export. Returns null for any other list.
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

/** The words that people and services use for our reasons, in lower case and without spaces. */
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
  return formatCsvRows(
    rows.map(({ email, reason, source, createdAt }) => [
      email,
      reason,
      source,
      new Date(createdAt).toISOString(),
    ]),
  );
}
