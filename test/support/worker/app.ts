import { createApi, createTenant } from "./api.ts";
import { createClock } from "./clock.ts";
import { openEngine } from "./engine.ts";
import { bindings, emptyDatabase } from "./world.ts";

/** Creates the API and the engine with a common clock. The database contains only tenant 1. */
export async function openApp(options: { intervalMs?: number } = {}) {
  await emptyDatabase();
  await createTenant(1);
  await bindings.DB.prepare("UPDATE senders SET interval_ms = ?")
    .bind(options.intervalMs ?? 1)
    .run();
  const clock = createClock();
  return { ...(await openEngine({ clock })), api: createApi({ clock }) };
}
export type App = Awaited<ReturnType<typeof openApp>>;

/** Returns the actions in the audit log, oldest first. */
export async function listAuditedActions(): Promise<string[]> {
  const { results } = await bindings.DB.prepare("SELECT action FROM audit_log ORDER BY created_at, id").all<{
    action: string;
  }>();
  return results.map(({ action }) => action);
}
