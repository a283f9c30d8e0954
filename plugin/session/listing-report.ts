import type { PropertyStatusInput } from "../../shared/property.ts";
import type { JsonRecord } from "../host/mapping.ts";
import type { DatedHostRecord } from "./given-record.ts";
import { toTextLine } from "./record-line.ts";
import type { Session } from "./state.ts";

/** The fields of the host's record that describe the listing. */
type ListingInRecord = Pick<
  PropertyStatusInput,
  | "standardStatus"
  | "listPrice"
  | "closeDate"
  | "expirationDate"
  | "listOfficeKey"
  | "listAgentKey"
  | "isOwnListing"
>;

const maxStatusLength = 50;
const maxKeyLength = 100;
const maxPrice = 1e12;

function readDay(value: unknown): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(toTextLine(value, 40) ?? "")?.[0];
  if (day === undefined) return undefined;
  // `Date.parse` reads February 30 as March 2.
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined;
}

/** Returns the fields of the host's record that describe the listing. */
export function pickListingFields(property: JsonRecord): ListingInRecord {
  const { listPrice, isOwnListing } = property;
  const isPrice = typeof listPrice === "number" && listPrice >= 0 && listPrice <= maxPrice;
  const listing: ListingInRecord = {
    standardStatus: toTextLine(property.standardStatus, maxStatusLength),
    listPrice: isPrice ? listPrice : undefined,
    closeDate: readDay(property.closeDate),
    expirationDate: readDay(property.expirationDate),
    listOfficeKey: toTextLine(property.listOfficeKey, maxKeyLength),
    listAgentKey: toTextLine(property.listAgentKey, maxKeyLength),
    isOwnListing: typeof isOwnListing === "boolean" ? isOwnListing : undefined,
  };
  return Object.fromEntries(Object.entries(listing).filter(([, value]) => value !== undefined));
}

type StatusSource = Pick<Session, "property" | "given" | "tokens">;

const learnedTimes = new WeakMap<DatedHostRecord, string>();

/**
 * Returns the time at which the element received the record, by the server's clock. The time is
 * computed once per record, because a repeated launch must be the same request.
 */
export function getReceiptTime(given: DatedHostRecord, { tokens }: Pick<StatusSource, "tokens">): string {
  const known = learnedTimes.get(given);
  if (known !== undefined) return known;
  const age = Date.now() - given.learnedAt;
  const time = new Date(tokens.now() - age).toISOString();
  learnedTimes.set(given, time);
  return time;
}

/**
 * Returns the time of the status in the host's record: the host's `statusAsOf`, or the time of the
 * record's receipt if there is no `statusAsOf`. Returns null if the record has no status.
 */
export function getStatusTime(source: StatusSource): string | null {
  const { standardStatus, statusAsOf } = source.property.value;
  const given = source.given.value;
  if (given === null || toTextLine(standardStatus, maxStatusLength) === undefined) return null;
  const own = typeof statusAsOf === "string" ? Date.parse(statusAsOf) : Number.NaN;
  return Number.isNaN(own) ? getReceiptTime(given, source) : new Date(own).toISOString();
}

/** Returns the host's record with the time of its status, for the request of a launch. */
export function buildRecordWithStatusTime(source: StatusSource): JsonRecord {
  const { statusAsOf: _, ...rest } = source.property.value;
  const time = getStatusTime(source);
  return time === null ? rest : { ...rest, statusAsOf: time };
}
