import { say } from "./say.ts";

/** The quantile of the normal distribution for an interval that is right 95 times of 100. */
const z = 1.96;

/** An interval wider than this share says nothing worth reading. */
const widest = 0.25;

/**
 * Returns the shares between which the true share lies with 95 % confidence: Wilson's score
 * interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22, 1927). It also holds for few emails.
 * @param trials more than 0
 */
export function findWilsonInterval(successes: number, trials: number): { low: number; high: number } {
  const share = Math.min(1, successes / trials);
  const middle = share + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/**
 * Returns how many of 100 emails get a reply, as far as these emails can tell; null if no email was
 * sent.
 */
export function describeReplyRange(replied: number, sent: number): string | null {
  if (sent === 0) return null;
  const interval = findWilsonInterval(replied, sent);
  if (interval.high - interval.low > widest) return say("too few emails to tell");
  const [low, high] = [Math.round(interval.low * 100), Math.round(interval.high * 100)];
  if (high === 0) return say("fewer than 1 of 100 reply");
  return low === high
    ? say("about {count} of 100 reply", { count: low })
    : say("about {low} to {high} of 100 reply", { low, high });
}
