import { limits } from "../../shared/limits.ts";
import {
  listDoNotSolicitEntryKeys,
  parseAddressLine,
  type StreetAddress,
} from "../domain/compliance/address-keys.ts";
import { findStateCode } from "../domain/schedule/zones.ts";
import { findCellCountFault, findColumn, readCsvTable, removeFormulaApostrophe } from "./csv-table.ts";

export type ParsedDoNotSolicitCsv =
  | { ok: true; keys: string[]; lines: number }
  /** The first twenty faults, under keys such as `line 3`. */
  | { ok: false; fields: Record<string, string> };

const errorsNamed = 20;
const streetHeads = ["address", "streetaddress", "propertyaddress", "street", "address1", "addressline1"];
const unitHeads = ["unit", "apt", "apartment", "unitnumber", "address2", "addressline2"];
const zipHeads = ["zip", "zipcode", "postalcode", "postcode"];
const cityHeads = ["city", "town", "municipality", "borough"];
const stateHeads = ["state", "stateorprovince"];

/**
 * Reads a list of homes, or of whole ZIP codes and cities, that must not be solicited. The whole
 * list is refused if one line is faulty, because the faulty line could mean somebody's home.
 * @param area the state and city that apply to a line without a state or a city
 */
export function parseDoNotSolicitCsv(
  text: string,
  area: { state: string; city: string | null },
): ParsedDoNotSolicitCsv {
  const table = readCsvTable(text, [...streetHeads, ...zipHeads, ...cityHeads]);
  const { heads, faults } = table;
  const columns = {
    street: findColumn(heads, streetHeads),
    unit: findColumn(heads, unitHeads),
    postalCode: findColumn(heads, zipHeads),
    city: findColumn(heads, cityHeads),
    state: findColumn(heads, stateHeads),
  };
  if (columns.street < 0 && columns.postalCode < 0 && columns.city < 0)
    return { ok: false, fields: { "line 1": "must name its columns: address, unit, city, state, zip" } };
  const keys = new Set<string>();
  // A broken quotation mark shifts all later rows, so the faults of these rows are not reported.
  const rows = faults.size > 0 ? [] : table.rows;
  for (const { line, cells } of rows) {
    const read = (index: number) => removeFormulaApostrophe(cells[index] ?? "") || null;
    const found =
      findCellCountFault(cells, heads.length) ??
      readEntry(
        {
          street: read(columns.street),
          unit: read(columns.unit),
          city: read(columns.city),
          state: read(columns.state),
          postalCode: read(columns.postalCode),
        },
        area,
      );
    if (typeof found === "string") faults.set(line, found);
    else for (const key of listDoNotSolicitEntryKeys(found)) keys.add(key);
    if (faults.size >= errorsNamed) break;
  }
  if (faults.size > 0)
    return {
      ok: false,
      fields: Object.fromEntries([...faults].map(([line, fault]) => [`line ${line}`, fault])),
    };
  if (rows.length > limits.doNotSolicitLines)
    return { ok: false, fields: { body: `holds more than ${limits.doNotSolicitLines} lines; split it` } };
  if (keys.size === 0) return { ok: false, fields: { "line 2": "must have an address" } };
  return { ok: true, keys: [...keys], lines: rows.length };
}

type Cells = Record<"street" | "unit" | "city" | "state" | "postalCode", string | null>;

/** Returns the address of one line, or the line's fault. */
function readEntry(cells: Cells, area: { state: string; city: string | null }): StreetAddress | string {
  const whole = cells.street === null ? null : parseAddressLine(cells.street);
  const state = cells.state === null ? (whole?.state ?? area.state) : findStateCode(cells.state);
  if (state === null) return "names a state that doesn't exist";
  if (state !== area.state) return `is in ${state}, and the list is of ${area.state}`;
  const postalCode = cells.postalCode ?? whole?.postalCode ?? null;
  if (postalCode !== null && !/^\d{5}(?:-?\d{4})?$/.test(postalCode))
    return "has a ZIP code that isn't valid";
  const city = cells.city ?? whole?.city ?? area.city;
  const street = whole?.street ?? cells.street;
  if (postalCode === null && city === null) return "must have a ZIP code or a city";
  if (street === null && cells.postalCode === null && cells.city === null)
    return "must have an address, a ZIP code or a city";
  if (street !== null && !/[\p{L}\d]/u.test(street)) return "has an address without letters and digits";
  return { street, unit: cells.unit, city, state, postalCode };
}
