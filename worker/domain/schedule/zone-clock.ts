import { Temporal } from "temporal-polyfill";

/*
 * A zone's clock as the straight pieces it is made of: between two changes the wall reads a fixed distance from UTC.
 * Temporal finds the pieces; they never change while a Worker lives, so each is looked up once.
 * "Wall" milliseconds are a reading of the wall clock held as if it were UTC.
 */

export type ClockPiece = { fromMs: number; untilMs: number; offsetMs: number };
export type WallDay = { iso: string; year: number; weekday: number };

export const dayMs = 86_400_000;
/** Enough for every zone and day that live campaigns touch; beyond it somebody walks through history, and we start afresh. */
const cacheLimit = 20_000;

const pieces = new Map<string, ClockPiece[]>();
const days = new Map<number, WallDay>();

/** The piece of the zone's clock that `at` lies in: from its beginning, up to and without `untilMs`. */
export function clockAt(at: number, timeZone: string): ClockPiece {
  const known = pieces.get(timeZone) ?? [];
  const found = known.find((piece) => piece.fromMs <= at && at < piece.untilMs);
  if (found !== undefined) return found;
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  const untilMs = zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const piece = {
    // Asked only forwards from here on; what lies before is looked up when somebody asks for it.
    fromMs: Math.floor(at),
    untilMs,
    offsetMs: zoned.offsetNanoseconds / 1_000_000,
  };
  remember(timeZone, known, piece);
  return piece;
}

/** Two looks into the same piece leave one entry that reaches back to the earlier of them. */
function remember(timeZone: string, known: ClockPiece[], piece: ClockPiece): void {
  const others = known.filter(({ untilMs }) => untilMs !== piece.untilMs);
  if (pieces.size > cacheLimit || others.length > cacheLimit) pieces.clear();
  pieces.set(timeZone, [...others, piece]);
}

/** The calendar day that begins `index` days after 1 January 1970. */
export function wallDay(index: number): WallDay {
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

/** The calendar day an instant falls on in a zone. */
export function dayIndex(at: number, timeZone: string): number {
  return Math.floor((at + clockAt(at, timeZone).offsetMs) / dayMs);
}

/** When the wall in `to` shows what the one in `from` shows at `at`; of an hour that is skipped there, the one after. */
export function sameReading(at: number, from: string, to: string): number {
  const wallMs = at + clockAt(at, from).offsetMs;
  const guess = wallMs - clockAt(wallMs, to).offsetMs;
  return wallMs - clockAt(guess, to).offsetMs;
}
