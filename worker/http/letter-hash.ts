import { checkWording, type WordingTexts } from "../mail/template/check.ts";
import { hashText } from "../mail/text-hash.ts";

/**
 * Returns the hash under which the approval of a letter is stored. The HTML is hashed in the form
 * that is sent, so a letter's draft and its stored template have the same hash.
 */
export async function hashLetter(letter: WordingTexts): Promise<string> {
  const { subject, preheader, bodyText } = letter;
  const { bodyHtml } = checkWording(letter);
  return await hashText(JSON.stringify([subject, preheader, bodyHtml, bodyText]));
}
