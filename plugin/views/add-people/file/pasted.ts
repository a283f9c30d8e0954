import { parseEmailAddress } from "../../../../shared/email-address.ts";
import type { ParsedTable, TableRow } from "./table.ts";

/**
 * Reads pasted text: rows of a table, or addresses with or without names, as an email program lists
 * them. Each address becomes a row of two cells: name and address. A broken address also becomes
 * such a row, so that the agent sees the fault.
 * @param readTable reads the text as a table
 */
export function readPastedTable(text: string, readTable: (text: string) => ParsedTable): ParsedTable {
  const lines = text.split(/\r\n?|\n/);
  const rows: TableRow[] = [];
  let hasAddress = false;
  for (const [index, line] of lines.entries()) {
    for (const part of splitAddresses(line)) {
      const person = readAddress(part);
      if (person === null && !isBrokenAddress(part)) return readTable(text);
      hasAddress ||= person !== null;
      rows.push({ line: index + 1, cells: person ?? ["", part] });
    }
  }
  return hasAddress ? { rows, brokenLines: new Set() } : readTable(text);
}

/** Tells whether a text that is not an address is a broken address, and not a row of cells. */
const isBrokenAddress = (part: string) => !/[,;\t]/.test(part);

/**
 * Splits a line at commas and semicolons after an address. A comma inside a name does not split.
 */
const splitAddresses = (line: string): string[] =>
  line
    .split(/(?<=@[^\s,;<>]+>?)\s*[,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function readAddress(text: string): [name: string, address: string] | null {
  const [, name, inBrackets] = /^([^<>\t]*)<([^<>]*)>$/.exec(text) ?? [];
  if (inBrackets !== undefined) return [cleanName(name ?? ""), inBrackets.trim()];
  return /[\s,;\t]/.test(text) || parseEmailAddress(text) === null ? null : ["", text];
}

const cleanName = (name: string) =>
  name
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .trim();
