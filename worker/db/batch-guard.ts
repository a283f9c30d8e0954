import type { Database } from "./scope.ts";

/**
 * A statement that undoes the whole batch it stands in unless `condition` holds: D1 has no other way to abort one.
 * @param name letters only; `failedGuard` gives it back
 * @param condition SQL that a person wrote, with `?` for each of `values`
 */
export function guard(
  db: Database,
  name: string,
  condition: string,
  ...values: unknown[]
): D1PreparedStatement {
  return db.$client
    .prepare(`SELECT CASE WHEN ${condition} THEN 1 ELSE json_extract('{}', 'guard:${name}') END`)
    .bind(...values);
}

/** The name of the guard that stopped a batch, null when it went through; other failures are thrown on. */
export async function refusalOf(batch: Promise<unknown>): Promise<string | null> {
  try {
    await batch;
    return null;
  } catch (error) {
    const refusal = failedGuard(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

function failedGuard(error: unknown): string | null {
  return /'guard:(\w+)'/.exec(error instanceof Error ? error.message : "")?.[1] ?? null;
}

const tries = 3;

/**
 * Carries out a write whose rows get their ids from `Ctx.newId()`. Those of two requests in one millisecond may overlap,
 * more likely the more rows they write; the write then fails as a whole and is made again with the ids that follow.
 */
export async function withFreshIds<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === tries || !isIdTaken(error)) throw error;
    }
  }
}

function isIdTaken(error: unknown): boolean {
  return error instanceof Error && /UNIQUE constraint failed: \w+\.id\b/.test(error.message);
}
