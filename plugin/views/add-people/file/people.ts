import { parseEmailAddress } from "../../../../shared/email-address.ts";
import { limits } from "../../../../shared/limits.ts";
import type { RecipientInput } from "../../../../shared/recipient.ts";
import type { RecipientSource } from "../../../../shared/vocabulary.ts";
import { representativeVariable } from "../../../../shared/words/personal-representative.ts";
import type { JsonRecord } from "../../../host/mapping.ts";
import { toCamelCase } from "../../../host/mapping.ts";
import { cleanCell, readDate, readSource, readZip } from "./cell.ts";
import type { ColumnMeaning, TableColumn } from "./column.ts";
import { findResoName } from "./heads.ts";
import type { ParsedTable, TableRow } from "./table.ts";

/**
 * A person who may be added. `line` is the line of the person in the file; null if the person does
 * not come from a file.
 */
export type NewPerson = { line: number | null; input: RecipientInput };

/**
 * The reason why no person can be read from a row. `value` is the faulty cell, or the number of
 * cells if the row has too many.
 */
export type RowFault = { line: number; kind: RowFaultKind; value: string };
export type RowFaultKind = "email" | "date" | "nobody" | "cells" | "quote";

export type ListOrigin = {
  source: RecipientSource;
  /** The date of the event behind the source, for rows without a date. */
  sourceDate: string | null;
  /** True if each person is the personal representative of an estate. */
  areRepresentatives: boolean;
  /** The campaign's property; null if the campaign is about many properties. */
  propertyId: string | null;
};

/**
 * Reads the people of a table. Returns the rows with a fault separately, and reads all other rows.
 */
export function readTablePeople(
  { rows, brokenLines }: ParsedTable,
  columns: readonly TableColumn[],
  origin: ListOrigin,
): { people: NewPerson[]; faults: RowFault[] } {
  const people: NewPerson[] = [];
  const faults: RowFault[] = [];
  const hasNames = columns.some(({ head }) => head !== null);
  const named = columns.map((column, index) => ({ ...column, name: nameKept(column, index) }));
  for (const row of hasNames ? rows.slice(1) : rows) {
    const read = brokenLines.has(row.line)
      ? { kind: "quote" as const, value: "" }
      : readPerson(row, named, origin);
    if ("kind" in read) faults.push({ line: row.line, ...read });
    else people.push({ line: row.line, input: read });
  }
  return { people, faults };
}

type Cells = Partial<Record<ColumnMeaning, string>>;
type NamedColumn = TableColumn & { name: string };

function readPerson(
  { cells }: TableRow,
  columns: readonly NamedColumn[],
  origin: ListOrigin,
): RecipientInput | Omit<RowFault, "line"> {
  const filled = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  if (filled > columns.length) return { kind: "cells", value: String(filled) };
  const values: Cells = {};
  const kept = { recipient: {} as JsonRecord, home: {} as JsonRecord };
  columns.forEach(({ name, meaning }, index) => {
    const cell = cleanCell(cells[index] ?? "");
    if (cell === "" || meaning === "skip") return;
    if (meaning === "keep" || meaning === "keepForHome") {
      const root = meaning === "keep" ? kept.recipient : kept.home;
      root[name] = cell.slice(0, limits.filledValueLength);
    } else values[meaning] = cell;
  });
  return buildPerson(values, kept, origin);
}

/**
 * Returns the variable name under which letters can use the values of a column with the meaning
 * `keep` or `keepForHome`.
 */
