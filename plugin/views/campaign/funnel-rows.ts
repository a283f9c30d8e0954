import type { EmailStepAnalytics, StepAnalytics } from "../../../shared/analytics.ts";

/** An email of a campaign, and how many people got so far. */
export type FunnelRow = {
  /** The step's place in the sequence, from 1. */
  position: number;
  sent: number;
  /** How many people fewer than at the email before got this one; 0 for the first email. */
  fewer: number;
  replied: number;
  /** The people who left after this email in another way: bounced, unsubscribed or complained. */
  left: number;
  /** The emails as a share of the largest row's, 0 to 1. */
  share: number;
};

type PlacedStep = EmailStepAnalytics & { position: number };

const isPlacedEmail = (step: StepAnalytics): step is PlacedStep =>
  step.kind === "email" && step.position !== null;

/**
 * Returns how far a campaign's people got, one row per email in the order of the steps. Returns no
 * rows if there are fewer than two emails, or none was sent. Steps that were taken out don't count.
 */
export function listFunnelRows(steps: readonly StepAnalytics[]): FunnelRow[] {
  const emails = steps.filter(isPlacedEmail).toSorted((a, b) => a.position - b.position);
  const most = Math.max(0, ...emails.map(({ stats }) => stats.sent));
  if (emails.length < 2 || most === 0) return [];
  return emails.map(({ position, stats }, index) => ({
    position,
    sent: stats.sent,
    fewer: Math.max(0, (emails[index - 1]?.stats.sent ?? 0) - stats.sent),
    replied: stats.replied,
    left: stats.bounced + stats.unsubscribed + stats.complained,
    share: stats.sent / most,
  }));
}
