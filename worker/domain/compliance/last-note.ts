import { dayMs } from "../../../shared/time-lengths.ts";

/**
 * Tells whether an email promises to be the last email. The office must keep the promise: the
 * person then gets no more emails for the time that the office has set.
 */
export function isLastNote(subject: string, text: string): boolean {
  return [subject, ...text.split(/(?<=[.!?])\s+|\n+/)].some(isPromise);
}

const letter = "(?:note|email|e-mail|letter|message)";

const promises = [
  `\\b(?:this|that|it) (?:is|will be) (?:my|the) (?:last|final) ${letter}\\b`,
  `^(?:(?:my|a|one) )?(?:last|final) ${letter}\\b`,
  `\\bmy final ${letter}\\b`,
  "\\bclosing (?:out )?my (?:notes?|file)\\b",
  "\\bi(?:'ll| will) (?:stop (?:here|writing|emailing|now)|leave (?:it|you) (?:at|be|alone|in peace)\\b)",
  "\\bi (?:won't|will not) (?:keep (?:writing|emailing)|(?:write|email|contact|bother)(?: to)?(?: you)? (?:again|any ?more))\\b",
  `\\bno (?:more|further) ${letter}s? from me\\b`,
  "\\byou (?:won't|will not) hear from me again\\b",
  "\\beste es (?:mi|el) último (?:mensaje|correo)(?![\\p{L}])",
  "^(?:(?:mi|un) )?último (?:mensaje|correo)(?![\\p{L}])",
  "\\baquí (?:me detengo|lo dejo)(?![\\p{L}])",
  "\\bya no le (?:escribiré|voy a escribir|molestaré)(?![\\p{L}])",
].map((source) => new RegExp(source, "iu"));

/**
 * Matches the beginning of a conditional sentence, such as "If it's a no, I won't keep writing".
 * Such a sentence promises nothing yet.
 */
const isConditional = /^\s*(?:if|unless|should|in case|si|en caso)\b/i;

function isPromise(sentence: string): boolean {
  const plain = sentence.trim().replaceAll("’", "'");
  return !isConditional.test(plain) && promises.some((promise) => promise.test(plain));
}

/**
 * `sentAt`: the time at which a person was last told that no more emails come; null if never.
 * `days`: the number of days for which the office keeps that promise.
 */
export type LastNotePromise = { sentAt: number | null; days: number };

/**
 * Returns the time until which the promise of a last note binds the office; null if no promise
 * binds the office.
 * @param consentAt when the person asked for emails; a consent that is later than the note lifts
 *   the promise
 */
export function getLastNoteEnd(note: LastNotePromise, consentAt: number | null, now: number): number | null {
  if (note.sentAt === null || note.days === 0) return null;
  if (consentAt !== null && consentAt > note.sentAt) return null;
  const until = note.sentAt + note.days * dayMs;
  return until > now ? until : null;
}
