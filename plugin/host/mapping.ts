import type { Consent } from "../../shared/consent.ts";
import { normalizeEmailAddress } from "../../shared/email-address.ts";
import { dropInvisibleCharacters } from "../../shared/invisible-characters.ts";
import { findStreetLine } from "../../shared/street-line.ts";
import { type RecipientSource, recipientSources } from "../../shared/vocabulary.ts";
import { say } from "../words/say.ts";

/**
 * A record from the host, either with RESO names or as returned by `mapProperty` or `mapContacts`.
 */
export type HostRecord = Readonly<Record<string, unknown>>;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonRecord = Record<string, Json>;

/** A person in the host's CRM who may become a recipient. */
export type Contact = {
  key: string;
  /**
   * The host's key for this contact; null if there is no key, as for a contact that an agent typed.
   */
  contactKey: string | null;
  /**
   * The contact's name on the screen: the contact's own name, or the email address if there is no
   * name.
   */
  name: string;
  /** The contact's own name; null if the host knows no name. */
  fullName: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  timeZone: string | null;
  source: RecipientSource;
  /**
   * The date of the event that made the source list the contact, such as a court filing, as
   * YYYY-MM-DD.
   */
  sourceDate: string | null;
  /** The consent that an agent has recorded in the launch view. */
  consent?: Consent;
  /** All other fields of the host's record, available to templates as `recipient.*`. */
  data: JsonRecord;
};

/**
 * Converts a field name to camel case: `StreetNumber`, `street_number` and `streetNumber` become
 * the same name.
 */
export function toCamelCase(name: string): string {
  const joined = name.replace(/[_\s-]+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return joined.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (head) => head.toLowerCase());
}

/**
 * Returns the part of a host's value that JSON can carry. Functions, symbols and deep nesting, such
 * as a cycle, are left out.
 */
function toJson(value: unknown, depth = 0): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value !== "object" || depth > 4) return undefined;
  if (Array.isArray(value)) return value.flatMap((item) => toJson(item, depth + 1) ?? []);
  return toJsonRecord(value as HostRecord, depth + 1);
}

function toJsonRecord(record: HostRecord, depth = 0): JsonRecord {
  const result: JsonRecord = {};
  for (const [name, value] of Object.entries(record)) {
    const json = toJson(value, depth);
    if (json !== undefined && json !== null && json !== "") result[toCamelCase(name)] = json;
  }
  return result;
}

const numericFields = ["listPrice", "bedroomsTotal", "bathroomsTotalInteger", "livingArea", "yearBuilt"];

/**
 * Converts a host's property record to the API's field names. If the record has only the parts of
 * the street address, builds the address from the parts. Keeps unknown fields.
 */
export function toApiProperty(record: HostRecord | null, propertyId: string): JsonRecord {
  const fields = toJsonRecord(record ?? {});
  for (const name of numericFields) {
    const number =
      typeof fields[name] === "string" ? Number(fields[name].replace(/[$,\s]/g, "")) : Number.NaN;
    if (Number.isFinite(number)) fields[name] = number;
  }
  const streetAddress = fields.streetAddress ?? findStreetLine(fields);
  return { ...fields, ...(streetAddress ? { streetAddress } : {}), propertyId };
}

/** Tells whether the fields of a property that is given to the API contain no street address. */
export const lacksAddress = ({ streetAddress, unparsedAddress }: JsonRecord): boolean =>
  !streetAddress && !unparsedAddress;

/** Tells whether there are contacts, and none of them has a name. */
export const lackNames = (people: readonly Pick<Contact, "fullName">[]): boolean =>
  people.length > 0 && people.every(({ fullName }) => fullName === null);

/**
 * Tells whether a record contains the id of another property, in any spelling of the field's name.
 * A host may set such a record if the record arrives after the agent has moved to another property.
 */
export function isOfAnotherProperty(record: HostRecord, propertyId: string): boolean {
  const { propertyId: own } = toJsonRecord(record);
  return own !== undefined && String(own) !== propertyId;
}

const toText = (value: Json | undefined): string | null =>
  typeof value === "string"
    ? dropInvisibleCharacters(value)
        .replace(/[\s\p{Cc}]+/gu, " ")
        .trim() || null
    : null;

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * Returns the source that the host names in its own spelling, such as "County records"; null if
 * Doorknock does not know the source.
 */
function findSource(value: Json | undefined): RecipientSource | null {
  const name = toCamelCase(toText(value)?.toLowerCase() ?? "").toLowerCase();
  return recipientSources.find((source) => source.toLowerCase() === name) ?? null;
}

/** Returns the day of a host's date or instant, as YYYY-MM-DD; null for any other value. */
function findDay(value: Json | undefined): string | null {
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(toText(value) ?? "")?.[0];
  return day === undefined || Number.isNaN(Date.parse(day)) ? null : day;
}

/**
 * Converts a contact record with RESO names to a contact. Keeps the fields that `Contact` lacks, so
 * that templates can use them. Templates also see the source as the host wrote it, such as the name
 * of a website.
 */
function toContact(record: HostRecord, index: number): Contact {
  const {
    contactKey,
    firstName,
    lastName,
    fullName: given,
    email,
    timeZone,
    sourceDate,
    ...data
  } = toJsonRecord(record);
  const first = toText(firstName);
  const last = toText(lastName);
  const text = toText(email);
  const address = text === null ? null : normalizeEmailAddress(text);
  const key = contactKey === undefined ? null : String(contactKey);
  const zone = toText(timeZone);
  const fullName = toText(given) ?? [first, last].filter(Boolean).join(" ");
  return {
    key: key ?? `contact-${index}`,
    contactKey: key,
    name: fullName || address || say("Unnamed contact"),
    fullName: fullName || null,
    firstName: first,
    lastName: last,
    email: address,
    timeZone: zone && isTimeZone(zone) ? zone : null,
    source: findSource(data.source) ?? "host",
    sourceDate: findDay(sourceDate),
    data,
  };
}

export const toContacts = (records: readonly HostRecord[] | null): Contact[] =>
  (records ?? []).map(toContact);
