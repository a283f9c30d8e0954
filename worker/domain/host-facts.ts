import { type AddressField, type PersonNameField, streetFields } from "../../shared/fact-fields.ts";
import { limits } from "../../shared/limits.ts";
import { findStreetLine } from "../../shared/street-line.ts";
import { dayMs } from "../../shared/time-lengths.ts";

export type AddressValues = Readonly<Partial<Record<AddressField, string>>>;
export type NameValues = Readonly<Partial<Record<PersonNameField, string>>>;

/** The key and the email by which a host's records and our records know a person. */
export type ContactIdentity = { contactKey: string | null; email: string | null };
export type KnownContact = ContactIdentity & { name: NameValues; at: number };

/**
 * A property's address and its contacts' names, as reported by a host. `at`: the instant at which
 * the host had the value. The contact reported last comes first.
 */
export type HostFacts = {
  address: { values: AddressValues; at: number } | null;
  contacts: readonly KnownContact[];
};

export const noHostFacts: HostFacts = { address: null, contacts: [] };

/** A host's report of a property's address and contacts, as of one instant. */
export type HostFactsReport = {
  at: number;
  address: AddressValues | null;
  contacts: readonly (ContactIdentity & { name: NameValues })[];
};

/**
 * Returns the known facts after a report. A value that is older than the known value is left out,
 * and a time in the future counts as now. An unchanged value gets a new time once a day. Only the
 * contacts reported last are kept, at most `limits.contactsPerProperty`.
 * @returns `known` itself if no change is worth a written row
 */
export function applyHostFactsReport(known: HostFacts, report: HostFactsReport, now: number): HostFacts {
  const at = Math.min(report.at, now);
  const address = report.address === null ? known.address : renewAddress(known.address, report.address, at);
  const contacts = report.contacts.reduce(
    (before, contact) => renewContact(before, { ...contact, at }),
    known.contacts,
  );
  const isSame = address === known.address && contacts === known.contacts;
  return isSame ? known : { address, contacts: contacts.slice(0, limits.contactsPerProperty) };
}

function renewAddress(known: HostFacts["address"], given: AddressValues, at: number): HostFacts["address"] {
  if (known === null) return { values: given, at };
  const values = replaceAddress(known.values, given);
  return isWorthStoring({ at: known.at, value: known.values }, { at, value: values })
    ? { values, at }
    : known;
}

function renewContact(known: readonly KnownContact[], given: KnownContact): readonly KnownContact[] {
  const [before, ...others] = known.filter((one) => isSameContact(one, given));
  if (before === undefined) return [given, ...known];
  // Several known contacts have this email address, and the report does not say which contact is
  // meant.
  if (others.length > 0) return known;
  if (!isWorthStoring({ at: before.at, value: before.name }, { at: given.at, value: given.name }))
    return known;
  const contactKey = given.contactKey ?? before.contactKey;
  const renewed = { ...given, contactKey, email: given.email ?? before.email };
  return [renewed, ...known.filter((one) => one !== before)];
}

type Dated = { at: number; value: Readonly<Record<string, unknown>> };

function isWorthStoring(known: Dated, given: Dated): boolean {
  if (given.at < known.at) return false;
  return !hasSameEntries(known.value, given.value) || given.at - known.at >= dayMs;
}

const hasSameEntries = (one: Dated["value"], other: Dated["value"]) => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
};

/**
 * Tells whether two identities are of one person. Two keys are of one person only if the keys are
 * equal. If a key is missing, the email address decides.
 */
function isSameContact(one: ContactIdentity, other: ContactIdentity): boolean {
  if (one.contactKey !== null && other.contactKey !== null) return one.contactKey === other.contactKey;
  return one.email !== null && one.email === other.email;
}

/**
 * Returns the known contact who is `person`, or null. The result is also null if the key is unknown
 * and several contacts, such as a couple, have the person's email address.
 */
export function findContact(contacts: readonly KnownContact[], person: ContactIdentity): KnownContact | null {
  const { contactKey } = person;
  const keyed = contactKey === null ? undefined : contacts.find((one) => one.contactKey === contactKey);
  if (keyed !== undefined) return keyed;
  const [only, ...others] = contacts.filter((one) => isSameContact(one, person));
  return only === undefined || others.length > 0 ? null : only;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Returns a property's values with a newer address. If the report has no address in one line, the
 * known one-line address is left out, because that line would name the earlier street or city.
 */
export function replaceAddress<Base extends Values>(base: Base, given: AddressValues): Base & AddressValues {
  const namesStreet = ["unparsedAddress", ...streetFields].some((field) => Object.hasOwn(given, field));
  const dropped: readonly string[] = namesStreet ? ["unparsedAddress", ...streetFields] : ["unparsedAddress"];
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !dropped.includes(name)));
  const street = namesStreet ? undefined : readStreet(base);
  return { ...kept, ...(street === undefined ? {} : { streetAddress: street }), ...given } as Base &
    AddressValues;
}

/** Tells whether a property already has these address values, apart from spaces. */
export const hasSameAddress = (property: Values, address: AddressValues): boolean =>
  Object.entries(address).every(([field, value]) => toLine(property[field]) === toLine(value));

const toLine = (value: unknown) => toText(value)?.replace(/[\p{Cc}\s]+/gu, " ");

/** Returns the whole address in one line, from its parts; undefined if no part is known. */
export function formatWholeAddress(property: Values): string | undefined {
  const area = [property.stateOrProvince, property.postalCode]
    .flatMap((part) => toText(part) ?? [])
    .join(" ");
  const parts = [readStreet(property), toText(property.city), toText(area)];
  return parts.filter((part) => part !== undefined).join(", ") || undefined;
}

const readStreet = (property: Values) => toText(property.streetAddress) ?? findStreetLine(property);

function toText(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value).trim() || undefined;
}
