import type { EmailLifecycleCost } from "../lifecycle-cost.ts";
import { day, minute } from "../time.ts";
import { createClock } from "./clock.ts";
import type { StatementCost } from "./cost.ts";
import { openEngine } from "./engine.ts";
import { bindings, worldIds } from "./world.ts";

/**
 * Returns the database cost per email. Sends one step to `people` recipients in an empty database,
 * and ingests the events `delivered`, `opened` and `clicked` for each recipient. The rows that the
 * outbox provider writes don't count, because the outbox stands for the mail service.
 * @param bystanders the number of the sender's other recipients, who are not due
 */
export async function measureEmailLifecycleCost(
  people: number,
  bystanders: number,
): Promise<EmailLifecycleCost> {
  const clock = createClock();
  const everybody = Array.from({ length: people + bystanders }, (_, index) => ({
    email: `owner${index}@example.com`,
  }));
  const world = { steps: [{}, { delayDays: 3 }], recipients: everybody };
  const engine = await openEngine({ world, clock, meter: true });
  await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = due_at + ?2 WHERE id >= ?1")
    .bind(worldIds.firstRecipient + people, day)
    .run();
  const { cost } = engine;
  const since = (before: StatementCost, captured = 0) => ({
    written: (cost.rowsWritten - before.rowsWritten - captured) / people,
    read: (cost.rowsRead - before.rowsRead) / people,
  });

  const start = { ...cost };
  await engine.tick();
  const claimed = since(start);

  clock.advance(1000);
  const beforeSending = { ...cost };
  await engine.deliver();
  const sent = since(beforeSending, people);

  const beforeEvents = { ...cost };
  for (const kind of ["delivered", "opened", "clicked"] as const) {
    clock.advance(minute);
    for (let first = 0; first < people; first += 50) {
      const some = Math.min(50, people - first);
      const recipientIds = Array.from(
        { length: some },
        (_, index) => worldIds.firstRecipient + first + index,
      );
      await engine.hear(recipientIds.map((recipientId) => ({ kind, recipientId })));
    }
  }
  return { claimed, sent, cameBack: since(beforeEvents), total: since(start, people) };
}
