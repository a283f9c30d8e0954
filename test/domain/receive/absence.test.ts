import { describe, expect, test } from "vitest";
import { findReturnDay } from "../../../worker/domain/receive/absence.ts";
import { isLabelled, loadLabelled } from "./labelled.ts";

type Row = { subject: string; text: string; receivedOn: string; backOn: string | null };

describe("of the labelled absences", () => {
  test.each(["absences", "absences-unseen"].filter(isLabelled))(
    "%s, the day of the return is read",
    (name) => {
      const rows = loadLabelled<Row>(name);
      const wrong = rows.flatMap((row) => {
        const read = findReturnDay(row.subject, row.text, row.receivedOn);
        return read === row.backOn ? [] : [`${JSON.stringify(row)} read as ${read}`];
      });
      console.info(`${name}: ${rows.length} texts, ${wrong.length} read otherwise`);
      for (const one of wrong) console.info(`  ${one}`);
      expect(rows.length).toBeGreaterThanOrEqual(60);
      expect(wrong.length / rows.length).toBeLessThanOrEqual(0.05);
    },
  );
});

test.each([
  ["a day that the calendar does not have", "Back on February 30."],
  ["a day more than a year ahead", "Back on March 1, 2029."],
  ["a telephone number", "Call me back at 12-14-555."],
])("%s is no return", (_, text) => {
  expect(findReturnDay("Automatic reply", text, "2026-11-30")).toBeNull();
});

test("a hostile text is read within a second", () => {
  const started = performance.now();
  for (const part of ["back in the ", "until ", "1 to ", "-", "back on the on the ", "monday "]) {
    findReturnDay("", part.repeat(3000), "2026-11-30");
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
