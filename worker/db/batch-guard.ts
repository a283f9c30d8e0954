import type { Database } from "./scope.ts";

/**
 * Builds a statement that fails, and so undoes its whole batch, unless `condition` holds. D1 has no
 * other way to abort a batch.
 * @param name letters only; `readFailedGuard` reads the name from the error
 * @param condition SQL, never user input, with `?` for each of `values`
 */
export function abortUnless(
  db: Database,
  name: string,
  condition: string,
  ...values: unknown[]
): D1PreparedStatement {
  return db.$client
    .prepare(`SELECT CASE WHEN ${condition} THEN 1 ELSE json_extract('{}', 'guard:${name}') END`)
    .bind(...values);
}

/**
 * Awaits a batch. Returns the name of the guard that undid the batch, or null if the batch
 * succeeded. Rethrows other failures.
 */
export async function awaitGuardedBatch(batch: Promise<unknown>): Promise<string | null> {
  try {
    await batch;
    return null;
  } catch (error) {
    const refusal = readFailedGuard(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

function readFailedGuard(error: unknown): string | null {
  return /'guard:(\w+)'/.exec(error instanceof Error ? error.message : "")?.[1] ?? null;
}

/**
 * Builds the statement that counts the rows that the statement before it in the batch has changed.
 * D1's `meta.changes` counts the rows that triggers write too, such as events for webhooks.
 */
export function buildChangeCount(db: Database): D1PreparedStatement {
  return db.$client.prepare("SELECT changes() AS changes");
}

/** Returns the number that the statement of `buildChangeCount` has found. */
export function readChangeCount(result: D1Result | undefined): number {
  const [row] = (result?.results ?? []) as { changes?: number }[];
  return row?.changes ?? 0;
}

const maxTries = 3;

/**
 * Runs a write whose rows get their ids from `Ctx.newId()`, and repeats the write with new ids if
 * an id is taken. Two requests in one millisecond may get overlapping ids; the later write then
 * fails as a whole.
 */
export async function retryWithFreshIds<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === maxTries || !isIdTaken(error)) throw error;
    }
  }
}

function isIdTaken(error: unknown): boolean {
  return error instanceof Error && /UNIQUE constraint failed: \w+\.id\b/.test(error.message);
}

/**
 * Tells whether a change sets no column. An admin may ask for what is so already, such as the pause
 * of a paused account; Drizzle builds no statement without a column.
 */
export const isEmptyChange = (change: Readonly<Record<string, unknown>>): boolean =>
  Object.values(change).every((value) => value === undefined);
