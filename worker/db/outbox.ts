import { and, asc, eq, sql } from "drizzle-orm";
import type { OutboxStore } from "../providers/outbox.ts";
import { outboxMessages } from "./schema/operations.ts";
import type { Database } from "./scope.ts";

/**
 * Creates the store that keeps captured mail in D1. Every row names its tenant.
 * @param now returns milliseconds UTC
 */
export function createOutboxStore(db: Database, now: () => number): OutboxStore {
  return {
    now,
    async save(message) {
      // SQLite makes the id at random, because ids made from the clock could repeat when the demo
      // moves the clock. So two captures of one message are always two rows.
      const id = sql<string>`lower(hex(randomblob(16)))`;
      await db.insert(outboxMessages).values({ ...message, id });
    },
    async capturedAt({ tenantId, recipientId, stepNumber }) {
      const row = await db
        .select({ sentAt: outboxMessages.sentAt })
        .from(outboxMessages)
        .where(
          and(
            eq(outboxMessages.tenantId, tenantId),
            eq(outboxMessages.recipientId, recipientId),
            eq(outboxMessages.stepNumber, stepNumber),
          ),
        )
        .orderBy(asc(outboxMessages.sentAt))
        .get();
      return row?.sentAt ?? null;
    },
  };
}
