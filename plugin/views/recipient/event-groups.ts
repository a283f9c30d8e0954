import type { TimelineEvent } from "../../../shared/recipient.ts";

export type EventGroup = {
  event: TimelineEvent;
  times: number;
};

/**
 * Groups the repeated events of one email. Nine opens become one group for the line "Opened 9
 * times", at the time of the first open.
 */
export function groupRepeatedEvents(events: readonly TimelineEvent[]): EventGroup[] {
  const groups = new Map<string, EventGroup>();
  const inOrder = [...events].sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
  // The message's own line already says "Sent", so the list leaves out the event `accepted` of the
  // mail service.
  for (const event of inOrder.filter(({ kind }) => kind !== "accepted")) {
    const isRepeatable = event.text === null;
    const key = isRepeatable
      ? `${event.kind} ${event.isMachine} ${event.url ?? ""}`
      : `${event.kind} ${event.occurredAt}`;
    const group = groups.get(key);
    if (group) group.times++;
    else groups.set(key, { event, times: 1 });
  }
  return [...groups.values()];
}
