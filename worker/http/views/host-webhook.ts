import type { z } from "zod";
import type { HostWebhook, hostDelivery } from "../../../shared/host-webhook.ts";
import type { HostDeliveryState } from "../../../shared/vocabulary.ts";
import type { LoggedEvent } from "../../db/host-events.ts";
import type { HostWebhookRow } from "../../db/host-webhooks.ts";
import { buildWebhookMessageId } from "../../domain/send/host-delivery.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

export function toHostWebhookView(row: HostWebhookRow, now: number): HostWebhook {
  const { id, url, description, eventTypes, disabledReason, deliveredTo } = row;
  const isOldLive = row.oldSecretUntil !== null && row.oldSecretUntil > now;
  return {
    ...{ id, url, description, eventTypes, disabledReason, deliveredTo },
    isEnabled: row.disabledAt === null,
    disabledAt: toIsoOrNull(row.disabledAt),
    failingSince: toIsoOrNull(row.failingSince),
    nextAttemptAt: row.failingSince === null ? null : toIso(row.nextAttemptAt),
    oldSecretUntil: isOldLive ? toIsoOrNull(row.oldSecretUntil) : null,
    rounds: row.rounds.map(({ at, ...round }) => ({ at: toIso(at), ...round })),
    createdAt: toIso(row.createdAt),
  };
}

export function toHostDeliveryView(
  { tenantId, deliveredTo }: HostWebhookRow,
  event: LoggedEvent,
): z.input<typeof hostDelivery> {
  const { sequence, type, attempts, failure, nextAttemptAt } = event;
  return {
    ...{ sequence, type, failure },
    webhookId: buildWebhookMessageId(tenantId, sequence),
    occurredAt: toIso(event.occurredAt),
    state: findState(event, deliveredTo),
    attempts: attempts ?? 0,
    nextAttemptAt: toIsoOrNull(nextAttemptAt),
    data: event.data as z.input<typeof hostDelivery>["data"],
  };
}

function findState(event: LoggedEvent, deliveredTo: number): HostDeliveryState {
  if (event.attempts !== null) return event.nextAttemptAt === null ? "failed" : "retrying";
  return event.sequence > deliveredTo ? "waiting" : "delivered";
}
