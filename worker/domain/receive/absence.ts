import { dayMs } from "../../../shared/time-lengths.ts";
import {
  againFromWords,
  inclusiveWords,
  monthNumbers,
  monthPattern,
  nextWeekWords,
  rangeWords,
  returnWords,
  tomorrowWords,
  untilWords,
  weekdayNumbers,
  weekdayPattern,
} from "./absence-words.ts";
import { foldText } from "./fold-text.ts";

const maxTextLength = 3000;
/** A return later than this many days after the automatic answer is ignored. */
export const longestAbsenceDays = 366;
/** A date without a year belongs to an old answer if the date passed at most this many days ago. */
const staleDays = 120;

/**
 * Returns the day on which the writer of an automatic answer is back, as YYYY-MM-DD, or null if the
 * answer names no such day. For "until December 14", the day is December 14, although some people
 * return a day later.
 * @param receivedOn the day on which the answer came, YYYY-MM-DD
 */
export function findReturnDay(subject: string, words: string, receivedOn: string): string | null {
  const today = Date.parse(`${receivedOn}T00:00:00Z`);
  const text = foldText(`${subject}\n${words.slice(0, maxTextLength)}`).replace(/\s+/g, " ");
  // Dates with slashes begin with the month only in American English.
  const isAmerican = !/\b(?:ich|bis|estoy|hasta|suis|jusqu|ik|tot|sono|fino)\b/.test(text);
  for (const words of [returnWords, againFromWords, untilWords, rangeWords]) {
    for (const match of text.matchAll(words)) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 60);
      if (words === rangeWords && officeHours.test(after)) continue;
      const found = findDay(after.replace(/^[\s:,.]+/, ""), today, isAmerican);
      if (found === null || found <= today || found > today + longestAbsenceDays * dayMs) continue;
      const isInclusive =
        words !== returnWords &&
        (inclusiveWords.test(match[0].trim()) || inclusiveWords.test(after.slice(0, 40)));
      return new Date(found + (isInclusive ? dayMs : 0)).toISOString().slice(0, 10);
    }
  }
  return null;
}

/** Matches the second part of an office's hours: a weekday without a date, or a bare number. */
const officeHours = new RegExp(
  `^ ?(?:(?:${weekdayPattern})\\b(?![^.;]{0,12}\\d{1,2}(?:[./]\\d|th|st|nd|rd|,? (?:${monthPattern}))|[^.;]{0,12}(?:${monthPattern}))|\\d{1,2}(?!\\d| ?(?:[./-]\\d|th|st|nd|rd|\\.? ?(?:of |de |di )?(?:${monthPattern}))))`,
);
const before =
  "^(?:(?:in|to|at|the|my|work|office|desk|on|by|from|as|of|full|time|am|ab|im|dem|den|der|buro|dienst|fur|sie|da|erreichbar|vom|zum|el|la|de|del|a|al|oficina|dia|partir|le|du|au|bureau|des|mardi|op|vanaf|het|kantoor|aanwezig|bereikbaar|il|dal|in|ufficio|giorno|disponibile|again|wieder|weer|date|day|is|a partir|l'|persoonlijk|zuruck|terug|will|be|i|presente|available|online|and|responding|bin|ich|ben|er)[ ,:]+){0,8}";
const year = "(?:,? (?:de |del )?(\\d{4}))?";
const weekday = `(?:(?:${weekdayPattern})\\.?,? (?:the |den |dem |el |le |de |il )?)?`;
const dayFirst = new RegExp(
  `${before}${weekday}(\\d{1,2})(?:st|nd|rd|th|er|e|o|\\.)? ?(?:of |de |den )?(${monthPattern})\\b\\.?${year}`,
);
const monthFirst = new RegExp(
  `${before}${weekday}(${monthPattern})\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?\\b${year}`,
);
const iso = new RegExp(`${before}${weekday}(\\d{4})-(\\d{2})-(\\d{2})\\b`);
const numeric = new RegExp(
  `${before}${weekday}(\\d{1,2})([./-])(\\d{1,2})(?:\\2(\\d{4}|\\d{2})\\b|(?<!-\\d{1,2})(?:\\b|\\.))(?![-/.]?\\d)`,
);
const dayOnly = new RegExp(
  `${before}${weekday}(?:(\\d{1,2})(?:st|nd|rd|th|er|e|\\.)(?![\\d:])|(?<=\\b(?:the|el|dia|le|il|de|al|au|dal) )(\\d{1,2})(?![\\d:.hH]))`,
);
const weekdayOnly = new RegExp(
  `${before}(?:next |this |kommenden |nachsten |proximo |aanstaande |prossimo )?(${weekdayPattern})\\b`,
);

