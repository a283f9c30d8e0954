import { parseEmailAddress } from "../../../shared/email-address.ts";
import { cleanCell } from "./file/cell.ts";
import { hashText, type NewPerson } from "./file/people.ts";

/** What an agent types about a person. */
export type HandFields = { name: string; email: string; propertyId: string };

/**
 * Returns a typed person. A person without an address gets a key, so that adding them again finds
 * them.
 */
export function buildHandPerson(fields: HandFields): NewPerson {
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
