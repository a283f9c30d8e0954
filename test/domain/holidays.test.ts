import { expect, test } from "vitest";
import { isFederalHoliday, listFederalHolidays } from "../../worker/domain/schedule/federal-holidays.ts";
import { publishedFederalHolidays } from "../support/node/federal-holidays.ts";

test.each(Object.entries(publishedFederalHolidays))(
  "the federal holidays of %s match the government's calendar",
  (year, dates) => {
    expect(listFederalHolidays(Number(year)).map(({ date }) => date)).toEqual(dates);
  },
);

test("a weekend holiday is also observed on the nearest weekday, even if it is in the year before", () => {
  expect(listFederalHolidays(2021).slice(-3)).toEqual([
    { date: "2021-12-24", name: "Christmas Day (observed)" },
    { date: "2021-12-25", name: "Christmas Day" },
    { date: "2021-12-31", name: "New Year's Day (observed)" },
  ]);
});

test("a federal holiday is found in its own year, and the day after it is not one", () => {
  expect(isFederalHoliday("2026-11-26", 2026)).toBe(true);
  expect(isFederalHoliday("2026-11-27", 2026)).toBe(false);
});
