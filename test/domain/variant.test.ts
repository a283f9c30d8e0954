import { describe, expect, test } from "vitest";
import { campaignPatch } from "../../shared/campaign.ts";
import {
  buildSequenceSteps,
  findMissingTemplateFaults,
  listTemplateIds,
} from "../../worker/domain/campaign.ts";
import {
  chooseWording,
  convertPersonalVariant,
  formatVariantName,
  type StepWordings,
  type TriedWording,
  type WeightedWording,
} from "../../worker/domain/send/variant.ts";
import { findClearWinner } from "../../worker/domain/winner.ts";

const stepWith = (...weights: number[]) => ({
  templateId: 1,
  templateVersion: 1,
  elseEmail: null,
  winner: null,
  variants: weights.map(
    (weight, index): WeightedWording => ({ templateId: index + 1, templateVersion: 1, weight }),
  ),
});

const choose = (step: StepWordings, recipientId: number, stepNumber: number, tried: TriedWording = null) =>
  chooseWording(step, { recipientId, stepNumber, isElse: false, tried });

/** Returns, for each wording, how many of these recipients get the wording. */
function spread(weights: number[], recipientIds: readonly number[], stepNumber = 1): number[] {
  const counts = weights.map(() => 0);
  for (const id of recipientIds) {
    const { variant } = choose(stepWith(...weights), id, stepNumber);
    if (variant !== null) counts[variant] = (counts[variant] ?? 0) + 1;
  }
  return counts;
}

const range = (count: number, first = 0, gap = 1) =>
  Array.from({ length: count }, (_, index) => first + index * gap);

describe("the wording that a recipient gets", () => {
  test("is the step's own wording if the step has no variants", () => {
    expect(choose(stepWith(), 7, 1)).toEqual({ templateId: 1, templateVersion: 1, variant: null });
  });

  test("is the same however often it is chosen", () => {
    const step = stepWith(1, 1, 1);
    const first = range(1000).map((id) => choose(step, id, 2));
    expect(range(1000).map((id) => choose(step, id, 2))).toEqual(first);
  });

  test("is the same after a release, so that a running campaign does not change", () => {
    const chosen = range(16, 1_758_000_000_000_000).map((id) => choose(stepWith(1, 1), id, 1).variant);
    expect(chosen.join("")).toBe("0001000100010100");
  });

  test.each([
    ["ids in a row", range(20_000, 1001)],
    ["ids as they are made", range(20_000, 1_758_000_000_000_000, 1)],
    ["ids with gaps", range(20_000, 1_758_000_000_000_000, 4096)],
    ["ids that differ above 32 bits only", range(20_000, 5, 2 ** 32).filter(Number.isSafeInteger)],
  ])("follows the weights for %s", (_, recipientIds) => {
    for (const weights of [
      [1, 1],
      [3, 1],
      [50, 30, 20],
      [100, 1, 1, 1, 1],
    ]) {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [variant, count] of spread(weights, recipientIds).entries()) {
        const share = (weights[variant] ?? 0) / total;
        const deviation = Math.sqrt(recipientIds.length * share * (1 - share));
        expect(Math.abs(count - recipientIds.length * share)).toBeLessThan(4.5 * deviation);
      }
    }
  });

  test("in one step is independent of the wording in the next", () => {
    const step = stepWith(1, 1);
    const same = range(20_000).filter(
      (id) => choose(step, id, 1).variant === choose(step, id, 2).variant,
    ).length;
    expect(Math.abs(same - 10_000)).toBeLessThan(4.5 * Math.sqrt(5000));
  });

  test("is the winner's for everybody once a winner is chosen", () => {
    const step = { ...stepWith(99, 1), winner: 1 };
    expect(range(1000).every((id) => choose(step, id, 1).variant === 1)).toBe(true);
  });

  test.each([
    ["the wording of an earlier attempt", { variant: 2 }, 2],
    ["the wording from which a tried personal wording was made", { variant: convertPersonalVariant(2) }, 2],
    ["the first wording, if the step had one wording when it was tried", { variant: null }, 0],
  ])("is %s, whatever was chosen since", (_, tried, variant) => {
    const step = { ...stepWith(1, 1, 1), winner: 1 };
    for (const id of range(50)) expect(choose(step, id, 1, tried).variant).toBe(variant);
  });

  test("is one of the present wordings if the tried wording is gone", () => {
    const spreadOut = range(200).map((id) => choose(stepWith(1, 1), id, 1, { variant: 4 }).variant);
    expect(new Set(spreadOut)).toEqual(new Set([0, 1]));
  });

  test("is named by a letter", () => {
    expect(range(5).map(formatVariantName).join("")).toBe("ABCDE");
  });
});

