import type { RequestFailure } from "../../data/api.ts";
import type { Contact } from "../../host/mapping.ts";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say, sayMessage } from "../../words/say.ts";

const fieldWords: Readonly<Record<string, PlainPhrase>> = {
  email: "The email address",
  firstName: "The first name",
  lastName: "The last name",
  fullName: "The name",
  timeZone: "The time zone",
  contactKey: "The contact’s ID",
  propertyId: "The contact’s property",
  templateData: "The CRM’s data about this person",
  wordings: "An email changed for this person",
  property: "The CRM’s data about this property",
};

function nameField(field: string): string {
  const phrase = fieldWords[field];
  return phrase === undefined ? field : say(phrase);
}

/**
 * Returns the reasons why the Worker refused single contacts, by contact key. Returns an empty
 * record if no fault concerns a single contact.
 * @param failure the failed request, whose `fields` has paths such as `recipients.2.email`
 * @param chosen the contacts in the order of the request
 */
export function listContactFaults(
  { fields, reasons }: Pick<RequestFailure, "fields" | "reasons">,
  chosen: readonly Contact[],
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const [path, message] of Object.entries(fields)) {
    const [, index, field] = /^recipients\.(\d+)\.(\w+)/.exec(path) ?? [];
    const contact = chosen[Number(index)];
    // If a check before the launch refused the contact, the message is already a whole sentence.
    const text = path in reasons ? message : `${nameField(field ?? "")} ${sayMessage(message)}`;
    // The text ends without a period, because the note on a refused contact adds the period.
    if (contact && field) faults[contact.key] ??= text.replace(/\.$/, "");
  }
  return faults;
}
