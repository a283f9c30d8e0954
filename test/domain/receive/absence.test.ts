import { describe, expect, test } from "vitest";
import { findReturnDay } from "../../../worker/domain/receive/absence.ts";
import { maxLinearTimeGrowth, measureTimeGrowth } from "../../support/growth.ts";
import { hasLabelledAnswers, loadLabelledAnswers } from "./labelled.ts";

type Row = { subject: string; text: string; receivedOn: string; backOn: string | null };

describe("the return day in a labeled absence note", () => {
  test.each(["absences", "absences-unseen"].filter(hasLabelledAnswers))("is read correctly in %s", (name) => {
    const rows = loadLabelledAnswers<Row>(name);
    const wrong = rows.flatMap((row) => {
      const read = findReturnDay(row.subject, row.text, row.receivedOn);
      return read === row.backOn ? [] : [`${JSON.stringify(row)} read as ${read}`];
    });
    console.info(`${name}: ${rows.length} texts, ${wrong.length} read otherwise`);
    for (const one of wrong) console.info(`  ${one}`);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(wrong.length / rows.length).toBeLessThanOrEqual(0.05);
  });
});

test.each([
  ["a day that the calendar does not have", "Back on February 30."],
  ["a day more than a year ahead", "Back on March 1, 2029."],
  ["a telephone number", "Call me back at 12-14-555."],
  ["the hours of an office", "Our office is open Monday to Friday, 9 to 5."],
])("%s is not read as a return day", (_, text) => {
  expect(findReturnDay("Automatic reply", text, "2026-11-30")).toBeNull();
});

test.each([
  ["Closed from December 24 to January 2. Reopening January 4.", "2027-01-04"],
  ["Fermé du 24/12 au 02/01, réouverture le 4 janvier.", "2027-01-04"],
  ["Gesloten wegens vakantie, heropening op 7 december.", "2026-12-07"],
  ["I'm out Monday to Friday, December 11.", "2026-12-11"],
])("the day on which a closed office opens again is the return: %s", (text, day) => {
  expect(findReturnDay("Automatic reply", text, "2026-11-30")).toBe(day);
});

test.each(["back in the ", "until ", "1 to ", "-", "back on the on the ", "monday "])(
  "a hostile text of many %j is read in time proportional to its length",
  (part) => {
    const find = (text: string) => findReturnDay("", text, "2026-11-30");
    expect(measureTimeGrowth(find, part, 40_000)).toBeLessThan(maxLinearTimeGrowth);
  },
);
