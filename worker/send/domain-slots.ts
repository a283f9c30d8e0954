import type { Ctx } from "../context.ts";
import type { DueSender } from "../db/claims.ts";
import {
  type DomainSlotRequest,
  loadDomainSlotCounts,
  postponeDueRecipientsOfFullDomains,
  takeDomainSlots,
} from "../db/domain-days.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { getNextSlotDay } from "../domain/send/pacing.ts";
import { carryOutDecisions, type DecidedCandidate } from "./progress.ts";

/**
 * An email to send. `domainPlace` is the email's number, from 1, among the sender's emails to the
 * recipient's domain today; null if the sender has no cap per domain.
 */
export type PlacedSend = { candidate: Candidate; domainPlace: number | null };

/** The emails that one sender is to send to one domain, with the sender's cap for the domain. */
type DomainGroup = {
  claim: Omit<DomainSlotRequest, "count">;
  cap: number;
  endsAt: number;
  candidates: Candidate[];
};

const toKey = ({ senderId, domain }: { senderId: number; domain: string }) => `${senderId} ${domain}`;
const getDomain = (email: string) => email.slice(email.indexOf("@") + 1);
const isFirstTouch = ({ recipient }: Candidate) => Number(recipient.nextStep === 1);

/**
 * Postpones recipients at domains whose daily cap is reached, so that the sender emails other
 * recipients instead.
 */
export async function postponeRecipientsAtFullDomains(
  ctx: Ctx,
  senders: readonly DueSender[],
  now: number,
): Promise<void> {
  const capped = senders.filter((sender) => sender.domainDailyCap !== null);
  const days = capped.map((sender) => {
    const { day, endsAt } = getNextSlotDay(sender, now);
    return { id: sender.id, day, nextDayAt: endsAt };
  });
  await postponeDueRecipientsOfFullDomains(ctx.db, days, now);
}

/**
 * For each email of a sender with a cap per domain, takes a slot (the right to one email today) of
 * the recipient's domain. Recipients beyond the cap are held until the sender's next day. If no
 * sender has such a cap, no statement runs.
 * @returns the emails that may be sent, and the slots that were taken; the caller returns unused
 *   slots
 */
export async function reserveDomainSlots(
  ctx: Ctx,
  senders: readonly DueSender[],
  toSend: readonly Candidate[],
  now: number,
): Promise<{ placed: PlacedSend[]; taken: DomainSlotRequest[] }> {
  const groups = groupByDomain(senders, toSend, now);
  if (groups.length === 0) return { placed: toSend.map(toUncappedSend), taken: [] };
  const usedSlots = await loadDomainSlotCounts(
    ctx.db,
    groups.map(({ claim }) => claim),
  );
  const slotsOf = new Map(usedSlots.map((row) => [toKey(row), row.slots]));
  const wanted = groups.map((group) => {
    const left = Math.max(0, group.cap - (slotsOf.get(toKey(group.claim)) ?? 0));
    return { ...group, going: group.candidates.slice(0, left), over: group.candidates.slice(left) };
  });
  const claims = wanted.flatMap(({ claim, going }) =>
    going.length === 0 ? [] : [{ ...claim, count: going.length }],
  );
  const took = new Map((await takeDomainSlots(ctx.db, claims)).map((row) => [toKey(row), row.slots]));
  const grouped = new Set(groups.flatMap(({ candidates }) => candidates));
  const placed = toSend.filter((candidate) => !grouped.has(candidate)).map(toUncappedSend);
  const held: DecidedCandidate[] = [];
  for (const { claim, going, over, endsAt } of wanted) {
    held.push(...over.map((candidate) => toHold(candidate, "domainCapReached", endsAt)));
    const slots = took.get(toKey(claim));
    // An overlapping tick (the Worker's run every minute) took the slots first. The next tick reads
    // how many slots are left.
    if (slots === undefined) held.push(...going.map((candidate) => toHold(candidate, "senderBusy", now)));
    else {
      const before = slots - going.length;
      placed.push(...going.map((candidate, index) => ({ candidate, domainPlace: before + index + 1 })));
    }
  }
  await carryOutDecisions(ctx, held);
  return { placed, taken: claims.filter((claim) => took.has(toKey(claim))) };
}

function toUncappedSend(candidate: Candidate): PlacedSend {
  return { candidate, domainPlace: null };
}

function toHold(
  candidate: Candidate,
  reason: "domainCapReached" | "senderBusy",
  until: number,
): DecidedCandidate {
  return { candidate, decision: { kind: "hold", reason, until } };
}

function groupByDomain(
  senders: readonly DueSender[],
  toSend: readonly Candidate[],
  now: number,
): DomainGroup[] {
  return senders.flatMap((sender): DomainGroup[] => {
    const cap = sender.domainDailyCap;
    if (cap === null) return [];
    const { day, endsAt } = getNextSlotDay(sender, now);
    const own = toSend.filter(({ recipient }) => recipient.senderId === sender.id);
    const byDomain = Map.groupBy(own, ({ recipient }) => getDomain(recipient.email ?? ""));
    return [...byDomain].map(([domain, candidates]) => ({
      claim: { senderId: sender.id, domain, day },
      cap,
      endsAt,
      candidates: candidates.toSorted((a, b) => isFirstTouch(a) - isFirstTouch(b)),
    }));
  });
}
