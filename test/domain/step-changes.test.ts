import { describe, expect, test } from "vitest";
import { findMovedSteps, orderStepsEverUsed } from "../../worker/domain/send/step-comparison.ts";
import { chooseRunCount } from "../support/node/depth.ts";
import { createStepChangeModel } from "../support/step-change-model.ts";
import { minute } from "../support/time.ts";
import { createRandom } from "../support/worker/chaos/random.ts";

/**
 * Changes the steps of a campaign at random moments. Returns the faults that the model has found,
 * such as a step that a person got twice.
 */
function runChanges(seed: number, isKeyedByPosition = false): string[] {
  const random = createRandom(seed, "step changes");
  const model = createStepChangeModel({ random, people: 5, isKeyedByPosition });
  for (let turn = 0; turn < 12; turn += 1) {
    model.pass(random.between(0, 8), 0.7);
    const { undo } = model.change();
    if (random.between(0, 3) === 0) {
      if (random.between(0, 1) === 0) model.pass(0, 0.7);
      undo();
    }
  }
  model.finish();
  return model.faults;
}

const seeds = Array.from({ length: chooseRunCount(300, 10_000) }, (_, index) => index + 1);

/** In the deep run, the test takes minutes. */
const timeout = 15 * minute;

describe("random changes of the steps at random moments", () => {
  test("give nobody a step twice, and let nobody lose a step without a reason", { timeout }, () => {
    for (const seed of seeds) expect(runChanges(seed), `seed ${seed}`).toEqual([]);
  });

  test("would do both if a step were known by its position", () => {
    const faults = seeds.slice(0, 50).flatMap((seed) => runChanges(seed, true));
    expect(faults.some((fault) => fault.includes("has lost letter"))).toBe(true);
    expect(faults.some((fault) => fault.includes("twice"))).toBe(true);
  });
});

test("an undo at once puts back every step and every place", { timeout }, () => {
  for (const seed of seeds) {
    const random = createRandom(seed, "undo");
    const model = createStepChangeModel({ random, people: 5 });
    for (let turn = 0; turn < 5; turn += 1) {
      model.pass(random.between(0, 8), 0.7);
      model.change();
    }
    model.pass(random.between(0, 8), 1);
    const before = model.readState();
    model.change().undo();
    expect(model.readState(), `seed ${seed}`).toEqual(before);
  }
});

test("a step that was taken out keeps its place behind the step before it", () => {
  expect(orderStepsEverUsed([1, 2, 3], [1, 3])).toEqual([1, 2, 3]);
  expect(orderStepsEverUsed([1, 2, 3], [3, 4, 1])).toEqual([3, 4, 1, 2]);
  expect(orderStepsEverUsed([1, 2], [2])).toEqual([1, 2]);
});

test("only the steps that change places count as moved", () => {
  const numbered = (...numbers: number[]) => numbers.map((stepNumber) => ({ stepNumber }));
  expect([...findMovedSteps(numbered(1, 2, 3), numbered(3, 1, 2))]).toEqual([3]);
  expect([...findMovedSteps(numbered(1, 2, 3), numbered(1, 4, 3))]).toEqual([]);
});
