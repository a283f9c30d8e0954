import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { MessageReference } from "../providers/provider.ts";

/**
 * Builds the event of a request for a link or pixel in an email. The link's token names the
 * message.
 */
export function buildLinkEvent(
  kind: "opened" | "clicked" | "unsubscribed",
  { recipientId, stepNumber }: MessageReference,
  facts: Pick<NormalizedEvent, "occurredAt" | "dedupeKey" | "isMachine" | "data">,
): NormalizedEvent {
  return { kind, recipientId, stepNumber, email: null, messageId: null, providerMessageId: null, ...facts };
}
