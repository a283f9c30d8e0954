import type { NormalizedEvent } from "../../../worker/domain/receive/event.ts";
import { testStartAt } from "./clock.ts";
import { worldIds } from "./world.ts";

export type EventParts = Partial<NormalizedEvent> & Pick<NormalizedEvent, "kind">;

/**
 * Builds an event that a person caused, about the first recipient and the first step of the tests'
 * world. `parts` replaces these defaults.
 */
export function buildEvent(parts: EventParts): NormalizedEvent {
  return {
    recipientId: worldIds.firstRecipient,
    stepNumber: 1,
    email: null,
    occurredAt: testStartAt,
    dedupeKey: parts.kind,
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data: {},
    ...parts,
  };
}
