import { createContext } from "../../../worker/context.ts";
import type { NormalizedEvent } from "../../../worker/domain/receive/event.ts";
import type { SendJob } from "../../../worker/jobs.ts";
import { ingest } from "../../../worker/receive/ingest.ts";
import { sendBatch } from "../../../worker/send/sender.ts";
import { tick } from "../../../worker/send/sequencer.ts";
import { createApi, createTenant } from "./api.ts";
import { collectingQueue, deliver } from "./queue.ts";
import { bindings, emptyDatabase } from "./world.ts";

/** An empty database with one tenant, and the API and the engine on one clock that is moved by hand. */
export async function openOffice(options: { intervalMs?: number } = {}) {
  await emptyDatabase();
  await createTenant(1);
  await bindings.DB.prepare("UPDATE senders SET interval_ms = ?")
    .bind(options.intervalMs ?? 1)
    .run();
  const api = createApi();
  const queue = collectingQueue<SendJob>();
  const ctx = createContext(
    { ...bindings, SEND_QUEUE: queue.queue },
    { now: api.now, random: () => 0, sleep: async () => undefined },
  );
  return {
    api,
    ctx,
    queue,
    tick: () => tick(ctx),
    deliver: (jobs: SendJob[] = queue.take()) => deliver(jobs, (batch) => sendBatch(ctx, batch)),
    /** Strikes the clock and delivers what came of it. */
    async run() {
      await tick(ctx);
      await deliver(queue.take(), (batch) => sendBatch(ctx, batch));
    },
    hear: (events: readonly (Partial<NormalizedEvent> & Pick<NormalizedEvent, "kind" | "recipientId">)[]) =>
      ingest(ctx, {
        kind: "events",
        tenantId: 1,
        source: "test",
        receivedAt: api.now(),
        events: events.map((event) => ({
          stepNumber: 1,
          email: null,
          occurredAt: api.now(),
          dedupeKey: event.kind,
          isMachine: false,
          messageId: null,
          providerMessageId: null,
          data: {},
          ...event,
        })),
      }),
  };
}
export type Office = Awaited<ReturnType<typeof openOffice>>;

/** What was done to whom, oldest first. */
export async function audited(): Promise<string[]> {
  const { results } = await bindings.DB.prepare("SELECT action FROM audit_log ORDER BY created_at, id").all<{
    action: string;
  }>();
  return results.map(({ action }) => action);
}
