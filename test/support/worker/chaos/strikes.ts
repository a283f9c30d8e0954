import { accountCallableAtSql } from "../../../../worker/db/account-routes.ts";
import { openDatabase } from "../../../../worker/db/scope.ts";
import { recordTick } from "../../../../worker/db/ticks.ts";
import { minute } from "../../time.ts";
import { bindings } from "../world.ts";
import type { SimulatedClock } from "./clock.ts";
import type { FaultSource } from "./faults.ts";
import type { Random } from "./random.ts";

export type TickOptions = {
  clock: SimulatedClock;
  faults: FaultSource;
  random: Random;
  horizonMs: number;
  /** The share of ticks, the Worker's runs every minute, during which a second tick starts. */
  overlapRate: number;
  until: number;
  strike: () => void;
};

/**
 * Runs a tick, which queues the due emails, about every minute. A tick may be late, may be missing
 * or may run twice, and the clock may be set back before a tick. Skips time in which nothing is
 * due, up to a minute before the next due time.
 */
export function runTicks(options: TickOptions): { count: () => number } {
  const { clock, faults, random, strike } = options;
  let count = 0;
  const strikeOnce = () => {
    count += 1;
    strike();
  };
  const next = async (): Promise<void> => {
    const readyAt = await findReadyAt(options);
    if (readyAt === null || readyAt > options.until) return;
    if (readyAt > clock.seen()) {
      const idleMs = getMsUntilMinute(clock, Math.min(readyAt - clock.seen(), getMsUntilNextEvent(clock)));
      clock.after(idleMs - minute, () => recordTick(openDatabase(bindings.DB), clock.seen(), 0));
      clock.after(idleMs, next);
      return;
    }
    const isTroubled = !faults.hasStopped();
    const isMissed = isTroubled && random.chance(0.1);
    if (!isMissed) strikeOnce();
    if (!isMissed && isTroubled && random.chance(options.overlapRate)) {
      clock.after(random.pick([0, 3, 40, 5000]), strikeOnce);
    }
    if (isTroubled && random.chance(0.02)) setClockBackForAWhile(clock, random);
    clock.after(getMsUntilMinute(clock, 1) + (random.chance(0.1) ? random.between(0, minute) : 0), next);
  };
  clock.after(0, next);
  return { count: () => count };
}

/** Returns the time of the next tick that will have work; null if no later tick will have work. */
async function findReadyAt({ clock, horizonMs }: TickOptions): Promise<number | null> {
  const row = await bindings.DB.prepare(
    `SELECT min(max(r.due_at, iif(r.next_is_task, 0, max(n.next_slot_at - ?1, ${accountCallableAtSql("n")})))) AS readyAt
    FROM campaign_recipients r JOIN senders n ON n.id = r.sender_id WHERE r.due_at IS NOT NULL`,
  )
    .bind(horizonMs)
    .first<{ readyAt: number | null }>();
  const isOver = clock.nextAt() === null;
  if (row === null || row.readyAt === null) return isOver ? null : clock.seen() + getMsUntilNextEvent(clock);
  return row.readyAt;
}

function getMsUntilNextEvent(clock: SimulatedClock): number {
  const nextAt = clock.nextAt();
  return nextAt === null ? Number.POSITIVE_INFINITY : nextAt - clock.now() + 1;
}

/** Returns the milliseconds until the first full minute that is at least `ms` away. */
function getMsUntilMinute(clock: SimulatedClock, ms: number): number {
  const earliest = clock.now() + ms;
  return Math.ceil(earliest / minute) * minute - clock.now();
}

function setClockBackForAWhile(clock: SimulatedClock, random: Random): void {
  clock.setBack(random.between(1, 10) * minute);
  clock.after(random.between(1, 30) * minute, () => clock.setBack(0));
}
