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
 * Tells whether too few emails were sent to say how many of 100 people reply: the interval of the
 * share of replies is too wide.
 */
export const areTooFewEmails = ({ low, high }: { low: number; high: number }): boolean => high - low > widest;
