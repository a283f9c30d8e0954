import { bindings } from "../world.ts";
import type { EventStamp } from "./clock.ts";

/**
 * A fact: a change of a status, of a snooze or of a request to send now. The database records the
 * change in the same transaction that makes the change.
 */
export type StatusChange = EventStamp & {
  /**
   * The kind of row that changed. `id` is the id of the campaign or of the tenant; for all other
   * kinds of rows, `id` is the recipient's id. A task's status is "open" until the task has an
   * outcome. For `snoozes`, `to` is the end of the snooze in ms UTC; "0" means no snooze. For
   * `hastened`, `to` is "1" if an agent asked to send now, "2" if the agent also ignored the
   * sending hours, and otherwise "0".
   */
  table: "messages" | "tasks" | "recipients" | "campaigns" | "tenants" | "snoozes" | "hastened";
  id: number;
  stepNumber: number;
  from: string | null;
  to: string;
};

export type StatusChangeRow = Omit<StatusChange, keyof EventStamp> & { row: number };

/**
 * The query for the facts after row `?1`. The query runs in the same transaction as the statements
 * that have caused these facts.
 */
export const statusChangesSinceSql = `SELECT row, "table", id, step_number AS stepNumber, "from", "to"
  FROM chaos_facts WHERE row > ?1 ORDER BY row`;

const tableSql = `CREATE TABLE chaos_facts (row INTEGER PRIMARY KEY AUTOINCREMENT, "table" TEXT NOT NULL,
  id INTEGER NOT NULL, step_number INTEGER NOT NULL, "from" TEXT, "to" TEXT NOT NULL)`;

const note = 'INSERT INTO chaos_facts ("table", id, step_number, "from", "to") VALUES';
const triggers = {
  chaos_recipients: `AFTER UPDATE OF status ON campaign_recipients WHEN OLD.status <> NEW.status
    BEGIN ${note} ('recipients', NEW.id, NEW.next_step, OLD.status, NEW.status); END`,
  chaos_campaigns: `AFTER UPDATE OF status ON campaigns WHEN OLD.status <> NEW.status
    BEGIN ${note} ('campaigns', NEW.id, 0, OLD.status, NEW.status); END`,
  chaos_tenants: `AFTER UPDATE OF stopped_at ON tenants
    BEGIN ${note} ('tenants', NEW.id, 0, iif(OLD.stopped_at IS NULL, 'active', 'stopped'),
      iif(NEW.stopped_at IS NULL, 'active', 'stopped')); END`,
  chaos_snoozes: `AFTER UPDATE OF snoozed_until ON campaign_recipients WHEN OLD.snoozed_until IS NOT NEW.snoozed_until
    BEGIN ${note} ('snoozes', NEW.id, NEW.next_step, coalesce(OLD.snoozed_until, 0), coalesce(NEW.snoozed_until, 0)); END`,
  chaos_hastened: `AFTER UPDATE OF send_now ON campaign_recipients WHEN OLD.send_now <> NEW.send_now
    BEGIN ${note} ('hastened', NEW.id, NEW.next_step, OLD.send_now, NEW.send_now); END`,
  chaos_new_tasks: `AFTER INSERT ON tasks
    BEGIN ${note} ('tasks', NEW.recipient_id, NEW.step_number, NULL, coalesce(NEW.outcome, 'open')); END`,
  chaos_tasks: `AFTER UPDATE OF outcome ON tasks WHEN OLD.outcome IS NOT NEW.outcome
    BEGIN ${note} ('tasks', NEW.recipient_id, NEW.step_number, coalesce(OLD.outcome, 'open'), coalesce(NEW.outcome, 'open')); END`,
  chaos_new_messages: `AFTER INSERT ON messages
    BEGIN ${note} ('messages', NEW.recipient_id, NEW.step_number, NULL, NEW.status); END`,
  chaos_messages: `AFTER UPDATE OF status ON messages
    BEGIN ${note} ('messages', NEW.recipient_id, NEW.step_number, OLD.status, NEW.status); END`,
};

/** Creates database triggers that record every fact, whichever code changes the row. */
export async function startRecordingStatusChanges(): Promise<void> {
  await stopRecordingStatusChanges();
  await bindings.DB.batch([
    bindings.DB.prepare(tableSql),
    ...Object.entries(triggers).map(([name, sql]) => bindings.DB.prepare(`CREATE TRIGGER ${name} ${sql}`)),
  ]);
}

export async function stopRecordingStatusChanges(): Promise<void> {
  await bindings.DB.batch([
    ...Object.keys(triggers).map((name) => bindings.DB.prepare(`DROP TRIGGER IF EXISTS ${name}`)),
    bindings.DB.prepare("DROP TABLE IF EXISTS chaos_facts"),
  ]);
}
