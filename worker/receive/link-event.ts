import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { MessageReference } from "../providers/provider.ts";

/**
 * Builds the event that a request for a link or a pixel of an email causes. The token in the link
 * names the message.
 */
export function buildLinkEvent(
  kind: "opened" | "clicked" | "unsubscribed",
  { recipientId, stepNumber }: MessageReference,
  facts: Pick<NormalizedEvent, "occurredAt" | "dedupeKey" | "isMachine" | "data">,
): NormalizedEvent {
  return { kind, recipientId, stepNumber, email: null, messageId: null, providerMessageId: null, ...facts };
}
