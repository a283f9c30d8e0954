import type { EventData } from "./event.ts";

/** Fewer refusals than this are one receiver's mood. */
const fewestBlocks = 3;
const maxBlockRate = 0.05;

/** How far back blocks count, this hour included. */
export const blockWindowHours = 1;

export const hourOf = (at: number): number => Math.floor(at / 3_600_000);

/**
 * Whether a bounce speaks of the account's name: its addresses, its domain or its authentication. What an email itself is
 * refused for (its content, its size) does not, nor does a mailbox that is full, which SendGrid calls blocked too.
 */
export function isAgainstAccount({ bounceClass, status, diagnostic }: EventData): boolean {
  if (bounceClass !== "block") return false;
  if (/content|attachment|too (?:large|big)|size (?:limit|exceeds)|\bUBE\b|virus/i.test(diagnostic ?? ""))
    return false;
  return (
    /^[45]\.7\./.test(status ?? "") ||
    /\bblocked\b|black ?list|block ?list|\blisted\b|reputation|banned|policy|SPF|DKIM|DMARC|rate limit|too many/i.test(
      diagnostic ?? "",
    )
  );
}

/**
 * Whether an account is to rest until somebody has looked at it: three refusals within the hour and the one before, and
 * over 5 % of what was sent. Who was written to is not to blame, and nothing is held against them.
 */
export function isAccountBlocked({ blocks, sent }: { blocks: number; sent: number }): boolean {
  return blocks >= fewestBlocks && blocks > sent * maxBlockRate;
}