function nameKept({ head, meaning }: TableColumn, index: number): string {
  const detail = meaning === "keepForHome" && head !== null ? findResoName(head) : null;
  const words = (head ?? "").normalize("NFD").replace(/[\p{M}'’]/gu, "");
  const name = toCamelCase(words.replace(/[^a-z0-9]+/gi, " ").trim()).replace(/[^a-z0-9]/gi, "");
  return detail ?? (/^[a-z]/i.test(name) ? name.slice(0, 100) : `column${index + 1}`);
}

function buildPerson(
  values: Cells,
  kept: { recipient: JsonRecord; home: JsonRecord },
  origin: ListOrigin,
): RecipientInput | Omit<RowFault, "line"> {
  const { email: text = "", sourceDate: dateText, firstName, lastName, fullName } = values;
  const email = text === "" ? null : readFirstAddress(text);
  if (text !== "" && email === null) return { kind: "email", value: text };
  if (email === null && !firstName && !lastName && !fullName) return { kind: "nobody", value: "" };
  const date = dateText === undefined ? origin.sourceDate : readDate(dateText);
  if (dateText !== undefined && date === null) return { kind: "date", value: dateText };
  const given = origin.propertyId === null ? (values.propertyId ?? nameHome(values)) : undefined;
  const home = { ...kept.home, ...pickHome(values) };
  return {
    email,
    ...pickNames(values),
    ...(given === undefined ? {} : { propertyId: given }),
    ...findContactKey(values, email),
    source: (values.source === undefined ? null : readSource(values.source)) ?? origin.source,
    ...(date === null ? {} : { sourceDate: date }),
    templateData: {
      ...(origin.areRepresentatives ? { [representativeVariable]: true } : {}),
      ...kept.recipient,
      ...pickOwn(values),
    },
    property: origin.propertyId === null ? home : {},
  };
}

/** Returns the first email address in a cell; null if the cell has no email address. */
const readFirstAddress = (cell: string): string | null =>
  parseEmailAddress(cell) ??
  cell
    .split(/[\s,;|/]+/)
    .map(parseEmailAddress)
    .find((one) => one !== null) ??
  null;

const pickNames = ({ firstName, lastName, fullName }: Cells) => ({
  ...(firstName ? { firstName } : {}),
  ...(lastName ? { lastName } : {}),
  ...(fullName ? { fullName } : {}),
});

/**
 * The names under which letters and the listing guard read the values of a home. The listing guard
 * prevents emails to the owners of listed homes.
 */
const homeNames = {
  address: "unparsedAddress",
  street: "streetAddress",
  city: "city",
  state: "stateOrProvince",
  zip: "postalCode",
  status: "standardStatus",
} as const;
const ownNames = {
  phone: "phone",
  mailingAddress: "mailingAddress",
  mailingStreet: "mailingStreet",
  mailingCity: "mailingCity",
  mailingState: "mailingState",
  mailingZip: "mailingPostalCode",
} as const;

/** The beginning of the id that a home gets from its address, if the row has no property ID. */
export const addressIdPrefix = "address-";

/**
 * Returns an id for a home without a property ID, made from its address. With the id, the Worker
 * remembers refusals and listings of the home. Returns undefined without a street.
 */
function nameHome({ address, street, city, state, zip }: Cells): string | undefined {
  if (address === undefined && street === undefined) return undefined;
  const place = address ?? [street, city, state, zip === undefined ? undefined : readZip(zip)].join(" ");
  return `${addressIdPrefix}${hashText(
    place
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  )}`;
}

const rename = (values: Cells, names: Readonly<Partial<Record<ColumnMeaning, string>>>): JsonRecord =>
  Object.fromEntries(
    Object.entries(names).flatMap(([meaning, name]) => {
      const value = values[meaning as ColumnMeaning];
      if (value === undefined) return [];
      return [[name, meaning === "zip" || meaning === "mailingZip" ? readZip(value) : value]];
    }),
  );
const pickHome = (values: Cells) => rename(values, homeNames);
const pickOwn = (values: Cells) => rename(values, ownNames);

/**
 * Returns the contact key in the row. A person with neither a key nor an email address gets a key
 * from their name and home. With this key, the Worker recognizes the person in a later file.
 */
function findContactKey(values: Cells, email: string | null): { contactKey?: string } {
  if (values.contactKey) return { contactKey: values.contactKey };
  if (email !== null) return {};
  const { firstName, lastName, fullName, phone, propertyId, address, street, city, zip } = values;
  const parts = [
    fullName ?? `${firstName ?? ""} ${lastName ?? ""}`,
    phone,
    propertyId,
    address,
    street,
    city,
    zip,
  ];
  return { contactKey: `import-${hashText(JSON.stringify(parts).toLowerCase())}` };
}

/**
 * Returns a short hash of a text (cyrb53, 53 bits). Two different texts of one file practically
 * never have the same hash.
 */
export function hashText(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
