import { limits } from "../../shared/limits.ts";
import { dayMs, hourMs, minuteMs } from "../../shared/time-lengths.ts";
import type { Ctx } from "../context.ts";
import { dropOldRemovedRecipients } from "../db/bulk-removal.ts";
import { dropOldHostEvents } from "../db/host-events.ts";
import { dropOldKeptAnswers } from "../db/kept-answers.ts";
import { sendDueDigests } from "./digest.ts";
import { deliverHostEvents } from "./host-rounds.ts";
import { resealOldTexts } from "./reseal.ts";
import { rollUpClosedDays } from "./roll-up.ts";

/**
 * The time for which the rows of removed recipients are kept. A second request with the same undo
 * token begins the time for the undo again, so the rows are kept longer than one such time.
 */
const bulkUndoMs = 10 * limits.bulkUndoSeconds * 1000;

const isFirstMinuteOfHour = (now: number) => now % hourMs < minuteMs;

const sideJobs: Readonly<Record<string, (ctx: Ctx) => Promise<void>>> = {
  dropOldAnswers: async (ctx) => {
    const now = ctx.now();
    if (isFirstMinuteOfHour(now)) await dropOldKeptAnswers(ctx.db, now);
  },
  dropOldRemovedRecipients: async (ctx) => {
    await dropOldRemovedRecipients(ctx.db, ctx.now() - bulkUndoMs);
  },
  dropOldHostEvents: async (ctx) => {
    const now = ctx.now();
    if (isFirstMinuteOfHour(now)) await dropOldHostEvents(ctx.db, now - limits.hostEventDays * dayMs);
  },
  rollUpClosedDays,
  sendDueDigests,
  resealOldTexts,
  // The last job, because a receiver may be slow.
  deliverHostEvents,
};

/**
 * Runs the side jobs of a tick (the Worker's run every minute). No email to a recipient depends on
 * these jobs. A failed job is logged, and a later tick does the job again. So a fault in one job
 * stops neither the other jobs nor the tick.
 */
export async function runSideJobs(ctx: Ctx): Promise<void> {
  for (const [job, run] of Object.entries(sideJobs)) {
    try {
      await run(ctx);
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      console.error(JSON.stringify({ level: "error", msg: "side job failed", job, name }));
    }
  }
}
