import { parkOpenCalls } from "./messages.ts";
import type { Database } from "./scope.ts";
import { closeStoppedTasks } from "./tasks.ts";

/**
 * What a stop leaves open is closed with it: a call that is being made is listed as unknown, and a task is over.
 * Statements for the batch of the stop, after it.
 * @param recipients SQL that a person wrote: the ids of those who may have been stopped, with `?1` … for `values`
 */
export function closeStopped(
  db: Database,
  at: number,
  recipients: string,
  ...values: unknown[]
): D1PreparedStatement[] {
  return [...parkOpenCalls(db, recipients, ...values), closeStoppedTasks(db, at, recipients, ...values)];
}
