import { expect, test } from "vitest";
import { describeConditions } from "../../plugin/words/condition.ts";
import type { StepConditions } from "../../shared/condition.ts";

test("a step without conditions has no sentence", () => {
  expect(describeConditions({})).toBeNull();
});

const sentences: [StepConditions, string][] = [
  [{ previousOpened: true }, "Only if they opened the previous email"],
  [
    { previousOpened: false, previousClicked: false },
    "Only if they didn’t open the previous email and they didn’t click a link in the previous email",
  ],
  [{ daysSinceLast: 1 }, "Only if at least 1 day has passed since their last email"],
  [
    {
      engagement: [{ stepNumber: 1, kind: "clicked", happened: true, withinDays: 7 }],
      otherwise: "wait",
      waitDays: 10,
    },
    "Only if they clicked a link in email 1 within 7 days, otherwise wait up to 10 days",
  ],
  [
    { engagement: [{ stepNumber: 2, kind: "opened", happened: false, withinDays: 1 }], otherwise: "stop" },
    "Only if they didn’t open email 2 within 1 day, otherwise stop",
  ],
  [
    { engagement: [{ stepNumber: "previous", kind: "opened", happened: true }], otherwise: "skip" },
    "Only if they opened the previous email",
  ],
  [
    { propertyStatus: { is: ["Expired", "Withdrawn"], isNot: ["ActiveUnderContract"] } },
    "Only if the property is Expired or Withdrawn and the property is not Active Under Contract",
  ],
  [{ priceChanged: true }, "Only if the price has changed since they were added"],
  [{ priceChanged: false }, "Only if the price has not changed since they were added"],
];

test.each(sentences)("the conditions %j are described in one sentence", (conditions, sentence) => {
  expect(describeConditions(conditions)).toBe(sentence);
});
