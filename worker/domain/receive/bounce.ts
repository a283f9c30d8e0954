import type { BounceClass } from "../../../shared/vocabulary.ts";

/**
 * The answer of a receiving server. `status`: enhanced status code (RFC 3463). `code`: three-digit
 * reply (RFC 5321 §4.2).
 */
export type BounceEvidence = { status: string | null; code: number | null; text: string };

const unknownUser =
  /(?:user|recipient|mailbox|account|address)\b[^.;]{0,60}\b(?:unknown|not found|does ?n[o']t exist|no longer (?:exists|available|valid)|invalid|rejected)|\b(?:unknown|no such|invalid|non-?existent) (?:user|recipient|mailbox|account|address|person)|does not exist|is not a (?:\w+ ){0,2}user|RecipNotFound/i;
const noSuchDomain =
  /domain (?:does not exist|not found)|no such domain|unrouteable address|host (?:unknown|not found)/i;
const mailboxFull = /over ?quota|quota exceeded|mailbox (?:is )?full|insufficient storage/i;
const greylisted = /gr[ae]y-?list|try again later/i;
const inactive = /disabled|inactive|suspended/i;
const policy =
  /\bblocked\b|black ?list|block ?list|\blisted (?:at|in|by)\b|spam|reputation|policy|not authorized|unauthenticated|\bDMARC\b|\bSPF\b|\bDKIM\b|rate limit|too many|access denied|connection refused by policy|banned|after initial connection/i;
const messageFault =
  /message (?:is )?too (?:large|big|long)|size (?:limit|exceeds)|attachment|content rejected/i;

/**
 * Classifies a refusal, first by its status code and then by its text. Null if neither decides; the
 * caller knows whether its service treats the refusal as a dead address.
 * @see RFC 3463 §3; the exceptions are codes that large receivers use in their own sense
 */
export function classifyBounce({ status, code, text }: BounceEvidence): BounceClass | null {
  const found = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? "");
  if (found !== null) {
    const [, category, subject, detail] = found;
    const isTransient = category === "4";
    const byStatus = classByStatus(Number(subject), Number(detail), text);
    if (byStatus !== null) return isTransient && byStatus === "hard" ? "soft" : byStatus;
    if (isTransient) return classByText(text) === "block" ? "block" : "soft";
  } else if (code !== null && code >= 400 && code < 500) {
    return classByText(text) === "block" ? "block" : "soft";
  }
  return classByText(text);
}

function classByStatus(subject: number, detail: number, text: string): BounceClass | null {
  switch (subject) {
    case 1:
      // x.1.0 means "other address status". x.1.7 and x.1.8 are about the sender's address.
      if (detail === 0) return null;
      return detail === 7 || detail === 8 ? "block" : "hard";
    case 2:
      // x.2.0 is unspecific. x.2.1 means "disabled" at some receivers and "no such user" at others.
      // x.2.3 means that the message is too large, not the mailbox.
      if (detail === 0) return null;
      if (detail === 1 && unknownUser.test(text)) return "hard";
      return detail === 3 ? "block" : "soft";
    case 3:
      return detail === 4 ? "block" : "soft";
    case 4:
      return isDeadRoute(detail, text) ? "hard" : "soft";
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
function isDeadRoute(detail: number, text: string): boolean {
  if (detail === 4 || detail === 310) return true;
  return detail === 1 && /recipient address rejected|access denied/i.test(text);
}

function classByText(text: string): BounceClass | null {
  if (messageFault.test(text)) return "block";
  if (mailboxFull.test(text)) return "soft";
  if (unknownUser.test(text) || noSuchDomain.test(text)) return "hard";
  if (greylisted.test(text)) return "soft";
  if (policy.test(text)) return "block";
  return inactive.test(text) ? "soft" : null;
}

/** Returns the first enhanced status code in a reply or diagnostic, or null. */
export function findStatus(text: string): string | null {
  return /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? null;
}
