import { hourMs } from "../../../shared/time-lengths.ts";
import { classifyBounce, findEffectiveStatus } from "./bounce.ts";
import { senderRefusedWords, stripAddressesAndHosts } from "./bounce-words.ts";
import type { EventData, NormalizedEvent } from "./event.ts";

/**
 * The fewest blocks that can pause an account. A block is a refusal that is due to the sender or
 * the content. Fewer blocks may come from a single strict receiver.
 */
const fewestBlocks = 3;
const maxBlockRate = 0.05;

/** The number of hours before the present hour that are also searched for blocks. */
export const blockLookbackHours = 1;

export const toHourIndex = (at: number): number => Math.floor(at / hourMs);

/**
 * Tells whether a bounce refuses the account itself: its IP addresses, domain or authentication.
 * Returns false for a refusal of an email's content or size, and for a full mailbox, which SendGrid
 * also calls blocked.
 */
export function isAccountBlock({ bounceClass, status, diagnostic = "" }: EventData): boolean {
  if (bounceClass !== "block") return false;
  if (/content|attachment|too (?:large|big)|size (?:limit|exceeds)|\bUBE\b|virus/i.test(diagnostic))
    return false;
  const decisive = findEffectiveStatus({ status: status ?? null, code: null, text: diagnostic });
  return /^[45]\.7\./.test(decisive ?? "") || /\bpolic/i.test(diagnostic) || isSenderRefusal(diagnostic);
}

/**
 * Tells whether an event says that a receiver refuses the account's emails, for good or for now. A
 * receiver that first delays an unauthenticated domain's emails, as Gmail does with 4.7.x, refuses
 * them later. Greylisting does not count, because every new sender is greylisted.
 */
export function isAccountTrouble({ kind, data }: Pick<NormalizedEvent, "kind" | "data">): boolean {
  if (kind === "bounced") return isAccountBlock(data);
  if (kind !== "deferred") return false;
  const answer = { status: data.status ?? null, code: null, text: data.diagnostic ?? "" };
  const isPolicy = findEffectiveStatus(answer)?.startsWith("4.7.") === true;
  return isPolicy && classifyBounce(answer) === "block" && isAccountBlock({ ...data, bounceClass: "block" });
}

/**
 * Tells whether an account must be paused until a person has looked at the account. Returns true if
 * `blocks`, counted in this hour and the hour before, is at least three and more than 5 % of
 * `sent`. `sent` is the number of emails of the tenant's senders today.
 */
export function isOverBlockLimit({ blocks, sent }: { blocks: number; sent: number }): boolean {
  return blocks >= fewestBlocks && blocks > sent * maxBlockRate;
}

const isSenderRefusal = (diagnostic: string) => senderRefusedWords.test(stripAddressesAndHosts(diagnostic));
