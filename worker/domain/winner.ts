/** Emails of one wording, and how many of them were replied to. */
export type Replies = { sent: number; replied: number };

/** Fewer than this say nothing. */
const leastSent = 30;
/** The test below takes the binomial for a normal distribution, which holds where at least this many are expected. */
const leastExpected = 5;
/** The two-sided 5 % point of the standard normal distribution. */
const criticalZ = 1.959964;

/**
 * The wording with the most replies per email, by its place, if it is clear that it has more than each other one; else
 * null. It is clear where a two-proportion z-test gives p < 0.05:
 *
 *     z = (p1 − p2) / √( p (1 − p) (1/n1 + 1/n2) ),  p = (x1 + x2) / (n1 + n2)
 *
 * NIST/SEMATECH e-Handbook of Statistical Methods, §7.3.3. One that is looked at every day will be crossed by chance
 * more often than one time in twenty: it names a winner to write the next campaign with, and ends nothing by itself.
 */
export function clearWinner(variants: readonly Replies[]): number | null {
  const rates = variants.map(({ sent, replied }) => (sent === 0 ? 0 : replied / sent));
  const place = rates.indexOf(Math.max(...rates));
  const best = variants[place];
  if (best === undefined || variants.length < 2) return null;
  return variants.every((other, index) => index === place || isClearlyMore(best, other)) ? place : null;
}

function isClearlyMore(one: Replies, other: Replies): boolean {
  const fewer = Math.min(one.sent, other.sent);
  const pooled = (one.replied + other.replied) / (one.sent + other.sent);
  if (fewer < leastSent || fewer * Math.min(pooled, 1 - pooled) < leastExpected) return false;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / one.sent + 1 / other.sent));
  return (one.replied / one.sent - other.replied / other.sent) / deviation > criticalZ;
}
