import { expect, it } from "vitest";
import { describeStepChangeEffect } from "../../plugin/words/step-change.ts";
import type { StepChange } from "../../shared/step-change.ts";

const none: StepChange = { id: 1, change: "changed", position: 1, past: 0, underWay: 0, coming: 0, today: 0 };

it("the numbers of a step name the people once", () => {
  expect(describeStepChangeEffect({ ...none, past: 12, coming: 30, today: 3 })).toBe(
    "12 people are past it, 30 will get it, 3 of them today",
  );
  expect(describeStepChangeEffect({ ...none, past: 1, underWay: 2 })).toBe(
    "1 person is past it, 2 are in the middle of it",
  );
  expect(describeStepChangeEffect({ ...none, coming: 1, today: 1 })).toBe("1 person will get it today");
  expect(describeStepChangeEffect({ ...none, underWay: 1, coming: 4 })).toBe(
    "1 person is in the middle of it, 4 will get it",
  );
  expect(describeStepChangeEffect(none)).toBe("No one is left to get it");
});

it("the numbers of a step that is taken out say who loses it", () => {
  const removed = { ...none, change: "removed" } as const;
  expect(describeStepChangeEffect({ ...removed, past: 2, coming: 5 })).toBe(
    "2 people are past it, 5 will no longer get it",
  );
  expect(describeStepChangeEffect(removed)).toBe("No one was going to get it");
});
