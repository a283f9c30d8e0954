import type { Rates, Stats } from "../../shared/analytics.ts";
import { type StatName, statNames } from "../../shared/vocabulary.ts";

export type Figure = { name: StatName; value: number };

/** Every counter, those nothing was counted for at zero. A counter named twice is added up. */
export function statsOf(figures: readonly Figure[]): Stats {
  const stats = Object.fromEntries(statNames.map((name) => [name, 0])) as Record<StatName, number>;
  for (const { name, value } of figures) stats[name] += value;
  return stats;
}

/**
 * Each figure as a share of emails sent, 0 to 1; null while nothing was sent.
 * Evidence can come for an email whose sending is not known yet, so a share is held to 1.
 */
export function ratesOf(stats: Stats): Rates {
  const share = (count: number) => (stats.sent === 0 ? null : Math.min(1, count / stats.sent));
  return {
    deliveryRate: share(stats.delivered),
    openRate: share(stats.opened),
    clickRate: share(stats.clicked),
    replyRate: share(stats.replied),
    bounceRate: share(stats.bounced),
    unsubscribeRate: share(stats.unsubscribed),
  };
}
