import { say } from "./say.ts";

/** The quantile of the normal distribution for a confidence of 95 %. */
const z = 1.96;

/** The greatest width of an interval that the tab shows. A wider interval would say too little. */
const widest = 0.25;

/**
 * Returns the shares between which the true share lies with 95 % confidence, even after few trials.
 * The formula is Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession,
 * and statistical inference", Journal of the American Statistical Association 22, 1927).
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
 * Returns a text with an estimate of how many of 100 people reply, from the emails sent so far.
 * Returns null if no email was sent.
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
