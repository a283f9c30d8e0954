import type { Role, SuppressionReason } from "../../../shared/vocabulary.ts";

/**
 * The number of consecutive soft bounces of different emails after which an address is suppressed.
 * A block never counts, because a block is aimed at us or our content.
 */
export const softBouncesBeforeSuppression = 5;

/**
 * The weight of each suppression reason. Of two reasons for one address, the heavier is stored. A
 * person's own request outranks a bounce, and a bounce outranks an agent's note.
 */
export const suppressionWeights = {
  manual: 0,
  bounced: 1,
  unsubscribed: 2,
  complained: 3,
} as const satisfies Record<SuppressionReason, number>;

/** Returns the lowest role that may lift a suppression, and whether a note is required. */
export function getSuppressionLiftRequirements(reason: SuppressionReason): { role: Role; note: boolean } {
  switch (reason) {
    case "complained":
    case "unsubscribed":
      return { role: "teamLead", note: true };
    case "bounced":
    case "manual":
      return { role: "agent", note: false };
  }
}
