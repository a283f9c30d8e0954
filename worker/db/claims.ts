import type { StopReason } from "../../shared/vocabulary.ts";
import type { SendNowLevel } from "../domain/send/candidate.ts";
import type { PaceState, SenderPace } from "../domain/send/pacing.ts";
import { accountCallableAtSql } from "./account-routes.ts";
import { nextDueRecipientsSql, queueLaneNumbers } from "./queue-order.ts";
import type { Database } from "./scope.ts";
import { parseSenderPaceRow, type SenderPaceRow, senderPaceColumnsSql } from "./sender-pace.ts";
import { buildClaimedRecipientStops } from "./stops.ts";

/*
 * A tick (the Worker's run every minute) claims due recipients: until the claim's lease ends, no
 * other tick takes the recipients. The tick also reserves slots, the instants at which a sender's
 * emails leave. The statements span tenants by design. Each change is one atomic statement, so
 * overlapping ticks divide the work and do no work twice.
 */

/**
 * `isOnTrial`: the sender's accounts have failed repeatedly, and one call is to show whether an
 * account works again.
 */
export type DueSender = SenderPace & { id: number; tenantId: number; isOnTrial: boolean };

/**
 * Returns senders with a free slot before `horizonAt`, a due recipient and an account that may be
 * called. The sender with the earliest free slot comes first, so that a tenant with a million
 * recipients does not delay a tenant with ten. Reads one row per sender, and at most one index
 * entry per lane (a part of a sender's queue).
 */
