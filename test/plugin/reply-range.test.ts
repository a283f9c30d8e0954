import { describe, expect, test } from "vitest";
import { describeReplyRange } from "../../plugin/words/reply-range.ts";
import { findWilsonInterval } from "../../plugin/words/too-few-emails.ts";

describe("the interval of a share", () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven
  // methods", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %d among %d is the published one", (successes, trials, low, high) => {
    const interval = findWilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test("stays within 0 and 1, and gets narrower with more emails", () => {
    for (const trials of [1, 2, 10, 1000]) {
      for (const successes of [0, 1, trials, trials + 1]) {
        const { low, high } = findWilsonInterval(successes, trials);
        expect([low >= 0, low < high, high <= 1]).toEqual([true, true, true]);
      }
    }
    const width = (trials: number) => {
      const { low, high } = findWilsonInterval(trials / 10, trials);
      return high - low;
    };
    expect(width(1000)).toBeLessThan(width(100));
  });
});

describe("how many of 100 emails get a reply", () => {
  test.each([
    [6, 120, "about 2 to 10 of 100 reply"],
    [600, 12_000, "about 5 of 100 reply"],
    [0, 1000, "fewer than 1 of 100 reply"],
    [0, 30, "about 0 to 11 of 100 reply"],
    [1, 9, "too few emails to tell"],
    [0, 0, null],
  ])("is said of %d replies to %d emails: %j", (replied, sent, text) => {
    expect(describeReplyRange(replied, sent)).toBe(text);
  });
});
