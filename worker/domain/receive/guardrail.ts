import type { PauseReason } from "../../../shared/vocabulary.ts";

/** What the guardrails look at, added up over a campaign's steps. */
export type GuardFigures = { sent: number; bounced: number; complained: number };

const noFigures: GuardFigures = { sent: 0, bounced: 0, complained: 0 };

/** Fewer emails than this prove nothing. */
export const guardSample = 50;
const maxBounceRate = 0.05;
const maxComplaintRate = 0.001;
/**
 * Mailbox providers want complaints under 0.1 %. One complaint in fewer than a thousand emails is over that and still
 * says nothing about the campaign, and in more it is under: it takes two.
 */
const fewestComplaints = 2;

/**
 * Why a campaign is to pause by itself; null while its mail is welcome. Only what came since it was last resumed
 * counts, so that resuming is not undone at once by the evidence it was resumed in spite of.
 * @param since where the figures stood then; null for a campaign that never was
 */
export function guardrailBreach(figures: GuardFigures, since: GuardFigures | null): PauseReason | null {
  const baseline = since ?? noFigures;
  const sent = figures.sent - baseline.sent;
  const bounced = figures.bounced - baseline.bounced;
  const complained = figures.complained - baseline.complained;
  if (sent < guardSample) return null;
  if (complained >= fewestComplaints && complained > sent * maxComplaintRate) return "complaintRate";
  return bounced > sent * maxBounceRate ? "bounceRate" : null;
}
