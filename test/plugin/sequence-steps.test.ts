import { describe, expect, it } from "vitest";
import {
  buildConditions,
  buildEmailStep,
  buildTaskStep,
  conditionChoices,
  duplicateStep,
  findConditionChoice,
  insertStep,
  moveStep,
  removeStep,
} from "../../plugin/session/sequence-steps.ts";
import type { SequenceStep } from "../../shared/sequence.ts";

const email = (id: number, about?: number): SequenceStep => ({
  ...buildEmailStep([], 0),
  id,
  conditions:
    about === undefined ? {} : { engagement: [{ stepNumber: about, kind: "opened", happened: true }] },
});
/** Returns the id of each step, and the position of the email that the step's condition names. */
const outline = (steps: readonly SequenceStep[]) =>
  steps.map(({ id, conditions }) => [id, conditions.engagement?.[0]?.stepNumber]);
const three = [email(1), email(2), email(3, 2)];

describe("a condition about an email", () => {
  it("follows the email wherever steps are added, moved, copied and removed", () => {
    expect(outline(insertStep(three, email(9), 0))).toEqual([
      [9, undefined],
      [1, undefined],
      [2, undefined],
      [3, 3],
    ]);
    expect(outline(moveStep(three, 2, 0))).toEqual([
      [2, undefined],
      [1, undefined],
      [3, 1],
    ]);
    expect(outline(removeStep(three, 1))).toEqual([
      [2, undefined],
      [3, 1],
    ]);
    expect(outline(duplicateStep(three, 3)).slice(2)).toEqual([
      [3, 2],
      [4, 2],
    ]);
  });

  it("is about the email before once its own email is gone", () => {
    expect(outline(removeStep(three, 2))).toEqual([
      [1, undefined],
      [3, "previous"],
    ]);
  });

  it("keeps its place when a step is moved out of range or is not there", () => {
    expect(outline(moveStep(three, 1, 99)).map(([id]) => id)).toEqual([2, 3, 1]);
    expect(outline(moveStep(three, 7, 0))).toEqual(outline(three));
    expect(outline(removeStep(three, 7))).toEqual(outline(three));
  });
});

it("a new step has an id that no other step has, and waits three days unless it is the first", () => {
  expect(buildEmailStep([], 0)).toMatchObject({ id: 1, delayDays: 0 });
  expect(buildTaskStep([email(4), email(2)], 1)).toMatchObject({ id: 5, delayDays: 3 });
});

it("a new step never gets the id of a step that was deleted", () => {
  expect(buildEmailStep([email(1)], 1, 6).id).toBe(7);
  expect(buildTaskStep([email(8)], 1, 6).id).toBe(9);
  expect(outline(duplicateStep([email(1), email(2)], 1, 3)).map(([id]) => id)).toEqual([1, 4, 2]);
});

it("each condition that is offered is found again, and keeps its consequence", () => {
  for (const choice of conditionChoices) {
    if (choice === "other") continue;
    const conditions = buildConditions(choice, { otherwise: "wait", waitDays: 4 });
    expect(findConditionChoice(conditions)).toBe(choice);
    expect(conditions.waitDays).toBe(choice === "none" ? undefined : 4);
  }
  expect(findConditionChoice({ priceChanged: true })).toBe("other");
});