describe("a clear winner among variants", () => {
  const of = (...figures: [sent: number, replied: number][]) =>
    findClearWinner(figures.map(([sent, replied]) => ({ sent, replied })));

  test.each([
    ["nothing was sent", of([0, 0], [0, 0])],
    ["nobody replied", of([500, 0], [500, 0])],
    ["everybody replied", of([50, 50], [50, 50])],
    ["the reply rates are equal", of([500, 20], [500, 20])],
    ["one variant was sent to fewer than 30", of([29, 15], [500, 20])],
    ["there are too few replies to tell", of([30, 4], [30, 0])],
    // Here the statistic z is 1.940 and the p-value is 0.052, so the difference is not significant.
    // With one more reply, as in the test below, the p-value is 0.042.
    ["the difference may be chance", of([1000, 60], [1000, 41])],
    ["the best is ahead of only one of two others", of([1000, 80], [1000, 75], [1000, 20])],
    ["there is only one variant", of([1000, 80])],
  ])("is not named while %s", (_, winner) => {
    expect(winner).toBeNull();
  });

  test("is named when p is under 0.05 against every other variant", () => {
    expect(of([1000, 61], [1000, 41])).toBe(0);
    expect(of([1000, 41], [1000, 61])).toBe(1);
    expect(of([1000, 20], [400, 12], [1000, 80])).toBe(2);
  });
});

describe("a step's variants", () => {
  const faultsOf = (variants: unknown, templateId: unknown = 1) =>
    campaignPatch
      .safeParse({ steps: [{ templateId, variants }] })
      .error?.issues.map(({ path }) => path.slice(1).join(".")) ?? [];
  const ids = (...templateIds: number[]) => templateIds.map((templateId) => ({ templateId }));

  test.each([
    [undefined],
    [[]],
    [ids(1, 2)],
    [ids(1, 2, 3, 4, 5)],
    [[{ templateId: 1, weight: 100 }, { templateId: 2 }]],
  ])("%j are accepted", (variants) => {
    expect(faultsOf(variants)).toEqual([]);
  });

  test.each([
    [ids(1), ["0.variants"]],
    [ids(1, 2, 3, 4, 5, 6), ["0.variants"]],
    [ids(2, 1), ["0.variants.0.templateId"]],
    [ids(1, 2, 2), ["0.variants.2.templateId"]],
    [
      [
        { templateId: 1, weight: 0 },
        { templateId: 2, weight: 101 },
      ],
      ["0.variants.0.weight", "0.variants.1.weight"],
    ],
    [[{ templateId: 1, weight: 1.5 }, { templateId: 2 }], ["0.variants.0.weight"]],
    [[{ templateId: 1 }, {}], ["0.variants.1.templateId"]],
    [[{ templateId: 1 }, null], ["0.variants.1"]],
    ["A", ["0.variants"]],
    [null, ["0.variants"]],
  ])("%j are refused, and the fault names the field", (variants, faults) => {
    expect(faultsOf(variants)).toEqual(faults);
  });

  test("that have missing templates name each missing template once", () => {
    const parsed = campaignPatch.parse({ steps: [{ templateId: 1, variants: ids(1, 2, 3) }] });
    const steps = buildSequenceSteps(parsed.steps ?? []);
    expect(new Set(listTemplateIds(steps))).toEqual(new Set([1, 2, 3]));
    expect(Object.keys(findMissingTemplateFaults(steps, new Set([2])))).toEqual([
      "steps.0.templateId",
      "steps.0.variants.2.templateId",
    ]);
  });
});