export async function listSendersWithDueRecipients(
  db: Database,
  now: number,
  horizonAt: number,
  limit: number,
): Promise<DueSender[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.id, s.tenant_id AS tenantId, ${accountCallableAtSql("s")} > 0 AS isOnTrial, ${senderPaceColumnsSql("s")}
      FROM senders s JOIN tenants t ON t.id = s.tenant_id
      WHERE s.is_paused = 0 AND s.next_slot_at < ?1 AND t.stopped_at IS NULL
        AND EXISTS (SELECT 1 FROM campaign_recipients r
                    WHERE r.sender_id = s.id AND r.lane IN (${queueLaneNumbers.join()}) AND r.due_at <= ?2)
        AND ${accountCallableAtSql("s")} <= ?2
      ORDER BY s.next_slot_at, s.id LIMIT ?3`,
    )
    .bind(horizonAt, now, limit)
    .all<SenderPaceRow & { id: number; tenantId: number; isOnTrial: number }>();
  return results.map((row) => ({
    id: row.id,
    tenantId: row.tenantId,
    isOnTrial: row.isOnTrial === 1,
    ...parseSenderPaceRow(row),
  }));
}

/**
 * Claims up to `count` due recipients of each sender, from the lanes of the sender's queue in turn.
 * A claim sets the recipient's due time to the end of the lease. Writes two rows per recipient.
 * Returns the recipient ids of each claim, in the order of `claims`.
 */
export async function claimDueRecipients(
  db: Database,
  claims: readonly { senderId: number; count: number; firstTurn: number; lease: number }[],
  now: number,
  leaseUntil: number,
): Promise<number[][]> {
  if (claims.length === 0) return [];
  const statement = db.$client.prepare(
    `UPDATE campaign_recipients SET due_at = ?1, lease = ?2 WHERE id IN (${nextDueRecipientsSql}) RETURNING id`,
  );
  const results = await db.$client.batch<{ id: number }>(
    claims.map(({ senderId, count, firstTurn, lease }) =>
      statement.bind(leaseUntil, lease, senderId, now, count, firstTurn),
    ),
  );
  return results.map((result) => result.results.map((row) => row.id));
}

/**
 * Claims due recipients whose next step is a task. A task does not depend on the sender's pace,
 * pause or accounts. Recipients of a stopped tenant stay due. Uses the index
 * `campaign_recipients_tasks`; writes three rows per recipient.
 */
export async function claimDueTaskRecipients(
  db: Database,
  claim: { lease: number; count: number },
  now: number,
  leaseUntil: number,
): Promise<number[]> {
  const { results } = await db.$client
    .prepare(
      `UPDATE campaign_recipients SET due_at = ?1, lease = ?2 WHERE id IN (
        SELECT r.id FROM campaign_recipients r INDEXED BY campaign_recipients_tasks JOIN tenants t ON t.id = r.tenant_id
        WHERE r.next_is_task = 1 AND r.due_at <= ?3 AND t.stopped_at IS NULL ORDER BY r.due_at LIMIT ?4)
      RETURNING id`,
    )
    .bind(leaseUntil, claim.lease, now, claim.count)
    .all<{ id: number }>();
  return results.map((row) => row.id);
}

/**
 * Stores each sender's next free slot after the reserved slots, unless the sender has changed since
 * the caller read the sender. Returns the ids of the senders whose slots were reserved. The other
 * senders were paused, or another tick has reserved the slots.
 */
export async function reserveSlots(
  db: Database,
  reservations: readonly { sender: DueSender; after: PaceState }[],
): Promise<Set<number>> {
  if (reservations.length === 0) return new Set();
  const statement = db.$client.prepare(
    `UPDATE senders SET next_slot_at = ?1, cap_day = ?2, slots_today = ?3
    WHERE id = ?4 AND is_paused = 0 AND next_slot_at = ?5 AND cap_day = ?6 AND slots_today = ?7 RETURNING id`,
  );
  const results = await db.$client.batch<{ id: number }>(
    reservations.map(({ sender, after }) =>
      statement.bind(
        after.nextSlotAt,
        after.capDay,
        after.slotsToday,
        sender.id,
        sender.nextSlotAt,
        sender.capDay,
        sender.slotsToday,
      ),
    ),
  );
  return new Set(results.flatMap((result) => result.results.map((row) => row.id)));
}

/**
 * The change with which the claim of a recipient ends. `hold` keeps the recipient at the same step,
 * `progress` plans a step, and `stop` ends the sequence. If `dueAt` is null, nothing is due until a
 * person acts.
 */
export type RecipientMove =
  | { kind: "hold"; recipientId: number; lease: number; dueAt: number | null; status: "active" | "paused" }
  | {
      kind: "progress";
      recipientId: number;
      lease: number;
      status: "active" | "completed";
      nextStep: number;
      nextIsTask: boolean;
      scheduledAt: number | null;
      /**
       * The version of the steps by which `nextStep` was found; null if the recipient stays at the
       * same step. If the steps have a newer version by now, the recipient stays and is due at
       * once.
       */
      stepsVersion: number | null;
      /** Null leaves the column `last_sent_at` unchanged. */
      lastSentAt: number | null;
      /**
       * A value above 0 also sends the new next step at once, because the agent asked to send now.
       */
      sendNow?: SendNowLevel;
    }
  | { kind: "stop"; recipientId: number; lease: number; reason: StopReason };

type HoldMove = Extract<RecipientMove, { kind: "hold" }>;
type StopMove = Extract<RecipientMove, { kind: "stop" }>;

/**
 * Builds the move that keeps a recipient at the same step until `dueAt`. If `dueAt` is null, the
 * recipient waits until a person acts.
 */
export function buildHoldMove(
  recipient: { recipientId: number; lease: number },
  dueAt: number | null,
  status: HoldMove["status"] = "active",
): HoldMove {
  const { recipientId, lease } = recipient;
  return { kind: "hold", recipientId, lease, dueAt, status };
}

/**
 * Returns the statements, for one batch, that write the moves of claimed recipients and release the
 * claims. A recipient whose claim was lost (to a stop, a pause or an expired lease) is not changed.
 * Writes two rows for a `hold` or `progress`, and one row for a `stop`.
 */
export function buildRecipientMoves(
  db: Database,
  moves: readonly RecipientMove[],
  now: number,
): D1PreparedStatement[] {
  const stops = moves.filter((move): move is StopMove => move.kind === "stop");
  const others = moves.filter((move) => move.kind !== "stop");
  return [
    ...(others.length > 0 ? [updateClocks(db, others, now)] : []),
    ...buildClaimedRecipientStops(db, stops, now),
  ];
}

/** SQL condition: the steps of campaign `c` have changed since the move `j` was decided. */
const isOutdatedSql = "coalesce(j.value->>'stepsVersion' <> c.steps_version, 0)";
/** SQL condition: the move `j` takes the recipient to another step, or plans the same step anew. */
const isMovedSql = `j.value->>'nextStep' IS NOT NULL AND NOT ${isOutdatedSql}`;

function updateClocks(
  db: Database,
  moves: readonly Exclude<RecipientMove, StopMove>[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET
        status = iif(${isOutdatedSql}, r.status, j.value->>'status'),
        due_at = iif(${isOutdatedSql}, ?2, j.value->>'dueAt'), lease = NULL,
        next_step = iif(${isMovedSql}, j.value->>'nextStep', r.next_step),
        next_is_task = iif(${isMovedSql}, j.value->>'nextIsTask', r.next_is_task),
        scheduled_at = iif(${isMovedSql}, j.value->>'scheduledAt', r.scheduled_at),
        last_sent_at = coalesce(j.value->>'lastSentAt', r.last_sent_at),
        send_now = iif(${isMovedSql}, coalesce(j.value->>'sendNow', 0), r.send_now),
        allows_late = iif(${isMovedSql}, 0, r.allows_late),
        snoozed_until = iif(${isMovedSql}, NULL, r.snoozed_until)
      FROM json_each(?1) j, campaigns c
      WHERE r.id = j.value->>'id' AND r.lease = j.value->>'lease' AND c.id = r.campaign_id`,
    )
    .bind(JSON.stringify(moves.map(toMoveRow)), now);
}

function toMoveRow(move: Exclude<RecipientMove, StopMove>): Record<string, unknown> {
  const claim = { id: move.recipientId, lease: move.lease };
  switch (move.kind) {
    case "hold":
      return { ...claim, status: move.status, dueAt: move.dueAt };
    case "progress": {
      const { kind: _, recipientId: __, ...progress } = move;
      return { ...claim, ...progress, dueAt: move.scheduledAt };
    }
  }
}
