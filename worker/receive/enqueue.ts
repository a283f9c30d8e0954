import type { Ctx } from "../context.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { EventJob } from "../jobs.ts";
import { eventsPerJob, ingest } from "./ingest.ts";

/** A queue message may hold 128 KB; what surrounds the events takes a little of it. */
const jobBytes = 100_000;

/**
 * Hands events to the queue, in jobs of at most 100 events and 100 KB. What the queue does not take is applied at once:
 * an event is never lost to a queue that is down.
 * @throws what D1 throws, when neither takes them; the caller's sender is to try again
 */
export async function takeIn(
  ctx: Ctx,
  from: { tenantId: number; source: string },
  events: readonly NormalizedEvent[],
): Promise<void> {
  const receivedAt = ctx.now();
  for (const part of jobsOf(events)) {
    const job: EventJob = { kind: "events", ...from, receivedAt, events: part };
    if (!(await isQueued(ctx, job))) await ingest(ctx, job);
  }
}

async function isQueued(ctx: Ctx, job: EventJob): Promise<boolean> {
  try {
    await ctx.queues.event.send(job, { contentType: "json" });
    return true;
  } catch {
    // Whatever the queue's trouble is, the answer to it is the same.
    return false;
  }
}

/** In the order given; one that is over the size by itself goes alone. */
export function jobsOf(events: readonly NormalizedEvent[]): NormalizedEvent[][] {
  const jobs: NormalizedEvent[][] = [];
  let current: NormalizedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = new TextEncoder().encode(JSON.stringify(event)).length + 1;
    if (current.length > 0 && (current.length >= eventsPerJob || bytes + size > jobBytes)) {
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
