import { effect } from "@preact/signals";
import type { PropertyStatusInput } from "../../shared/property.ts";
import { RequestFailure, type RequestFailureCode } from "../data/api.ts";
import { buildPropertyReports, noteContactNamesTime, serializeReportedFacts } from "./property-report.ts";
import type { Session } from "./state.ts";

/**
 * The wait between a new record and the report about the record. All records that the host sets
 * during the wait go into one report.
 */
const settleMs = 400;
/** The time, in ms, after which an unchanged property is reported again. */
const lookMs = 3_600_000;
const firstRetryMs = 10_000;
const longestRetryMs = 300_000;
/** The failures after which the reporter does not retry, because the next report would fail too. */
const lastingFailures: RequestFailureCode[] = ["forbidden", "notFound", "invalidRequest", "sessionEnded"];

/**
 * Reports facts from the host's records to the Worker after each change: the listing, the address
 * and the contacts' names. Reports unchanged records again after an hour at the earliest. For the
 * Worker, a report from a visible tab means that an agent has looked at the property.
 * @returns a function that ends the reports
 */
export function startListingReports(session: Session): () => void {
  const { api, propertyId, given, reported, tokens, epoch } = session;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new AbortController();
  let underWay: string | null = null;
  let retryMs = firstRetryMs;

  const plan = (afterMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void report(), afterMs);
  };
  const send = async (content: string, bodies: readonly PropertyStatusInput[]) => {
    const before = reported.peek();
    // The screen shows what the Worker found with the earlier facts, such as a refused launch.
    let isOutdated = before !== null && before.content !== content;
    for (const body of bodies) {
      const { stopped } = await api.reportProperty(propertyId, body, ended.signal);
      // Recipients whom the report has stopped are still shown as active.
      isOutdated ||= stopped > 0;
      if (isOutdated) epoch.value++;
      isOutdated = false;
    }
    reported.value = { content, at: Date.now() };
    retryMs = firstRetryMs;
  };
  const retryLater = (cause: unknown) => {
    if (ended.signal.aborted) return;
    const failure =
      cause instanceof RequestFailure ? cause : new RequestFailure("internal", "A report failed.");
    // `noteFailure` tells the host once about a failure, not at every retry.
    if (retryMs === firstRetryMs) session.noteFailure(failure);
    if (lastingFailures.includes(failure.code)) return;
    plan(retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  };
  const report = async () => {
    const content = serializeReportedFacts(session);
    const last = reported.peek();
    const isTold = last?.content === content && Date.now() - last.at < lookMs;
    if (isTold || content === underWay || tokens.role() === "viewer") return;
    underWay = content;
    await send(content, buildPropertyReports(session)).catch(retryLater);
    if (underWay === content) underWay = null;
  };

  const unfollow = effect(() => {
    // A reconnection increases `epoch`. The effect then runs again, and a failed report is sent
    // again.
    void epoch.value;
    noteContactNamesTime(session);
    if (given.value !== null) plan(settleMs);
  });
  return () => {
    ended.abort();
    unfollow();
    clearTimeout(timer);
  };
}
