import { checkWording, type WordingTexts } from "../mail/template/check.ts";
import { hashText } from "../mail/text-hash.ts";

/**
 * Returns the hash by which an approval finds a letter. The HTML is hashed in the form that is
 * sent, so the draft of a letter and its stored template have one hash.
 */
export async function hashLetter(letter: WordingTexts): Promise<string> {
  const { subject, preheader, bodyText } = letter;
  const { bodyHtml } = checkWording(letter);
  return await hashText(JSON.stringify([subject, preheader, bodyHtml, bodyText]));
}
