import type { NormalizedEvent } from "./domain/receive/event.ts";
import type { PlannedSlot } from "./domain/send/pacing.ts";

/**
 * The message of the send queue: the ids, claims and slots of emails. All other facts stay in D1.
 */
export type SendJob = { kind: "send"; entries: SendEntry[] };

/**
 * One claimed email. The email may leave at `slotAt` (milliseconds UTC) or later. `lease` is the
 * claim's id.
 */
export type SendEntry = { recipientId: number; stepNumber: number; lease: number } & PlannedSlot;

/**
 * The message of the event queue: normalized events on their way into D1. `tenantId` is the tenant
 * of the provider account, and events count only for messages of that tenant.
 */
export type EventJob = {
  kind: "events";
  tenantId: number;
  source: string;
  receivedAt: number;
  events: NormalizedEvent[];
};
