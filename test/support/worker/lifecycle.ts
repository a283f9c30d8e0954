import { createContext } from "../../../worker/context.ts";
import type { Bindings } from "../../../worker/env.ts";
import type { SendJob } from "../../../worker/jobs.ts";
import { ingest } from "../../../worker/receive/ingest.ts";
import { sendBatch } from "../../../worker/send/sender.ts";
import { tick } from "../../../worker/send/sequencer.ts";
import type { LifecycleCost } from "../lifecycle-cost.ts";
import { metered } from "./cost.ts";
import { collectingQueue, deliver } from "./queue.ts";
import { bindings, createWorld, ids } from "./world.ts";

/**
 * Sends one step to `people` in an empty database, plays back delivered, opened and clicked for each, and gives what
 * that cost per email. What the outbox writes is left out: it stands for the mail service.
 * @param bystanders recipients of the same sender who are not due
 */
export async function lifecycleCost(people: number, bystanders: number): Promise<LifecycleCost> {
  let at = Date.UTC(2025, 9, 6, 14);
  const everybody = Array.from({ length: people + bystanders }, (_, index) => ({
    email: `owner${index}@example.com`,
  }));
  await createWorld({ now: at, steps: [{}, { delayDays: 3 }], recipients: everybody });
  await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = due_at + 86400000 WHERE id >= ?1")
    .bind(ids.firstRecipient + people)
    .run();
  const { d1, cost } = metered(bindings.DB);
  const queue = collectingQueue<SendJob>();
  const env: Bindings = { ...bindings, DB: d1, SEND_QUEUE: queue.queue };
  const ctx = createContext(env, { now: () => at, random: () => 0.5 });
  const since = (before: { rowsWritten: number; rowsRead: number }, captured = 0) => ({
    written: (cost.rowsWritten - before.rowsWritten - captured) / people,
    read: (cost.rowsRead - before.rowsRead) / people,
  });

  const start = { ...cost };
  await tick(ctx);
  const claimed = since(start);

  at += 1000;
  const beforeSending = { ...cost };
  await deliver(queue.take(), (batch) => sendBatch(ctx, batch));
  const sent = since(beforeSending, people);

  const beforeEvents = { ...cost };
  for (const kind of ["delivered", "opened", "clicked"] as const) {
    at += 60_000;
    for (let first = 0; first < people; first += 50) {
      const some = Math.min(50, people - first);
      const events = Array.from({ length: some }, (_, index) => ({
        kind,
        recipientId: ids.firstRecipient + first + index,
        stepNumber: 1,
        email: null,
        occurredAt: at,
        dedupeKey: kind,
        isMachine: false,
        messageId: null,
        providerMessageId: null,
        data: {},
      }));
      await ingest(ctx, { kind: "events", tenantId: ids.tenant, source: "test", receivedAt: at, events });
    }
  }
  return { claimed, sent, cameBack: since(beforeEvents), total: since(start, people) };
}
