import { bindings } from "../world.ts";
import type { SimulatedClock } from "./clock.ts";
import { type StatusChange, type StatusChangeRow, statusChangesSinceSql } from "./facts.ts";
import type { FaultSource } from "./faults.ts";
import { type EntryPointCall, makeOutsideCall } from "./outside.ts";

export type SimulatedDatabaseOptions = {
  clock: SimulatedClock;
  faults: FaultSource;
  /**
   * Changes each SQL statement before D1 runs the statement. A test puts a bug into the engine with
   * this function.
   */
  rewrite: (sql: string) => string;
  onFact: (fact: StatusChange) => void;
};

/**
 * The real D1 with simulated faults on the way to D1. `open` returns the D1 binding for one call of
 * an entry point of the Worker.
 */
export type SimulatedDatabase = {
  open(invocation: EntryPointCall): D1Database;
  facts: readonly StatusChange[];
};

export function createSimulatedDatabase({
  clock,
  faults,
  rewrite,
  onFact,
}: SimulatedDatabaseOptions): SimulatedDatabase {
  const facts: StatusChange[] = [];
  let lastRow = 0;
  /**
   * Runs statements as one transaction, and records the status changes ("facts") that the
   * statements have caused.
   */
  const commit: Commit = async (statements, mayWrite) => {
    // Most calls run a single SELECT, which changes no status.
    const [only] = statements;
    if (only !== undefined && !mayWrite) return [await only.all()];
    const results = await bindings.DB.batch([
      ...statements,
      bindings.DB.prepare(statusChangesSinceSql).bind(lastRow),
    ]);
    const rows = (results.pop()?.results ?? []) as StatusChangeRow[];
    for (const { row, ...change } of rows) {
      const fact = { ...change, ...clock.stamp() };
      facts.push(fact);
      lastRow = row;
      onFact(fact);
    }
    return results;
  };
  return {
    facts,
    open(invocation) {
      const send = <T>(label: string, effect: () => Promise<T>) =>
        makeOutsideCall(clock, invocation, faults.drawNetwork(label), effect);
      return createBinding(rewrite, commit, send);
    },
  };
}

/**
 * A function that runs statements as one transaction. `mayWrite` is false only for a single
 * statement that reads.
 */
type Commit = (statements: D1PreparedStatement[], mayWrite: boolean) => Promise<D1Result<unknown>[]>;
type Send = <T>(label: string, effect: () => Promise<T>) => Promise<T>;

function createBinding(rewrite: (sql: string) => string, commit: Commit, send: Send): D1Database {
  const inner = new WeakMap<object, { statement: D1PreparedStatement; label: string }>();
  const wrap = (statement: D1PreparedStatement, label: string): D1PreparedStatement => {
    const one = async () => (await commit([statement], !label.startsWith("SELECT")))[0];
    const proxy = new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => wrap(target.bind(...values), label);
        if (name === "all" || name === "run") return () => send(label, one);
        if (name === "first") return () => send(label, async () => (await one())?.results[0] ?? null);
        throw new Error(`the engine is not expected to use ${String(name)}()`);
      },
    });
    inner.set(proxy, { statement, label });
    return proxy;
  };
  return new Proxy(bindings.DB, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => wrap(target.prepare(rewrite(sql)), labelStatement(sql));
      if (name !== "batch") throw new Error(`the engine is not expected to use ${String(name)}()`);
      return (statements: D1PreparedStatement[]) => {
        const known = statements.flatMap((one) => inner.get(one) ?? []);
        const label = [...new Set(known.map((one) => one.label))].join(" + ");
        return send(label, () => {
          const statements = known.map((one) => one.statement);
          return commit(statements, true);
        });
      };
    },
  });
}

/** Returns a short label for a statement: its first word and its table. */
function labelStatement(sql: string): string {
  const words = sql.replace(/\s+/g, " ").trim();
  const table = /(?:INSERT INTO|UPDATE|DELETE FROM|FROM json_each\(\?1\) \w+ JOIN|FROM) (\w+)/.exec(
    words,
  )?.[1];
  return `${words.split(" ", 1)[0]?.toUpperCase()} ${table}`;
}
