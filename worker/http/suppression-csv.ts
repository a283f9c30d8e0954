import Papa from "papaparse";
import { emailAddress } from "../../shared/primitives.ts";
import { limits, type SuppressionReason, suppressionReasons } from "../../shared/vocabulary.ts";
import type { SuppressedAddress } from "../db/suppressions.ts";

/**
 * A parsed suppression list. The reader takes lists of this product, SendGrid, Mailgun and
 * spreadsheets: a header line, then one address per line.
 */
export type ParsedSuppressionCsv =
  | { ok: true; rows: { email: string; reason: SuppressionReason; note: string | null }[] }
  /** Maps lines such as `line 3` to their faults. At most twenty lines are named. */
  | { ok: false; fields: Record<string, string> };

const errorsNamed = 20;
const emailHeads = ["email", "e-mail", "email address", "address", "recipient"];

export function parseSuppressionCsv(text: string): ParsedSuppressionCsv {
  const { data } = Papa.parse<string[]>(text, { delimiter: "", skipEmptyLines: false });
  const heads = (data[0] ?? []).map((head) => head.trim().toLowerCase());
  const emailColumn = heads.findIndex((head) => emailHeads.includes(head));
  if (emailColumn < 0) return { ok: false, fields: { "line 1": "must name its columns, one of them email" } };
  const reasonColumn = heads.indexOf("reason");
  const noteColumn = heads.indexOf("note");
  const fields: Record<string, string> = {};
  const rows = new Map<string, { email: string; reason: SuppressionReason; note: string | null }>();
  for (const [index, cells] of data.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === "")) continue;
    const email = emailAddress.safeParse(removeFormulaGuard(cells[emailColumn] ?? ""));
    const reason = parseReason(cells[reasonColumn] ?? "");
    if (!email.success)
      fields[`line ${index + 1}`] = email.error.issues[0]?.message ?? "must be an email address";
    else if (reason === null)
      fields[`line ${index + 1}`] = `reason must be one of ${suppressionReasons.join(", ")}`;
    else {
      const note = (cells[noteColumn] ?? "")
        .replace(/\p{Cc}+/gu, " ")
        .trim()
        .slice(0, limits.noteLength);
      rows.set(email.data, { email: email.data, reason, note: note || null });
    }
    if (Object.keys(fields).length >= errorsNamed) break;
  }
  if (rows.size > limits.suppressionsPerImport) {
    fields.body = `holds more than ${limits.suppressionsPerImport} addresses; split it`;
  }
  if (Object.keys(fields).length > 0) return { ok: false, fields };
  return rows.size === 0
    ? { ok: false, fields: { "line 2": "must hold an address" } }
    : { ok: true, rows: [...rows.values()] };
}

function parseReason(text: string): SuppressionReason | null {
  const named = text.trim().toLowerCase();
  return named === "" ? "manual" : (suppressionReasons.find((reason) => reason === named) ?? null);
}

export const csvHeader = "email,reason,source,createdAt\r\n";

export function formatCsvLines(rows: readonly SuppressedAddress[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map(({ email, reason, source, createdAt }) => [
    email,
    reason,
    source,
    new Date(createdAt).toISOString(),
  ]);
  return `${Papa.unparse(cells, { header: false, escapeFormulae: needsGuard, newline: "\r\n" })}\r\n`;
}

/**
 * Matches a cell that a spreadsheet could read as a formula. Export puts an apostrophe before it. A
 * cell that already has an apostrophe gets one more, so that import can remove one.
 */
const needsGuard = /^'*[=+\-@\t\r]/;
const removeFormulaGuard = (cell: string) => cell.trim().replace(/^'(?='*[=+\-@])/, "");
