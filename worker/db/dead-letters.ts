import type { Database } from "./scope.ts";

/**
 * Stores queue messages whose retries were used up, so that an operator can look at the messages. A
 * message that is delivered twice is stored once.
 */
export async function addDeadLetters(db: Database, batch: MessageBatch, now: number): Promise<void> {
  const rows = batch.messages.map((message) => {
    const body = JSON.stringify(message.body);
    return { id: message.id, body: body.slice(0, 100_000) };
  });
  await db.$client
    .prepare(
      `INSERT INTO dead_letters (id, queue, body, created_at)
      SELECT j.value->>'id', ?2, j.value->>'body', ?3 FROM json_each(?1) j WHERE 1 ON CONFLICT DO NOTHING`,
    )
    .bind(JSON.stringify(rows), batch.queue, now)
    .run();
}
