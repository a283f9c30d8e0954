/**
 * The cost of statements, as reported by D1. The local D1 counts rows in the same way as Cloudflare
 * counts rows for billing.
 */
export type StatementCost = { rowsRead: number; rowsWritten: number; statements: number };

type MeterOptions = {
  /**
   * If true, the cost includes the statements that Drizzle reads with `raw`. `raw` reports no cost,
   * so each of these statements runs twice. Use this option only for requests that change nothing.
   */
  metersRaw?: boolean;
};

/**
 * Returns a wrapped database. `cost` adds up the cost of all statements that run through the
 * wrapped database.
 */
export function meterDatabase(
  d1: D1Database,
  { metersRaw = false }: MeterOptions = {},
): { d1: D1Database; cost: StatementCost } {
  const cost: StatementCost = { rowsRead: 0, rowsWritten: 0, statements: 0 };
  const add = <Result extends { meta: D1Meta }>(result: Result): Result => {
    cost.rowsRead += result.meta.rows_read;
    cost.rowsWritten += result.meta.rows_written;
    cost.statements += 1;
    return result;
  };
  const originals = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => wrap(target.bind(...values));
        if (name === "all") return async () => add(await target.all());
        if (name === "run") return async () => add(await target.run());
        if (name === "first") return async () => (add(await target.all()).results[0] ?? null) as unknown;
        if (name === "raw" && metersRaw)
          return async () => {
            add(await target.all());
            return await target.raw();
          };
        // Drizzle reads rows with `raw`, so other tests that measure the cost must not read through
        // Drizzle.
        if (name === "raw") throw new Error("raw() can't be metered");
        return Reflect.get(target, name) as unknown;
      },
    });
    originals.set(proxy, statement);
    return proxy;
  };
  const meteredD1 = new Proxy(d1, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => wrap(target.prepare(sql));
      if (name === "batch") {
        return async (statements: D1PreparedStatement[]) =>
          (await target.batch(statements.map((one) => originals.get(one) ?? one))).map(add);
      }
      return Reflect.get(target, name) as unknown;
    },
  });
  return { d1: meteredD1, cost };
}
