import { expect, test } from "vitest";
import { formatFiguresAndDates } from "../../worker/mail/merge-data/written-values.ts";

test.each([
  ["listPrice", 485_000, "$485,000"],
  ["listPrice", "485000", "$485,000"],
  ["listPrice", "$485,000", "$485,000"],
  ["listPrice", "from $485,000", "from $485,000"],
  ["taxAnnualAmount", 3_120.5, "$3,120.50"],
  ["listPrice", 0, 0],
  ["livingArea", 1_650, "1,650"],
  ["livingArea", "1,650 sq ft", "1,650 sq ft"],
  ["yearBuilt", 1974, 1974],
  ["bedroomsTotal", 3, 3],
  ["parcelNumber", "485000", "485000"],
  ["expirationDate", "2026-12-14", "December 14, 2026"],
  ["closeDate", "2026-12-14T23:30:00-07:00", "December 14, 2026"],
  ["closeDate", "2026-02-31", "2026-02-31"],
  ["note", "see 2026-12-14", "see 2026-12-14"],
  ["features", ["pool"], ["pool"]],
  ["listPrice", "$612500", "$612,500"],
  ["listPrice", "$612500 or best offer", "$612500 or best offer"],
  ["note", "$612500", "$612500"],
  [
    "sale",
    { closePrice: 612_500, closeDate: "2026-12-14" },
    { closePrice: "$612,500", closeDate: "December 14, 2026" },
  ],
  ["sales", [{ closePrice: 612_500 }, "none"], [{ closePrice: "$612,500" }, "none"]],
] as const)("the property value %s %j is written as %j", (name, value, written) => {
  expect(formatFiguresAndDates({ [name]: value })).toEqual({ [name]: written });
});
