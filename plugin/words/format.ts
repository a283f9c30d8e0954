/**
 * Functions that format dates and numbers for the agent. Dates are absolute ("Nov 27", not "in 2
 * days"), because the server sets the dates by its clock, and the browser's clock may differ.
 */
export type Formats = {
  /**
   * Returns a text such as "Thu, Nov 27, 9:12 AM MST", in the given time zone or in the agent's
   * own. Times of coming emails are in the recipient's zone, and times of past events in the
   * agent's. The text always names the zone, so that nobody has to guess the zone.
   */
  instant(iso: string, zone?: string | null): string;
  /** Returns the day of an instant in the agent's own time zone, such as "Nov 27". */
  date(iso: string): string;
  /** Returns a text such as "Nov 27" for a day without a time, YYYY-MM-DD. */
  calendarDay(isoDay: string): string;
  /** Returns the day of an instant in the given time zone, such as "Thu, Nov 27". */
  day(iso: string, zone: string): string;
  clock(time: string): string;
  number(value: number): string;
};

const parts = { weekday: "short", month: "short", day: "numeric" } as const;
const time = { hour: "numeric", minute: "2-digit" } as const;

function findUsableLocale(locale: string | undefined): string | undefined {
  try {
    return locale && Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0 ? locale : undefined;
  } catch {
    return undefined;
  }
}

export function createFormats(wanted: string | undefined, now: () => number): Formats {
  const locale = findUsableLocale(wanted);
  const year = (at: Date) =>
    at.getFullYear() === new Date(now()).getFullYear() ? {} : ({ year: "numeric" } as const);
  const number = new Intl.NumberFormat(locale);
  const clock = new Intl.DateTimeFormat(locale, { ...time, timeZone: "UTC" });
  return {
    instant: (iso, zone) => {
      const at = new Date(iso);
      const inZone = { timeZoneName: "short", ...(zone ? { timeZone: zone } : {}) } as const;
      return new Intl.DateTimeFormat(locale, { ...parts, ...time, ...year(at), ...inZone }).format(at);
    },
    date: (iso) => {
      const at = new Date(iso);
      return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", ...year(at) }).format(at);
    },
    calendarDay: (isoDay) => {
      const at = new Date(`${isoDay}T12:00:00Z`);
      const style = { month: "short", day: "numeric", ...year(at), timeZone: "UTC" } as const;
      return new Intl.DateTimeFormat(locale, style).format(at);
    },
    day: (iso, zone) => new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone }).format(new Date(iso)),
    clock: (text) => clock.format(new Date(`1970-01-01T${text}:00Z`)),
    number: (value) => number.format(value),
  };
}
