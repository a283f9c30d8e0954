import { Temporal } from "temporal-polyfill";
import { dayMs } from "../../../shared/time-lengths.ts";

/*
 * Splits a zone's clock into pieces. In each piece, between two changes of the clock, wall time and
 * UTC differ by a fixed offset. Temporal finds the pieces. Each piece is looked up once and cached,
 * because a zone's rules cannot change while a Worker lives. "Wall" milliseconds are a wall-clock
 * reading, written as if the clock showed UTC.
 */

export type OffsetPeriod = { fromMs: number; untilMs: number; offsetMs: number };
export type CalendarDay = { iso: string; year: number; weekday: number };

/**
 * The most entries a cache may hold. Live campaigns need fewer entries. A scan through many years
 * would fill the cache, so a full cache is cleared.
 */
const cacheLimit = 20_000;

const pieces = new Map<string, OffsetPeriod[]>();
const days = new Map<number, CalendarDay>();

/** Returns the piece of the zone's clock that contains `at`. `untilMs` is exclusive. */
export function findOffsetPeriod(at: number, timeZone: string): OffsetPeriod {
  const known = pieces.get(timeZone) ?? [];
  const found = known.find((piece) => piece.fromMs <= at && at < piece.untilMs);
  if (found !== undefined) return found;
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  const untilMs = zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const piece = {
    // Callers mostly ask for later instants, so the cached piece starts at `at`. An earlier instant
    // is looked up only when a caller asks for that instant.
    fromMs: Math.floor(at),
    untilMs,
    offsetMs: zoned.offsetNanoseconds / 1_000_000,
  };
  cachePiece(timeZone, known, piece);
  return piece;
}

/**
 * Caches a piece. Two lookups in the same piece leave one entry, which begins at the earlier of the
 * two instants.
 */
function cachePiece(timeZone: string, known: OffsetPeriod[], piece: OffsetPeriod): void {
  const others = known.filter(({ untilMs }) => untilMs !== piece.untilMs);
  if (pieces.size > cacheLimit || others.length > cacheLimit) pieces.clear();
  pieces.set(timeZone, [...others, piece]);
}

/** Returns the calendar day that begins `index` days after 1 January 1970. */
export function getCalendarDay(index: number): CalendarDay {
  const known = days.get(index);
  if (known !== undefined) return known;
  const date = Temporal.Instant.fromEpochMilliseconds(index * dayMs)
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
  const day = { iso: date.toString(), year: date.year, weekday: date.dayOfWeek };
  if (days.size > cacheLimit) days.clear();
  days.set(index, day);
  return day;
}

/** Returns the calendar day of an instant in a zone, counted from 1 January 1970. */
export function toDayIndex(at: number, timeZone: string): number {
  return Math.floor((at + findOffsetPeriod(at, timeZone).offsetMs) / dayMs);
}

/**
 * Returns the instant at which zone `to`'s clock shows the time that zone `from`'s clock shows at
 * `at`. If zone `to` skips that reading, the result is the reading one hour later.
 */
export function convertWallTime(at: number, from: string, to: string): number {
  const wallMs = at + findOffsetPeriod(at, from).offsetMs;
  const guess = wallMs - findOffsetPeriod(wallMs, to).offsetMs;
  return wallMs - findOffsetPeriod(guess, to).offsetMs;
}
