import { getToleranceMs } from "../../../../worker/domain/send/departure.ts";
import type { RunRecord } from "./invariants.ts";
import { formatDayIn } from "./local-time.ts";
import type { RecordedCall } from "./provider-log.ts";
import { accountIds, senderTimeZone } from "./scenario.ts";

/* Checks the calls of a run against the sender's caps and its rate. */

/** No sender makes more calls than its cap on any calendar day of its own zone. */
export function findDailyCapFaults({ scenario, calls }: RunRecord): string[] {
  return findCapFaults(calls, scenario.dailyCap, ({ from }) => from);
}

/** The same for each recipient domain. */
export function findDomainCapFaults({ scenario, calls }: RunRecord): string[] {
  if (scenario.domainDailyCap === null) return [];
  return findCapFaults(
    calls,
    scenario.domainDailyCap,
    ({ from, to }) => `${from} to ${to.slice(to.indexOf("@"))}`,
  );
}

function findCapFaults(
  calls: readonly RecordedCall[],
  cap: number,
  groupOf: (call: RecordedCall) => string,
): string[] {
  const groups = Map.groupBy(
    listFirstAccountCalls(calls),
    (call) => `${groupOf(call)} on ${formatDayIn(call.seen, senderTimeZone)}`,
  );
  return [...groups].flatMap(([name, own]) =>
    own.length <= cap ? [] : [`${own.length} by ${name}, where ${cap} are allowed`],
  );
}

/**
 * No span of time holds more calls than intervals begin in it, within the tolerance at both ends.
 * At an interval of a minute or more, no two calls are closer than the rate or the gap allows.
 */
export function findRateFaults({ scenario, calls }: RunRecord): string[] {
  const bySender = Map.groupBy(listFirstAccountCalls(calls), ({ from }) => from);
  return [...bySender.values()].flatMap((own) => findTooFastCalls(own, scenario.intervalMs));
}

function findTooFastCalls(calls: readonly RecordedCall[], intervalMs: number): string[] {
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
function listFirstAccountCalls(calls: readonly RecordedCall[]): RecordedCall[] {
  return calls.filter(({ accountId }) => accountId === accountIds.first);
}
