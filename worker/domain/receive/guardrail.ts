import { limits } from "../../../shared/limits.ts";
import type { CampaignPauseReason } from "../../../shared/vocabulary.ts";

/**
 * The numbers of a campaign's emails in all steps. The guardrails pause a campaign with too many
 * bounces or complaints.
 */
export type GuardrailFigures = { sent: number; bounced: number; complained: number };

const noFigures: GuardrailFigures = { sent: 0, bounced: 0, complained: 0 };

/** The fewest emails for which the rates say anything about the campaign. */
export const minGuardrailSample = 50;
/**
 * The fewest complaints that can pause a campaign. Mailbox providers want complaints under 0.1 %. A
 * single complaint among fewer than a thousand emails exceeds that rate, but says nothing about the
 * campaign.
 */
const fewestComplaints = 2;

/**
 * Tells whether the campaign has sent too few emails since its last resume for its rates to say
 * anything.
 */
export const isBelowGuardrailSample = (figures: GuardrailFigures, since: GuardrailFigures | null): boolean =>
  figures.sent - (since ?? noFigures).sent < minGuardrailSample;

/**
 * Returns the reason why a campaign must be paused, or null. Only bounces and complaints since the
 * last resume count, so that earlier bounces and complaints do not undo the resume.
 * @param since the figures at the last resume; null for a campaign that was never resumed
 */
export function findGuardrailBreach(
  figures: GuardrailFigures,
  since: GuardrailFigures | null,
): CampaignPauseReason | null {
  const baseline = since ?? noFigures;
  const sent = figures.sent - baseline.sent;
  const bounced = figures.bounced - baseline.bounced;
  const complained = figures.complained - baseline.complained;
  if (isBelowGuardrailSample(figures, since)) return null;
  if (complained >= fewestComplaints && complained > sent * limits.maxComplaintRate) return "complaintRate";
  return bounced > sent * limits.maxBounceRate ? "bounceRate" : null;
}
