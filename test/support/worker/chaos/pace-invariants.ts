import { getToleranceMs } from "../../../../worker/domain/send/departure.ts";
import type { Evidence } from "./invariants.ts";
import { dayIn } from "./local-time.ts";
import type { Call } from "./provider-log.ts";
import { accounts, senderZone } from "./scenario.ts";

/* Checks the calls of a run against the sender's caps and its rate. */

/** No sender makes more calls than its cap on any calendar day of its own zone. */
export function underDailyCap({ scenario, calls }: Evidence): string[] {
  return overCap(calls, scenario.dailyCap, ({ from }) => from);
}

/** The same for each recipient domain. */
export function underDomainCap({ scenario, calls }: Evidence): string[] {
  if (scenario.domainDailyCap === null) return [];
  return overCap(calls, scenario.domainDailyCap, ({ from, to }) => `${from} to ${to.slice(to.indexOf("@"))}`);
}

function overCap(calls: readonly Call[], cap: number, groupOf: (call: Call) => string): string[] {
  const groups = Map.groupBy(
    slotCalls(calls),
    (call) => `${groupOf(call)} on ${dayIn(call.seen, senderZone)}`,
  );
  return [...groups].flatMap(([name, own]) =>
    own.length <= cap ? [] : [`${own.length} by ${name}, where ${cap} are allowed`],
  );
}

/**
 * No span of time holds more calls than intervals begin in it, within the tolerance at both ends.
 * At an interval of a minute or more, no two calls are closer than the rate or the gap allows.
 */
export function underRate({ scenario, calls }: Evidence): string[] {
  const bySender = Map.groupBy(slotCalls(calls), ({ from }) => from);
  return [...bySender.values()].flatMap((own) => tooFast(own, scenario.intervalMs));
}

function tooFast(calls: readonly Call[], intervalMs: number): string[] {
  const times = calls.map(({ seen }) => seen).toSorted((a, b) => a - b);
  return times.flatMap((first, from) => {
    const last = times.findIndex(
      (at, index) => index > from && (index - from) * intervalMs > at - first + getToleranceMs(intervalMs),
    );
    return last === -1
      ? []
      : [
          `${last - from + 1} calls in the ${(times[last] ?? 0) - first} ms from ${new Date(first).toISOString()}`,
        ];
  });
}

/**
 * Returns the calls to the first account. A call to the second account follows one of these and
 * uses the same slot.
 */
function slotCalls(calls: readonly Call[]): Call[] {
  return calls.filter(({ accountId }) => accountId === accounts.first);
}
