import { limits, type PauseReason } from "../../../shared/vocabulary.ts";

/** The counters that the guardrails judge, summed over a campaign's steps. */
export type GuardFigures = { sent: number; bounced: number; complained: number };

const noFigures: GuardFigures = { sent: 0, bounced: 0, complained: 0 };

/** With fewer emails than this, the rates say nothing about the campaign. */
export const minGuardrailSample = 50;
/**
 * The fewest complaints that can pause a campaign. Mailbox providers want complaints under 0.1 %. A
 * single complaint exceeds that in fewer than a thousand emails, although it says nothing about the
 * campaign.
 */
const fewestComplaints = 2;

/**
 * Returns why a campaign must pause itself, or null. Only figures since the last resume count, so
 * that the same evidence does not undo the resume.
 * @param since the figures at the last resume; null for a campaign that was never resumed
 */
export function findGuardrailBreach(figures: GuardFigures, since: GuardFigures | null): PauseReason | null {
  const baseline = since ?? noFigures;
  const sent = figures.sent - baseline.sent;
  const bounced = figures.bounced - baseline.bounced;
  const complained = figures.complained - baseline.complained;
  if (sent < minGuardrailSample) return null;
  if (complained >= fewestComplaints && complained > sent * limits.maxComplaintRate) return "complaintRate";
  return bounced > sent * limits.maxBounceRate ? "bounceRate" : null;
}
