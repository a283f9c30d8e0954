import { describe, expect, test } from "vitest";
import { stepsInput } from "../../shared/step.ts";
import {
  decideWinner,
  listWinnerChanges,
  noWinnerState,
  updateWinnerState,
  type WinnerChoice,
  type WinnerState,
  winnerSettlingMs,
} from "../../worker/domain/winner.ts";
import { hour } from "../support/time.ts";

const now = 1_000 * winnerSettlingMs;
const long = now - 2 * winnerSettlingMs;

/**
 * Returns the results of wordings. At `reachedAt`, enough emails of each wording had been sent for
 * a choice.
 */
const results = (reachedAt: number | null, ...figures: [sent: number, replied: number][]) =>
  figures.map(([sent, replied]) => ({ settled: { sent, replied }, reachedAt }));
const decide = (of: ReturnType<typeof results>, isOver = false) => decideWinner(of, isOver, now);

describe("the winner among a step's wordings", () => {
  test("is the wording with clearly more replies", () => {
    expect(decide(results(long, [100, 5], [100, 25]))).toEqual({ kind: "choose", variant: 1, isClear: true });
  });

  test("is the leading wording if its lead may be chance, and the choice says so", () => {
    expect(decide(results(long, [30, 2], [30, 1]))).toEqual({ kind: "choose", variant: 0, isClear: false });
  });

  test("is judged by the share of replies, not by their number", () => {
    expect(decide(results(long, [300, 9], [30, 2]))).toMatchObject({ kind: "choose", variant: 1 });
  });

  test("is not chosen among equal wordings, which are judged again after the settling time", () => {
    for (const equal of [results(long, [30, 0], [30, 0]), results(long, [30, 3], [30, 3], [30, 1])])
      expect(decide(equal)).toEqual({ kind: "wait", until: now + winnerSettlingMs });
  });

  test("is not chosen while a wording has too few emails", () => {
    const [first] = results(long, [100, 5]);
    const [second] = results(null, [9, 9]);
    if (first === undefined || second === undefined) throw new Error("no results");
    expect(decide([first, second])).toEqual({ kind: "wait", until: now + winnerSettlingMs });
  });

  test("is not chosen before the last counted email has had its settling time", () => {
    const late = now - winnerSettlingMs + hour;
    expect(decide(results(late, [30, 9], [30, 1]))).toEqual({ kind: "wait", until: now + hour });
    expect(decide(results(now - winnerSettlingMs, [30, 9], [30, 1]))).toMatchObject({ kind: "choose" });
  });

  test("is looked for no more once the campaign is over and can't have one", () => {
    expect(decide(results(null, [3, 1], [3, 0]), true)).toEqual({ kind: "wait", until: null });
    expect(decide(results(long, [30, 9], [30, 1]), true)).toMatchObject({ kind: "choose", variant: 0 });
  });
});

const wording = (templateId: number) => ({ templateId, templateVersion: 1 });
const choice: WinnerChoice = { variant: 1, at: 5, by: null, isClear: true, figures: [] };
const stateOf = (change: Partial<WinnerState> = {}): WinnerState => ({
  ...{ winnerAfter: 30, winnerSince: null, choice: null },
  ...change,
});
const two = [wording(1), wording(2)];

describe("a change of a step's wordings", () => {
  const change = (before: WinnerState, variants: { templateId: number; templateVersion: number }[]) =>
    updateWinnerState({ variants: two, ...before }, { variants, winnerAfter: 40 }, now);

  test("without another text leaves the choice and the counted emails", () => {
    expect(change(stateOf({ winnerSince: 3, choice }), two)).toEqual(
      stateOf({ winnerAfter: 40, winnerSince: 3, choice }),
    );
  });

  test("lets only emails in the new texts count, as long as nobody has chosen", () => {
    expect(change(stateOf(), [wording(1), wording(9)])).toMatchObject({ winnerSince: now, choice: null });
  });

  test("corrects the text of a chosen wording without ending the choice", () => {
    expect(change(stateOf({ choice }), [wording(1), wording(9)])).toMatchObject({
      winnerSince: null,
      choice,
    });
  });

  test("ends the choice if a wording is added or taken out", () => {
    for (const variants of [[...two, wording(3)], []])
      expect(change(stateOf({ choice }), variants).choice).toBeNull();
  });

  test("is named only for steps whose choice it touches", () => {
    const before = [1, 2, 3].map((stepNumber) => ({ stepNumber, variants: two, ...stateOf() }));
    const added = { stepNumber: 4, variants: two, ...stateOf() };
    const after = [
      { ...before[0], winnerAfter: 50 },
      before[1],
      { ...before[2], variants: [], ...noWinnerState },
      added,
    ].flatMap((step) => (step?.stepNumber === undefined ? [] : [{ ...added, ...step }]));
    expect(listWinnerChanges(before, after)).toMatchObject([
      { stepNumber: 1, awaits: true, isNew: false },
      { stepNumber: 3, awaits: false, isNew: true },
      { stepNumber: 4, awaits: true, isNew: true },
    ]);
  });
});

describe("the number of emails after which the winner is chosen", () => {
  const faultsOf = (step: object) =>
    stepsInput
      .safeParse([{ templateId: 1, ...step }])
      .error?.issues.map(({ path, message }) => [path.slice(1).join("."), message]);
  const variants = [{ templateId: 1 }, { templateId: 2 }];

  test("goes only with several wordings, from 10 to 5,000", () => {
    expect(faultsOf({ variants, winnerAfter: 10 })).toBeUndefined();
    expect(faultsOf({ variants, winnerAfter: 9 })).toHaveLength(1);
    expect(faultsOf({ variants, winnerAfter: 5_001 })).toHaveLength(1);
    expect(faultsOf({ winnerAfter: 30 })).toEqual([["winnerAfter", "goes only with variants"]]);
  });
});
