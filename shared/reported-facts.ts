import { z } from "zod";
import { addressFields, personNameFields } from "./fact-fields.ts";
import { limits } from "./limits.ts";
import { emailAddress, instant, singleLine } from "./primitives.ts";
import { recipientSources } from "./vocabulary.ts";

const namesItsStreet = ["unparsedAddress", "streetAddress", "streetName"] as const;
const partsOfStreet = [
  "streetNumber",
  "streetDirPrefix",
  "streetSuffix",
  "streetDirSuffix",
  "unitNumber",
] as const;

/**
 * A property's address with RESO names. A reported street replaces the whole street line. A city,
 * state, ZIP code or county that is left out stays as it was.
 */
export const reportedAddress = z
  .partialRecord(z.enum(addressFields), singleLine(limits.addressFieldLength))
  .refine((address) => Object.keys(address).length > 0, "must have at least one field")
  .refine(
    (address) =>
      namesItsStreet.some((field) => address[field] !== undefined) ||
      partsOfStreet.every((field) => address[field] === undefined),
    "must have a streetName or streetAddress with the other parts of the street",
  );

const nameOfContact = z.partialRecord(z.enum(personNameFields), singleLine(limits.nameLength));

/**
 * A contact's name in the host's records. The host's key, or the email address, identifies the
 * contact. A report replaces every part of the contact's name.
 */
export const reportedContact = z
  .object({
    contactKey: singleLine(100).optional(),
    email: emailAddress.optional(),
    name: nameOfContact.refine(
      ({ firstName, lastName, fullName }) => (firstName ?? lastName ?? fullName) !== undefined,
      "must have a firstName, a lastName or a fullName",
    ),
    /**
     * The way in which the office learned of the person, and the date of the event behind it. Only
     * campaigns that a rule of the office starts read these fields.
     */
    source: z.enum(recipientSources).optional(),
    sourceDate: z.iso.date().optional(),
  })
  .strict()
  .refine(({ contactKey, email }) => (contactKey ?? email) !== undefined, {
    path: ["contactKey"],
    message: "give contactKey, email or both",
  });

/** A contact whose name the host has reported. `at` is the time at which the name was correct. */
export const knownContact = z.object({
  contactKey: z.string().nullable(),
  email: z.string().nullable(),
  name: nameOfContact,
  at: instant,
});
