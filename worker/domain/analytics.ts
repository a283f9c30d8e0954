import type { EmailRates, EmailStats } from "../../shared/analytics.ts";
import { type EmailStatName, emailStatNames } from "../../shared/vocabulary.ts";

export type EmailStat = { name: EmailStatName; value: number };

/** Returns, for each name, the sum of the name's figures; zero if the name has no figures. */
export function sumEmailStats(figures: readonly EmailStat[]): EmailStats {
  const stats = Object.fromEntries(emailStatNames.map((name) => [name, 0])) as Record<EmailStatName, number>;
  for (const { name, value } of figures) stats[name] += value;
  return stats;
}

/**
 * Returns `count` as a share of the emails sent, 0 to 1, or null if nothing was sent. A share is
 * capped at 1, because an event can arrive before its email is recorded as sent.
 */
export const calculateShareOfSent = (count: number, sent: number): number | null =>
  sent === 0 ? null : Math.min(1, count / sent);

/**
 * Returns each figure as a share of the emails sent. The delivery rate is null if nothing counts
 * as delivered although not all emails bounced. SMTP, for example, reports no deliveries.
 */
export function calculateEmailRates(stats: EmailStats): EmailRates {
  const share = (count: number) => calculateShareOfSent(count, stats.sent);
  const hasDeliveryReports = stats.delivered > 0 || stats.bounced >= stats.sent;
  return {
    deliveryRate: hasDeliveryReports ? share(stats.delivered) : null,
    openRate: share(stats.opened),
    clickRate: share(stats.clicked),
    replyRate: share(stats.replied),
    bounceRate: share(stats.bounced),
    unsubscribeRate: share(stats.unsubscribed),
  };
}
