import { limits } from "../../shared/limits.ts";
import type { RecipientInput } from "../../shared/recipient.ts";
import type { Contact, JsonRecord } from "../host/mapping.ts";
import { shortenRecordToFit, truncateText } from "./fit-record.ts";

const cutName = (name: string) => truncateText(name, limits.nameLength);

/** Returns the parts of a contact's name, each cut to the length that the Worker accepts. */
export const pickNameFields = ({ firstName, lastName, fullName }: Contact) => ({
  ...(firstName ? { firstName: cutName(firstName) } : {}),
  ...(lastName ? { lastName: cutName(lastName) } : {}),
  ...(fullName ? { fullName: cutName(fullName) } : {}),
});

export const pickConsent = ({ consent }: Contact) => (consent === undefined ? {} : { consent });

/**
 * The texts of the letters, and the number of people in the request. Both decide which values fit
 * into the request.
 */
export type RequestSizeFactors = { letters: string; people: number };

/**
 * Converts a contact of a property to a new recipient, as a request to the Worker contains it.
 * @param property the host's record of the property, already shortened by `shortenRecordToFit`
 */
export function toRecipientInput(
  contact: Contact,
  property: JsonRecord,
  propertyId: string,
  { letters, people }: RequestSizeFactors,
): RecipientInput {
  return {
    ...pickNameFields(contact),
    email: contact.email,
    ...(contact.timeZone ? { timeZone: contact.timeZone } : {}),
    // A key that is too long for the Worker is left out. The person can get emails without a key.
    ...(contact.contactKey && contact.contactKey.length <= 100 ? { contactKey: contact.contactKey } : {}),
    source: contact.source,
    ...(contact.sourceDate ? { sourceDate: contact.sourceDate } : {}),
    ...pickConsent(contact),
    propertyId,
    templateData: shortenRecordToFit(contact.data, "recipient", letters, people),
    property,
  };
}
