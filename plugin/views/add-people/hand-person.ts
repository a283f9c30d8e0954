import { parseEmailAddress } from "../../../shared/email-address.ts";
import { cleanCell } from "./file/cell.ts";
import { hashText, type NewPerson } from "./file/people.ts";

/** The fields that an agent fills in about a person. */
export type HandTypedFields = { name: string; email: string; propertyId: string };

/**
 * Builds the person from the agent's fields. A person without an email address gets a contact key,
 * so that the Worker recognizes the person if they are added again.
 */
export function buildHandTypedPerson(fields: HandTypedFields): NewPerson {
  const name = cleanCell(fields.name);
  const propertyId = cleanCell(fields.propertyId);
  const email = parseEmailAddress(fields.email);
  const [firstName = "", ...rest] = name.split(" ");
  const lastName = rest.join(" ");
  return {
    line: null,
    input: {
      email,
      ...(firstName === "" ? {} : { firstName }),
      ...(lastName === "" ? {} : { lastName }),
      ...(name === "" ? {} : { fullName: name }),
      ...(propertyId === "" ? {} : { propertyId }),
      ...(email === null ? { contactKey: `typed-${hashText(`${name.toLowerCase()}\n${propertyId}`)}` } : {}),
      source: "agent",
    },
  };
}
