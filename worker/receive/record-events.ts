import type { Ctx } from "../context.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { EventJob } from "../jobs.ts";
import { eventsPerJob, ingestEvents } from "./ingest.ts";

/** The size limit of the events in a job. A whole queue message may have 128 KB. */
const maxJobBytes = 100_000;

/**
 * The most jobs that one isolate (a running copy of the Worker) applies at the same time. In a
 * flood, the queue takes the other jobs, and its consumer applies many jobs in one batch.
 */
export const jobsAtOnce = 8;
/**
 * The time after which a job no longer counts as being applied. The platform can end a request
 * before the job's promise is settled.
 */
const longestJobMs = 30_000;
/** The start of each job that this isolate applies now, by the real clock. */
const underWay = new Map<symbol, number>();

/**
 * Stores events in D1 and applies their effects, in jobs of at most 100 events and 100 KB. A job
 * goes to the queue if D1 refuses the job, or if too many jobs are being applied.
 * @throws the error of the queue if D1 and the queue both fail; the service must post again
 */
export async function recordEvents(
  ctx: Ctx,
  from: { tenantId: number; source: string },
  events: readonly NormalizedEvent[],
): Promise<void> {
  const receivedAt = ctx.now();
  for (const part of splitEventsIntoJobs(events)) {
    const job: EventJob = { kind: "events", ...from, receivedAt, events: part };
    if (!(await tryIngest(ctx, job))) await ctx.queues.event.send(job, { contentType: "json" });
  }
}

/** Applies a job, and returns false if the job is left to the queue. */
async function tryIngest(ctx: Ctx, job: EventJob): Promise<boolean> {
  const now = ctx.wallClock();
  for (const [one, startedAt] of underWay) if (now - startedAt > longestJobMs) underWay.delete(one);
  if (underWay.size >= jobsAtOnce) return false;
  const self = Symbol();
  underWay.set(self, now);
  try {
    await ingestEvents(ctx, job);
    return true;
  } catch (error) {
    // The message of a database error contains personal data, so only the error's name is logged.
    const name = error instanceof Error ? error.name : "unknown";
    console.error(
      JSON.stringify({ level: "error", msg: "events left to the queue", name, events: job.events.length }),
    );
    return false;
  } finally {
    underWay.delete(self);
  }
}

/**
 * Splits events into jobs and keeps their order. An event over the size limit gets a job of its
 * own.
 */
export function splitEventsIntoJobs(events: readonly NormalizedEvent[]): NormalizedEvent[][] {
  const jobs: NormalizedEvent[][] = [];
  let current: NormalizedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = new TextEncoder().encode(JSON.stringify(event)).length + 1;
    if (current.length > 0 && (current.length >= eventsPerJob || bytes + size > maxJobBytes)) {
      jobs.push(current);
      current = [];
      bytes = 0;
    }
    current.push(event);
    bytes += size;
  }
  if (current.length > 0) jobs.push(current);
  return jobs;
}
