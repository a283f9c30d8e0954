import type { Role, SuppressionReason } from "../../../shared/vocabulary.ts";

/**
 * So many soft bounces one after the other, of different emails and with no delivery between them, and the address is
 * taken for dead. What a receiver has against us or our content is no soft bounce and never counts.
 */
export const softsBeforeSuppression = 5;

/** What was asked for by the person themselves outweighs what a machine found, and that outweighs what an agent noted. */
export const suppressionWeight = {
  manual: 0,
  bounced: 1,
  unsubscribed: 2,
  complained: 3,
} as const satisfies Record<SuppressionReason, number>;

/** Who may take a suppression back, and whether they have to say why. */
export function liftingNeeds(reason: SuppressionReason): { role: Role; note: boolean } {
  switch (reason) {
    case "complained":
    case "unsubscribed":
      return { role: "teamLead", note: true };
    case "bounced":
    case "manual":
      return { role: "agent", note: false };
  }
}
