import type { Role, SuppressionReason } from "../../../shared/vocabulary.ts";

/**
 * An address is suppressed after this many consecutive soft bounces of different emails, with no
 * delivery between them. A block is aimed at us or our content, so it is no soft bounce and never
 * counts.
 */
export const softsBeforeSuppression = 5;

/**
 * The rank of each suppression reason; the higher rank is stored. A person's own request outranks a
 * bounce, and a bounce outranks an agent's note.
 */
export const suppressionWeight = {
  manual: 0,
  bounced: 1,
  unsubscribed: 2,
  complained: 3,
} as const satisfies Record<SuppressionReason, number>;

/** Returns the role that may lift a suppression, and whether that person must give a reason. */
export function getLiftRequirements(reason: SuppressionReason): { role: Role; note: boolean } {
  switch (reason) {
    case "complained":
    case "unsubscribed":
      return { role: "teamLead", note: true };
    case "bounced":
    case "manual":
      return { role: "agent", note: false };
  }
}
