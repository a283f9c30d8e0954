import { getToleranceMs } from "../../../../worker/domain/send/departure.ts";
import type { Evidence } from "./invariants.ts";
import { dayIn } from "./local-time.ts";
import type { Call } from "./provider-log.ts";
import { accounts, senderZone } from "./scenario.ts";

/* What a sender's caps and its rate promise, checked against the calls that were made. */

/** No more calls of one sender than its cap on any calendar day of its own. */
export function underDailyCap({ scenario, calls }: Evidence): string[] {
  return overCap(calls, scenario.dailyCap, ({ from }) => from);
}

/** The same to one recipient domain. */
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
 * Never over: any span of time holds at most as many calls as intervals begin in it, give or take the tolerance of the
 * two at its ends. At an interval of a minute or more no two calls are closer than the rate or the gap promises.
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

/** A slot's call is the one to the account that is asked first; a second account is asked after it, with the same slot. */
function slotCalls(calls: readonly Call[]): Call[] {
  return calls.filter(({ accountId }) => accountId === accounts.first);
}
