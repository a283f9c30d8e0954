import type { NormalizedEvent } from "../../../worker/domain/receive/event.ts";
import { start } from "./clock.ts";
import { ids } from "./world.ts";

export type EventParts = Partial<NormalizedEvent> & Pick<NormalizedEvent, "kind">;

/**
 * Builds a person's event about the world's first recipient and first step. `parts` replaces these
 * defaults.
 */
export function buildEvent(parts: EventParts): NormalizedEvent {
  return {
    recipientId: ids.firstRecipient,
    stepNumber: 1,
    email: null,
    occurredAt: start,
    dedupeKey: parts.kind,
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data: {},
    ...parts,
  };
}
