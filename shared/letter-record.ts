import { z } from "zod";
import { emailAddress, instant } from "./primitives.ts";

const mailbox = z.object({ name: z.string(), email: z.string() });

/**
 * The stored facts about a sent letter. With these facts, an office can later prove the content of
 * the letter and the reason for sending the letter. The wording is stored elsewhere: in the
 * template's version, or in the personal wording.
 */
export const letterRecord = z.object({
  /** The mailboxes in the headers at the time of sending. Names and addresses may change later. */
  from: mailbox,
  to: mailbox,
  templateId: z.number().int(),
  templateVersion: z.number().int(),
  /** The version of the recipient's personal wording; left out if there was no personal wording. */
  personalVersion: z.number().int().optional(),
  /** The values of the wording's variables; null if the values were too long to store. */
  values: z.record(z.string(), z.unknown()).nullable(),
  /** The footer as text, without the unsubscribe link. */
  footer: z.string(),
  /** SHA-256 of the HTML part, a line feed and the text part, in hexadecimal. */
  bodyHash: z.string(),
  /** The newest known status of the home's listing; null if no status was known. */
  listing: z.object({ status: z.string().nullable(), asOf: instant.nullable() }).nullable(),
  /** The time of the person's consent; null without a recorded consent. */
  consentAt: instant.nullable(),
  /** The approval of the campaign's launch; null if the launch needed no approval. */
  approval: z.object({ by: z.string(), at: instant, sources: z.array(z.string()) }).nullable(),
});
export type LetterRecord = z.infer<typeof letterRecord>;

/** A request for all letters to one address. The address is in the body because URLs are logged. */
export const lettersOfAddressInput = z.object({ email: emailAddress }).strict();
