import type { Ctx } from "../context.ts";
import { toEngagedMessages } from "../db/engagement.ts";
import { buildEventInserts, type EventRow } from "../db/events.ts";
import { findMachineEngagements } from "../domain/receive/machine.ts";

/**
 * Records which opens and clicks were caused by a program. A repeated call changes nothing.
 * @param found the rows of `buildEngagementQuery`, which ran after the newest event was stored, so
 *   that the last of several parallel calls has all events
 */
export async function flagMachineActivity(
  ctx: Ctx,
  tenantId: number,
  found: readonly unknown[],
): Promise<void> {
  const rows = toEngagedMessages(found).flatMap(({ delivery, engagements }) =>
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
