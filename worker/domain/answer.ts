import { limits } from "../../shared/limits.ts";
import type { LetterLanguage } from "../../shared/words/letter-language.ts";

/**
 * An answer is an agent's email that answers a person's reply. If the mail service reports no
 * result within this time, an answer counts as probably sent.
 */
export const answerSettlingMs = 120_000;

/** Returns the subject of an answer: the subject of the thread with one "Re:". */
export function formatAnswerSubject(threadSubject: string): string {
  const bare = threadSubject.replace(/^(?:\s*re\s*:)+\s*/i, "").trim();
  return `Re: ${bare === "" ? "your reply" : bare}`.slice(0, limits.subjectLength);
}

/** The reply that an answer quotes. `wroteOn`: the day in words, such as "December 7, 2026". */
export type QuotedReply = { name: string; wroteOn: string; text: string };

/** Returns the line above a quoted reply: "On December 7, 2026, Mary Ellison wrote:". */
export const formatQuoteIntro = ({ name, wroteOn }: QuotedReply, language: LetterLanguage): string =>
  language === "es" ? `El ${wroteOn}, ${name} escribió:` : `On ${wroteOn}, ${name} wrote:`;

/** Returns a text with each line quoted in the way of mail programs (RFC 3676 §4.5). */
export function quoteText(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => (line.startsWith(">") ? `>${line}` : `> ${line}`))
    .join("\n");
}

/**
 * Returns the Message-IDs of a References header that puts an answer in the person's thread, oldest
 * first. `replyId`: the Message-ID of the person's reply without angle brackets; null if the reply
 * has no such id.
 */
export function listThreadMessageIds(ownIds: readonly string[], replyId: string | null): string[] {
  return replyId === null ? [...ownIds] : [...ownIds, `<${replyId}>`];
}

/**
 * Tells whether a stored key of a reply is a Message-ID (RFC 5322 §3.6.4) that a header may carry.
 */
export const isMessageId = (key: string): boolean =>
  key.length <= 250 && /^[^\s<>@]+@[^\s<>@]+$/.test(key) && /^[\x21-\x7e]+$/.test(key);
