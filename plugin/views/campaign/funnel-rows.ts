import type { EmailStepAnalytics, StepAnalytics } from "../../../shared/analytics.ts";

/** One email of a campaign, with the number of people who got the email. */
export type FunnelRow = {
  /** The step's place in the sequence, from 1. */
  position: number;
  sent: number;
  /**
   * The number of people who got the previous email of the campaign minus the number of people who
   * got this email. At least 0; 0 for the campaign's first email.
   */
  fewer: number;
  replied: number;
  /**
   * The number of people who left the campaign after this email without a reply: bounced,
   * unsubscribed or complained.
   */
  left: number;
  /** `sent` as a share of the largest `sent` of all rows, 0 to 1. */
  share: number;
};

type PlacedStep = EmailStepAnalytics & { position: number };

const isPlacedEmail = (step: StepAnalytics): step is PlacedStep =>
  step.kind === "email" && step.position !== null;

/**
 * Returns one row per email of a campaign, in the order of the steps. Returns no rows if there are
 * fewer than two emails or if no email was sent. Leaves out steps that were removed from the
 * sequence.
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
