/** The events of the element, by their names without `dk:`. */
export const doorknockEventTypes = [
  "ready",
  "error",
  "auth-required",
  "campaign-launched",
  "campaign-recalled",
  "campaign-paused",
  "campaign-resumed",
  "campaign-stopped",
  /** Reported when the tab shows a task for the first time. */
  "task-opened",
  "task-done",
  "task-skipped",
  /** Reported beside `task-done` and `task-skipped`; `outcome` tells how the task ended. */
  "task-closed",
  /**
   * Reported when the tab learns of it from data that it loads anyway: once for each recipient as
   * long as the page and its agent stay the same. Old news are reported too when the tab first
   * shows them.
   */
  "replied",
  "bounced",
  "unsubscribed",
  "completed",
  /**
   * Reported when the agent records what came of a person's reply, or takes it back. `outcome` is
   * null after an undo.
   */
  "outcome",
  /** Reported when a recipient's address differs from the one that the tab showed before. */
  "contact-updated",
  /**
   * A number for a badge. The agent's home page reports the number of replies that wait for the
   * agent, and the tab of a property the number of open tasks at the property.
   */
  "count",
  /**
   * Reported by the agent's home page: the agent wants to see the host's page of the property
   * `propertyId`.
   */
  "open-property",
  /**
   * Reported after each move to another view. `view` is the value of the element's attribute `view`
   * that opens this view again.
   */
  "navigate",
] as const;

export type DoorknockEventType = (typeof doorknockEventTypes)[number];
