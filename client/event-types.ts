import type { DoorknockEventType } from "../plugin/host/host.ts";

const types: Readonly<Record<DoorknockEventType, true>> = {
  ready: true,
  error: true,
  "auth-required": true,
  "campaign-launched": true,
  "campaign-recalled": true,
  "campaign-paused": true,
  "campaign-resumed": true,
  "campaign-stopped": true,
  "task-opened": true,
  "task-done": true,
  "task-skipped": true,
  "task-closed": true,
  replied: true,
  outcome: true,
  bounced: true,
  unsubscribed: true,
  completed: true,
  "contact-updated": true,
  count: true,
  "open-property": true,
  navigate: true,
};

/** Every event of the element, without `dk:`. */
export const doorknockEventTypes = Object.keys(types) as DoorknockEventType[];
