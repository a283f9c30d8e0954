import type { NormalizedEvent } from "./domain/receive/event.ts";
import type { PlannedSlot } from "./domain/send/pacing.ts";

/**
 * A message of the send queue: the emails to send, with only their ids and send times. All other
 * facts stay in D1.
 */
export type SendJob = { kind: "send"; entries: SendJobEntry[] };

/**
 * One email that a run of the cron trigger has claimed, that is, reserved for sending. The email
 * may leave at `slotAt` (milliseconds UTC) or later. `lease` is the claim's id.
 */
export type SendJobEntry = { recipientId: number; stepNumber: number; lease: number } & PlannedSlot;

/**
 * A message of the event queue: normalized events on their way into D1. `tenantId` is the tenant of
 * the provider account, and events count only for messages of that tenant.
 */
export type EventJob = {
  kind: "events";
  tenantId: number;
  source: string;
  receivedAt: number;
  events: NormalizedEvent[];
};
