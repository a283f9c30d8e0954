const money = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const whole = new Intl.NumberFormat("en-US");
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat("en-US", {
  weekday: "short",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZone: "America/Denver",
});

export const formatMoney = (amount: number) => money.format(amount);
export const formatNumber = (count: number) => whole.format(count);
export const formatDay = (isoDay: string) => day.format(new Date(`${isoDay}T00:00:00Z`));
/**
 * Formats an instant in Denver's time. A no-break space keeps AM or PM on the same line as the
 * hour.
 */
export const formatMoment = (at: Date) => moment.format(at).replace(/\s(?=[AP]M$)/, "\u00a0");
