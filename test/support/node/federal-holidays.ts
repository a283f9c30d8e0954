/**
 * Every day on which a federal holiday falls or is observed. The days are copied from the calendars
 * of the Office of Personnel Management. Juneteenth is a holiday from 2021 on, and 2027 includes
 * the day on which New Year's Day 2028 is observed.
 */
export const publishedFederalHolidays: Readonly<Record<number, readonly string[]>> = {
  2020: dates(2020, "01-01 01-20 02-17 05-25 07-03 07-04 09-07 10-12 11-11 11-26 12-25"),
  2021: dates(
    2021,
    "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31",
  ),
  2022: dates(2022, "01-01 01-17 02-21 05-30 06-19 06-20 07-04 09-05 10-10 11-11 11-24 12-25 12-26"),
  2023: dates(2023, "01-01 01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25"),
  2024: dates(2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
  2025: dates(2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
  2026: dates(2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"),
  2027: dates(
    2027,
    "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31",
  ),
};

function dates(year: number, days: string): string[] {
  return days.split(" ").map((day) => `${year}-${day}`);
}
