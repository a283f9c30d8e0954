import { describe, expect, test } from "vitest";
import { describeRuleDifferences } from "../../plugin/words/sequence-rules.ts";
import { defaultSequenceRules, type SequenceRules } from "../../shared/sequence-rules.ts";

const describeDifference = (mine: Partial<SequenceRules>, theirs: Partial<SequenceRules>) => {
  const [one, other] = [mine, theirs].map((rules): SequenceRules => ({ ...defaultSequenceRules, ...rules }));
  if (one === undefined || other === undefined) throw new Error("no rules");
  return [
    describeRuleDifferences(one, other, (time) => time),
    describeRuleDifferences(other, one, (time) => time),
  ];
};

describe("the rules in which two versions of a sequence differ", () => {
  test("are none if they are equal", () => {
    expect(describeDifference({}, {})).toEqual([[], []]);
  });

  test("are the hours and the holidays of each version", () => {
    const hours = [{ days: [1, 2], startTime: "09:00", endTime: "12:00" }];
    expect(describeDifference({ sendWindow: hours }, { skipsHolidays: false })).toEqual([
      ["Mon, Tue, 09:00 to 12:00", "No emails on holidays."],
      ["The hours are chosen at each launch.", "Emails go out on holidays too."],
    ]);
  });

  test("are the statuses and the days after which it stops", () => {
    expect(describeDifference({ endsAfterDays: 30 }, { exitStatuses: ["Closed"] })).toEqual([
      ["Stops when the home’s status is Pending, Under contract, or Sold.", "Ends 30 days after launch."],
      ["Stops when the home’s status is Sold.", "Ends with its last step."],
    ]);
  });
});
