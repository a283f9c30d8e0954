import type { Ctx } from "../context.ts";
import { loadEngagements, type MessageKey } from "../db/engagement.ts";
import { buildEventInserts, type EventRow } from "../db/events.ts";
import { findMachineEngagements } from "../domain/receive/machine.ts";

/**
 * Records which opens and clicks of the messages in `keys` were caused by a program. Runs after the
 * newest event is stored, so that the last of several parallel calls reads all events. A repeated
 * call changes nothing.
 */
export async function flagMachineActivity(
  ctx: Ctx,
  tenantId: number,
  keys: readonly MessageKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const messages = await loadEngagements(ctx.db, tenantId, keys);
  const rows = messages.flatMap(({ delivery, engagements }) =>
    findMachineEngagements(engagements, delivery).map(
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
  await buildEventInserts(ctx.db, rows, ctx.newId()).run();
}
