/*
 * Writes figures and dates as people do: "$485,000", "1,650", "December 14, 2026". A text of the
 * host that is neither a bare number nor a date is left unchanged: "from $485,000".
 */

type Values = Readonly<Record<string, unknown>>;

const moneyNames =
  /(?:price|amount|value|payment|rent|taxes|fee|cost|balance|equity|estimate|offer|proceeds)$/i;
const sizeNames = /(?:area|areaTotal|squareFeet|sqFt|lotSize)$/i;
const numberPattern = /^\d{1,12}(?:\.\d+)?$/;
/** Matches an amount of money that a machine wrote: "$485000". */
const bareAmountPattern = /^\$\s?(\d{4,12}(?:\.\d{1,2})?)$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Returns the values with their figures and dates written for the locale. */
export function formatFiguresAndDates(values: Values, locale = "en-US"): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, writeValue(name, value, locale)]),
  );
}

/** Nested records, such as the sale in `property.sale.closePrice`, are written to this depth. */
const deepest = 5;

function writeValue(name: string, value: unknown, locale: string, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((item) => writeNested(item, locale, depth));
  if (typeof value === "object" && value !== null) return writeNested(value, locale, depth);
  const number = readNumber(typeof value === "string" ? value.replace(bareAmountPattern, "$1") : value);
  if (number !== null && moneyNames.test(name)) return writeMoney(number, locale);
  if (number !== null && sizeNames.test(name)) return number.toLocaleString(locale);
  return typeof value === "string" ? (writeDate(value.trim(), locale) ?? value) : value;
}

const writeNested = (value: unknown, locale: string, depth: number): unknown =>
  depth < deepest && typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, writeValue(name, item, locale, depth + 1)]),
      )
    : value;

/**
 * Returns the number in a value; null unless the number is above zero. So the number 0 stays
 * unchanged, and `if` in a template treats 0 as no value.
 */
function readNumber(value: unknown): number | null {
  const number = typeof value === "string" && numberPattern.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number > 0 ? number : null;
}

function writeMoney(amount: number, locale: string): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return amount.toLocaleString(locale, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Returns the day that a date or an instant names, in words; null if the text is neither. */
function writeDate(text: string, locale: string): string | null {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isDay = new Date(at).toISOString().startsWith(`${year}-${month}-${day}`);
  if (!isDay) return null;
  return new Date(at).toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" });
}
