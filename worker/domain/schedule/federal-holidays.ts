import { Temporal } from "temporal-polyfill";

export type FederalHoliday = { date: string; name: string };

type Rule = { name: string; since?: number; on: (year: number) => Temporal.PlainDate };

const thursday = 4;
const monday = 1;
const saturday = 6;
const sunday = 7;

const onDate = (month: number, day: number) => (year: number) => new Temporal.PlainDate(year, month, day);

/**
 * Returns a function from a year to the date of the nth given weekday of a month, such as the third
 * Monday of January.
 */
const onNthWeekday = (count: number, weekday: number, month: number) => (year: number) => {
  const first = new Temporal.PlainDate(year, month, 1);
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (count - 1) });
};

const onLastMonday = (month: number) => (year: number) => {
  const last = new Temporal.PlainDate(year, month, 1).add({ months: 1 }).subtract({ days: 1 });
  return last.subtract({ days: (last.dayOfWeek - monday + 7) % 7 });
};

/** The federal holidays: 5 U.S.C. 6103. */
const federal: readonly Rule[] = [
  { name: "New Year's Day", on: onDate(1, 1) },
  { name: "Birthday of Martin Luther King, Jr.", on: onNthWeekday(3, monday, 1) },
  { name: "Washington's Birthday", on: onNthWeekday(3, monday, 2) },
  { name: "Memorial Day", on: onLastMonday(5) },
  { name: "Juneteenth", since: 2021, on: onDate(6, 19) },
  { name: "Independence Day", on: onDate(7, 4) },
  { name: "Labor Day", on: onNthWeekday(1, monday, 9) },
  { name: "Columbus Day", on: onNthWeekday(2, monday, 10) },
  { name: "Veterans Day", on: onDate(11, 11) },
  { name: "Thanksgiving Day", on: onNthWeekday(4, thursday, 11) },
  { name: "Christmas Day", on: onDate(12, 25) },
];

/**
 * Returns the day on which a holiday is observed. A holiday on a Saturday is observed on the
 * previous Friday, a holiday on a Sunday on the next Monday, and any other holiday on its own date.
 */
function getObservedDate(date: Temporal.PlainDate): Temporal.PlainDate {
  if (date.dayOfWeek === saturday) return date.subtract({ days: 1 });
  return date.dayOfWeek === sunday ? date.add({ days: 1 }) : date;
}

/**
 * Lists the federal holidays of a year in order. A holiday on a weekend is listed twice: by its
 * date and by the day on which the holiday is observed. A New Year's Day on a Saturday is observed
 * on December 31, so the list of the earlier year has the observed day.
 */
export function listFederalHolidays(year: number): FederalHoliday[] {
  const all = [year, year + 1].flatMap((each) =>
    federal
      .filter(({ since = 0 }) => each >= since)
      .flatMap(({ name, on }) => {
        const date = on(each);
        const kept = getObservedDate(date);
        const itself = { date: date.toString(), name };
        return kept.equals(date) ? [itself] : [itself, { date: kept.toString(), name: `${name} (observed)` }];
      }),
  );
  return all.filter(({ date }) => date.startsWith(`${year}-`)).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

const byYear = new Map<number, ReadonlySet<string>>();

/**
 * Tells whether a date is a federal holiday. The day on which a holiday is observed counts too.
 * @param iso YYYY-MM-DD, in `year`
 */
export function isFederalHoliday(iso: string, year: number): boolean {
  const known = byYear.get(year) ?? new Set(listFederalHolidays(year).map(({ date }) => date));
  byYear.set(year, known);
  return known.has(iso);
}
