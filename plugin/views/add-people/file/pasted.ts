import { parseEmailAddress } from "../../../../shared/email-address.ts";
import type { Table, TableRow } from "./table.ts";

/**
 * Reads pasted text: addresses with or without names, as an email program lists them, or rows of a
 * table. Addresses become rows of two cells: name and address. A text that is no address becomes
 * such a row too, so that its fault is reported.
 * @param readTable reads the text as a table
 */
export function readPastedText(text: string, readTable: (text: string) => Table): Table {
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

/** Tells a text that may be meant as one address from a row of cells. */
const isBrokenAddress = (part: string) => !/[,;\t]/.test(part);

/** Splits at commas and semicolons that follow an address. A name may have a comma of its own. */
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
