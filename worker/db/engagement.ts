import type { Engagement, MachineSign, ReportedDelivery } from "../domain/receive/machine.ts";
import type { Database } from "./scope.ts";

/*
 * Events are never changed. If an open or a click turns out to be a machine's, a second event with
 * the same dedupe key records the machine. An open or a click is a person's if no event with the
 * same dedupe key is marked as a machine's.
 */

/**
 * SQL condition: no later event says that event `e` was a machine's. The condition is always true
 * if `e` itself is marked as a machine's. The condition costs one probe of the primary key.
 */
export const isNotReclassifiedSql = (e: string) => `NOT EXISTS (SELECT 1 FROM events twin
  WHERE ${e}.is_machine = 0 AND twin.recipient_id = ${e}.recipient_id AND twin.step_number = ${e}.step_number
    AND twin.kind = ${e}.kind AND twin.is_machine = 1 AND twin.tenant_id = ${e}.tenant_id
    AND twin.dedupe_key = ${e}.dedupe_key)`;

/** SQL condition: a person caused event `e`, as far as is known. */
export const isEventByPersonSql = (e: string) => `${e}.is_machine = 0 AND ${isNotReclassifiedSql(e)}`;

export type MessageKey = { recipientId: number; stepNumber: number };
export type StoredEngagement = Engagement & MessageKey & { dedupeKey: string };
/** `delivery` is the earliest delivery that a provider has reported, or null. */
export type EngagedMessage = { delivery: ReportedDelivery | null; engagements: StoredEngagement[] };

/**
 * The most events read per request. No person or scanner opens and clicks an email so often, and
 * more events would tell nothing new.
 */
const maxEngagements = 2_000;

type EngagementRow = MessageKey & {
  kind: "opened" | "clicked" | "delivered";
  at: number;
  receivedAt: number;
  isMachine: number;
  dedupeKey: string;
  url: string | null;
  sign: MachineSign | null;
};

/**
 * Builds the query of the opens, the clicks and the deliveries of each message in `keys`. Run after
 * `buildEventInserts`, in the same batch.
 */
export function buildEngagementQuery(
  db: Database,
  tenantId: number,
  keys: readonly MessageKey[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `SELECT e.recipient_id AS recipientId, e.step_number AS stepNumber, e.kind, e.occurred_at AS at,
        e.received_at AS receivedAt, e.is_machine AS isMachine, e.dedupe_key AS dedupeKey, e.data->>'url' AS url, e.data->>'machineSign' AS sign
      FROM json_each(?1) k
      JOIN events e ON e.recipient_id = k.value->>'recipientId' AND e.step_number = k.value->>'stepNumber'
        AND e.kind IN ('opened', 'clicked', 'delivered')
      WHERE +e.tenant_id = ?2 AND ${isNotReclassifiedSql("e")}
      ORDER BY e.kind = 'delivered' DESC LIMIT ${maxEngagements}`,
    )
    .bind(JSON.stringify(keys), tenantId);
}

/**
 * Groups the rows of `buildEngagementQuery` by message. An engagement that turned out to be a
 * machine's is returned once, with the sign by which the machine was recognized.
 */
export function toEngagedMessages(found: readonly unknown[]): EngagedMessage[] {
  const results = found as readonly EngagementRow[];
  const messages = Map.groupBy(results, ({ recipientId, stepNumber }) => `${recipientId} ${stepNumber}`);
  return [...messages.values()].map((rows) => {
    const deliveries = rows
      .filter(({ kind }) => kind === "delivered")
      .map(({ at, receivedAt }) => ({ occurredAt: at, receivedAt }))
      .toSorted((a, b) => a.occurredAt - b.occurredAt);
    const engagements = rows.flatMap(({ kind, isMachine, sign, receivedAt: _, ...row }) =>
      kind === "delivered"
        ? []
        : [{ ...row, kind, sign: isMachine === 1 ? (sign ?? ("provider" as const)) : null }],
    );
    return { delivery: deliveries[0] ?? null, engagements };
  });
}
