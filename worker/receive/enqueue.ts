import type { Ctx } from "../context.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { EventJob } from "../jobs.ts";
import { eventsPerJob, ingestEvents } from "./ingest.ts";

/** The size limit of the events in a job. A whole queue message may have 128 KB. */
const maxJobBytes = 100_000;

/**
 * Puts events into the queue, in jobs of at most 100 events and 100 KB. If the queue refuses a job,
 * the job is applied at once, so that no event is lost.
 * @throws the error of D1 if the queue and D1 both fail; the service must post again
 */
export async function enqueueEvents(
  ctx: Ctx,
  from: { tenantId: number; source: string },
  events: readonly NormalizedEvent[],
): Promise<void> {
  const receivedAt = ctx.now();
  for (const part of splitEventsIntoJobs(events)) {
    const job: EventJob = { kind: "events", ...from, receivedAt, events: part };
    if (!(await tryEnqueue(ctx, job))) await ingestEvents(ctx, job);
  }
}

async function tryEnqueue(ctx: Ctx, job: EventJob): Promise<boolean> {
  try {
    await ctx.queues.event.send(job, { contentType: "json" });
    return true;
  } catch {
    // The caller applies the job itself after any error of the queue.
    return false;
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
