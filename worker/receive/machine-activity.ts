import type { Ctx } from "../context.ts";
import { loadEngagements, type MessageKey, subtractMachineActivity } from "../db/engagement.ts";
import { appendEvents, countFirstEvents, type EventRow } from "../db/events.ts";
import { findMachineEngagements } from "../domain/receive/machine.ts";

/**
 * Looks at all that was done with these emails, once the newest of it is stored, and notes what turns out to have been a
 * machine's. Whoever stores last sees all of a burst, however it was spread over requests and queue messages; noting it
 * twice changes nothing.
 */
export async function unmask(ctx: Ctx, tenantId: number, keys: readonly MessageKey[]): Promise<void> {
  if (keys.length === 0) return;
  const messages = await loadEngagements(ctx.db, tenantId, keys);
  const rows = messages.flatMap(({ deliveredAt, engagements }) =>
    findMachineEngagements(engagements, deliveredAt).map(
      ({ engagement: { recipientId, stepNumber, kind, dedupeKey, at, url }, sign }): EventRow => ({
        recipientId,
        stepNumber,
        kind,
        isMachine: true,
        dedupeKey,
        tenantId,
        occurredAt: at,
        receivedAt: ctx.now(),
        data: { machineSign: sign, ...(url === null ? {} : { url }) },
      }),
    ),
  );
  if (rows.length === 0) return;
  const batchId = ctx.newId();
  await ctx.db.$client.batch([
    appendEvents(ctx.db, rows, batchId),
    countFirstEvents(ctx.db, rows, batchId),
    subtractMachineActivity(ctx.db, rows, batchId),
  ]);
}
