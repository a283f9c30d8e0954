/** The number of emails sent in one wording, and how many of these emails got a reply. */
export type ReplyCount = { sent: number; replied: number };

/** The fewest emails that each of two wordings needs for a comparison. */
const leastSent = 30;
/**
 * A comparison needs an expected count of at least this many emails with a reply for each wording,
 * and the same for emails without a reply. With smaller counts, the z-test's normal distribution
 * does not fit.
 */
const leastExpected = 5;
/** The two-sided 5 % point of the standard normal distribution. */
const criticalZ = 1.959964;

/**
 * Returns the index of the wording with clearly more replies per email than every other wording, or
 * null. "Clearly" means that a two-proportion z-test gives p < 0.05:
 *
 *     z = (p1 − p2) / √( p (1 − p) (1/n1 + 1/n2) ),  p = (x1 + x2) / (n1 + n2)
 *
 * NIST/SEMATECH e-Handbook of Statistical Methods, §7.3.3. Somebody who looks at the result every
 * day sees a chance winner more often than one time in twenty. So the winner is only advice for the
 * next campaign.
 */
export function findClearWinner(variants: readonly ReplyCount[]): number | null {
  const rates = variants.map(({ sent, replied }) => (sent === 0 ? 0 : replied / sent));
  const bestIndex = rates.indexOf(Math.max(...rates));
  const best = variants[bestIndex];
  if (best === undefined || variants.length < 2) return null;
  return variants.every((other, index) => index === bestIndex || isClearlyMore(best, other))
    ? bestIndex
    : null;
}

function isClearlyMore(one: ReplyCount, other: ReplyCount): boolean {
  const fewer = Math.min(one.sent, other.sent);
  const pooled = (one.replied + other.replied) / (one.sent + other.sent);
  if (fewer < leastSent || fewer * Math.min(pooled, 1 - pooled) < leastExpected) return false;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / one.sent + 1 / other.sent));
  return (one.replied / one.sent - other.replied / other.sent) / deviation > criticalZ;
}