/** Returns the day with which a text begins, in ms UTC at midnight, or null. */
function findDay(text: string, today: number, isAmerican: boolean): number | null {
  const isoMatch = iso.exec(text);
  if (isoMatch) return toDay(Number(isoMatch[1]), Number(isoMatch[2]), Number(isoMatch[3]));
  const first = dayFirst.exec(text);
  if (first) return resolveYear(first[3], monthNumbers.get(first[2] ?? "") ?? 0, Number(first[1]), today);
  const second = monthFirst.exec(text);
  if (second) return resolveYear(second[3], monthNumbers.get(second[1] ?? "") ?? 0, Number(second[2]), today);
  const number = numeric.exec(text);
  if (number) return readNumeric(number, today, isAmerican);
  const day = dayOnly.exec(text);
  if (day) return resolveMonth(Number(day[1] ?? day[2]), today);
  const named = weekdayOnly.exec(text);
  if (named) return nextWeekday(weekdayNumbers.get(named[1] ?? "") ?? 1, today);
  if (nextWeekWords.test(text)) return nextWeekday(1, today);
  return tomorrowWords.test(text) ? today + dayMs : null;
}

function readNumeric(match: RegExpExecArray, today: number, isAmerican: boolean): number | null {
  const [, first = "", separator, second = "", typedYear] = match;
  const [one, two] = [Number(first), Number(second)];
  const isMonthFirst = two > 12 || (separator === "/" && isAmerican && one <= 12);
  const fullYear = typedYear?.length === 2 ? `20${typedYear}` : typedYear;
  return isMonthFirst ? resolveYear(fullYear, one, two, today) : resolveYear(fullYear, two, one, today);
}

/**
 * Returns the day in the given year; without a year, the day's next occurrence. Returns null if the
 * day passed a short time ago, because an old automatic answer may still be switched on.
 */
function resolveYear(typed: string | undefined, month: number, day: number, today: number): number | null {
  if (typed !== undefined) return toDay(Number(typed), month, day);
  const thisYear = new Date(today).getUTCFullYear();
  const days = [thisYear - 1, thisYear, thisYear + 1].flatMap((each) => toDay(each, month, day) ?? []);
  const next = days.find((each) => each >= today);
  const last = days.findLast((each) => each < today);
  const isStale = last !== undefined && next !== undefined && today - last < next - today;
  return isStale && last !== undefined && today - last <= staleDays * dayMs ? null : (next ?? null);
}

/**
 * Returns the next date after today that has this day of the month, in this month or the next.
 * Returns null if the next month has no such day.
 */
function resolveMonth(day: number, today: number): number | null {
  const now = new Date(today);
  const [thisYear, thisMonth] = [now.getUTCFullYear(), now.getUTCMonth() + 1];
  const candidate = toDay(thisYear, thisMonth, day);
  if (candidate !== null && candidate > today) return candidate;
  return thisMonth === 12 ? toDay(thisYear + 1, 1, day) : toDay(thisYear, thisMonth + 1, day);
}

function nextWeekday(weekdayNumber: number, today: number): number {
  const current = ((new Date(today).getUTCDay() + 6) % 7) + 1;
  return today + (((weekdayNumber - current + 6) % 7) + 1) * dayMs;
}

/** Returns the day in ms UTC at midnight, or null if the calendar has no such day. */
function toDay(fullYear: number, month: number, day: number): number | null {
  const at = Date.UTC(fullYear, month - 1, day);
  const date = new Date(at);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : null;
}
