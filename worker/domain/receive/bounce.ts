import type { BounceClass } from "../../../shared/vocabulary.ts";
import * as words from "./bounce-words.ts";

/**
 * The answer of a receiving server. `status`: enhanced status code (RFC 3463). `code`: three-digit
 * reply (RFC 5321 §4.2). `text`: the server's own words. A status or code in `text` outranks the
 * other two fields, because reports and services fill these fields with generic values such as
 * 5.0.0.
 */
export type ServerAnswer = { status: string | null; code: number | null; text: string };

/**
 * Classifies a refusal by its words and its status code. Returns null if neither the words nor the
 * status code decides. The caller then decides, because the caller knows how the service treats
 * such a refusal.
 *
 * Words that name the sending side, a full mailbox or an unknown address are more reliable than a
 * status. Large receivers use 5.1.1 for rate limits, and 5.7.1 for unknown users.
 * @see RFC 3463 §3
 */
export function classifyBounce({ status, code, text }: ServerAnswer): BounceClass | null {
  const said = words.stripAddressesAndHosts(text);
  const decisive = findEffectiveStatus({ status, code, text });
  const replyCode = findReplyCode(text) ?? code;
  const isTransient =
    decisive === null ? replyCode !== null && replyCode < 500 && replyCode >= 400 : decisive.startsWith("4");
  return isTransient ? classifyTransient(decisive, said) : classifyPermanent(decisive, said);
}

/**
 * Returns the status in the server's own words, or else `status`, or null. If the words have
 * several statuses, the result is the first status whose third number is not 0, or else the first
 * status. A permanent `status` is ignored if the reply code is temporary.
 */
export function findEffectiveStatus({ status, code, text }: ServerAnswer): string | null {
  const own = [...text.matchAll(new RegExp(statusShape, "g"))].map(([, found = ""]) => found);
  const first = own.find((one) => !one.endsWith(".0")) ?? own[0];
  if (first !== undefined) return first;
  const replyCode = findReplyCode(text) ?? code;
  const isContradicted = replyCode !== null && replyCode < 500 && status?.startsWith("5") === true;
  return isContradicted || status === null || !/^[245]\.[0-7]\.\d{1,3}$/.test(status) ? null : status;
}

/** Returns the class of a temporary refusal, which never proves a dead address. */
function classifyTransient(status: string | null, said: string): BounceClass {
  if (words.greylistedWords.test(said)) return "soft";
  const byStatus = status === null ? null : classByStatus(status, said);
  if (byStatus !== null) return byStatus === "hard" ? "soft" : byStatus;
  const isPolicy = [words.messageFaultWords, words.senderRefusedWords, words.policyWords].some((one) =>
    one.test(said),
  );
  return isPolicy ? "block" : "soft";
}

function classifyPermanent(status: string | null, said: string): BounceClass | null {
  const byStatus = status === null ? null : classByStatus(status, said);
  if (words.senderRefusedWords.test(said) || words.messageFaultWords.test(said)) return "block";
  if (words.mailboxFullWords.test(said) || words.temporaryFaultWords.test(said)) return "soft";
  const isAboutSender = status !== null && byStatus === "block" && status.split(".")[1] === "1";
  if (!isAboutSender && words.deadAddressWords.test(said)) return "hard";
  const isAboutAddress = byStatus === null || status?.split(".")[1] === "1";
  if (isAboutAddress && words.policyWords.test(said)) return "block";
  if (byStatus !== null) return byStatus;
  if (words.accessDeniedWords.test(said)) return "block";
  if (words.addressRefusedWords.test(said)) return "hard";
  if (words.greylistedWords.test(said)) return "soft";
  return words.inactiveMailboxWords.test(said) ? "soft" : null;
}

/**
 * The third numbers of the x.1 statuses about the sender's address, or about the number of emails
 * from the sender.
 */
const senderDetails: readonly number[] = [7, 8, 20, 90];

function classByStatus(status: string, said: string): BounceClass | null {
  const [, subject, detail] = status.split(".").map(Number);
  switch (subject) {
    case 1:
      // x.1.0 means "other address status".
      if (detail === 0) return null;
      return senderDetails.includes(detail ?? 0) ? "block" : "hard";
    case 2:
      // x.2.0 is unspecific. x.2.3 means that the message is too large; the mailbox is not full.
      if (detail === 0) return null;
      return detail === 3 ? "block" : "soft";
    case 3:
      return detail === 4 ? "block" : "soft";
    case 4:
      return isDeadRoute(detail ?? 0, said) ? "hard" : "soft";
    case 6:
    case 7:
      return "block";
    default:
      return null;
  }
}

/**
 * Tells whether an x.4 status means a dead address. x.4.4 is "unable to route". Microsoft uses
 * x.4.1 for an unknown recipient and x.4.310 for an unknown domain.
 */
function isDeadRoute(detail: number, said: string): boolean {
  if (detail === 4 || detail === 310) return true;
  return detail === 1 && /recipient address rejected|access denied/i.test(said);
}

const statusShape = /(?:^|[^\w.])([245]\.[0-7]\.\d{1,3})(?![\d.]*\d)/;

/** Returns the first enhanced status code in a reply or diagnostic, or null. */
export function findEnhancedStatus(text: string): string | null {
  return statusShape.exec(text)?.[1] ?? null;
}

/**
 * Returns the first three-digit reply code of a refusal in a diagnostic, or null. A number among
 * other words, as in "more than 500 messages", is no reply code.
 */
export function findReplyCode(text: string): number | null {
  const found =
    /(?:^|[^\d.])([45]\d\d)[ -]#?[45]\.\d{1,3}\.\d{1,3}\b/.exec(text) ??
    /(?:^|[.:;>()\]"',\n])\s*([45]\d\d)(?=[ \-:)]|$)/.exec(text);
  return found === null ? null : Number(found[1]);
}
