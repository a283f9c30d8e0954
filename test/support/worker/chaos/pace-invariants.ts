import { getDepartureToleranceMs } from "../../../../worker/domain/send/interval.ts";
import type { ChaosRunRecord } from "./invariants.ts";
import { formatLocalDay } from "./local-time.ts";
import type { RecordedCall } from "./provider-log.ts";
import { chaosAccountIds, senderTimeZone } from "./scenario.ts";

/* Checks the calls of a run against each sender's daily limits and sending rate. */

/**
 * Finds the days on which a sender made more calls than the sender's daily cap. A day is a calendar
 * day of the sender's own time zone.
 */
export function findDailyCapFaults({ scenario, calls }: ChaosRunRecord): string[] {
  return findCapFaults(calls, scenario.dailyCap, ({ from }) => from);
}

/**
 * Finds the days on which a sender made more calls for one domain of recipients than the daily cap
 * for a domain.
 */
export function findDomainCapFaults({ scenario, calls }: ChaosRunRecord): string[] {
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
    (call) => `${groupOf(call)} on ${formatLocalDay(call.seen, senderTimeZone)}`,
  );
  return [...groups].flatMap(([name, own]) =>
    own.length <= cap ? [] : [`${own.length} by ${name}, where ${cap} are allowed`],
  );
}

/**
 * Finds the spans of time with more calls than the sender's interval allows. Each call after the
 * first needs one interval; `getDepartureToleranceMs` returns the tolerance.
 */
export function findRateFaults({ scenario, calls }: ChaosRunRecord): string[] {
  const bySender = Map.groupBy(listFirstAccountCalls(calls), ({ from }) => from);
  return [...bySender.values()].flatMap((own) => findTooFastCalls(own, scenario.intervalMs));
}

function findTooFastCalls(calls: readonly RecordedCall[], intervalMs: number): string[] {
  const times = calls.map(({ seen }) => seen).toSorted((a, b) => a - b);
  return times.flatMap((first, from) => {
    const last = times.findIndex(
      (at, index) =>
        index > from && (index - from) * intervalMs > at - first + getDepartureToleranceMs(intervalMs),
    );
    return last === -1
      ? []
      : [
          `${last - from + 1} calls in the ${(times[last] ?? 0) - first} ms from ${new Date(first).toISOString()}`,
        ];
  });
}

/**
 * Returns the calls of the first account. A call of the second account is a second try for the same
 * email and uses the same slot, which is the planned moment of the email.
 */
function listFirstAccountCalls(calls: readonly RecordedCall[]): RecordedCall[] {
  return calls.filter(({ accountId }) => accountId === chaosAccountIds.first);
}
