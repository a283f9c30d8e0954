import { computeShareOfSent, type Figures } from "./rows.ts";

/** The figures that the chart can show. */
export const measures = ["replied", "interested", "appointment", "listing", "replyRate", "sent"] as const;
export type Measure = (typeof measures)[number];

/** Returns the figure that the chart shows; null if the figure is unknown. A rate is in percent. */
export function readMeasure(measure: Measure, { stats, outcomes }: Figures): number | null {
  switch (measure) {
    case "replied":
      return stats.replied;
    case "interested":
      return outcomes.interested;
    case "appointment":
      return outcomes.appointment;
    case "listing":
      return outcomes.listing;
    case "sent":
      return stats.sent;
    case "replyRate": {
      const share = computeShareOfSent(stats.replied, stats);
      return share === null ? null : share * 100;
    }
  }
}
