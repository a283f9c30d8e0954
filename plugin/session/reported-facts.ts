import { isEmailAddress } from "../../shared/email-address.ts";
import { addressFields, type PersonNameField } from "../../shared/fact-fields.ts";
import { limits } from "../../shared/limits.ts";
import type { PropertyStatusInput } from "../../shared/property.ts";
import type { Contact, JsonRecord } from "../host/mapping.ts";
import { toTextLine } from "./record-line.ts";

type Address = NonNullable<PropertyStatusInput["address"]>;
type ReportedContact = NonNullable<PropertyStatusInput["contacts"]>[number];

const maxKeyLength = 100;

/**
 * Returns the value as a text. Returns undefined if the Worker would refuse the length, because a
 * shortened text would be a different fact.
 */
function readWhole(value: unknown, maxLength: number): string | undefined {
  const line = toTextLine(value, maxLength + 1);
  return line !== undefined && line.length <= maxLength ? line : undefined;
}

/** Returns the address in the host's record; null if the record names no street. */
export function readReportedAddress(property: JsonRecord): Address | null {
  const address: Address = {};
  for (const field of addressFields) {
    const text = readWhole(property[field], limits.addressFieldLength);
    if (text !== undefined) address[field] = text;
  }
  const { unparsedAddress, streetAddress, streetName } = address;
  return (unparsedAddress ?? streetAddress ?? streetName) === undefined ? null : address;
}

/**
 * Returns the names of the host's contacts, at most `limits.contactsPerProperty`. A contact without
 * a name, or without a key and an address, is left out.
 */
export function readContactNames(contacts: readonly Contact[]): ReportedContact[] {
  return contacts.flatMap((contact) => toReportedContact(contact) ?? []).slice(0, limits.contactsPerProperty);
}

function toReportedContact(contact: Contact): ReportedContact | null {
  const contactKey = readWhole(contact.contactKey, maxKeyLength);
  const email = contact.email !== null && isEmailAddress(contact.email) ? contact.email : undefined;
  const name: Partial<Record<PersonNameField, string>> = {};
  const { firstName, lastName, fullName, data } = contact;
  for (const [field, value] of Object.entries({
    firstName,
    lastName,
    fullName,
    salutation: data.salutation,
  })) {
    const text = readWhole(value, limits.nameLength);
    if (text !== undefined) name[field as PersonNameField] = text;
  }
  const isNamed = (name.firstName ?? name.lastName ?? name.fullName) !== undefined;
  if (!isNamed || (contactKey ?? email) === undefined) return null;
  return { ...(contactKey && { contactKey }), ...(email && { email }), name };
}
