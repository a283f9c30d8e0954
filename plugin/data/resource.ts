import { type Signal, signal } from "@preact/signals";
import { RequestFailure } from "./api.ts";

export type LoadState<T> = {
  data: T | undefined;
  failure: RequestFailure | undefined;
};

export type ResourceOptions<T> = {
  fetch: (signal: AbortSignal) => Promise<T>;
  initial?: T | undefined;
  /** Tells, after each answer, whether the resource should load the data again later. */
  shouldPoll?: (data: T) => boolean;
  /**
   * Returns false while the agent can't see the tab. During this time, the resource does not load
   * again.
   */
  isVisible?: () => boolean;
  onFailure?: (failure: RequestFailure) => void;
  pollMs?: number;
};

export type Resource<T> = {
  state: Signal<LoadState<T>>;
  start(): void;
  stop(): void;
  reload(): Promise<void>;
  /**
   * Replaces the data by the Worker's answer to an action, so that the screen changes before the
   * next load.
   */
  set(data: T): void;
};

const longestPollMs = 60_000;
/**
 * The longest time between two loads, in ms. While the data does not change, the time between two
 * loads grows up to this limit.
 */
const longestQuietMs = 15_000;

const toFailure = (cause: unknown) =>
  cause instanceof RequestFailure
    ? cause
    : new RequestFailure("internal", "Something went wrong in this tab.");

/** Loads the data once. Returns null if the load was aborted. */
async function loadOnce<T>(
  fetch: ResourceOptions<T>["fetch"],
  signal: AbortSignal,
): Promise<LoadState<T> | null> {
  try {
    const data = await fetch(signal);
    return signal.aborted ? null : { data, failure: undefined };
  } catch (cause) {
    return signal.aborted ? null : { data: undefined, failure: toFailure(cause) };
  }
}

/**
 * Creates a resource, which loads data from the Worker at `start`. While `shouldPoll` returns true,
 * the resource loads again every few seconds, and less often while the data does not change.
 */
export function createResource<T>(options: ResourceOptions<T>): Resource<T> {
  const { fetch, shouldPoll = () => false, isVisible = () => true, onFailure, pollMs = 5_000 } = options;
  const state = signal<LoadState<T>>({ data: options.initial, failure: undefined });
  let abort: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** The number of loads since the data last changed. */
  let quiet = 0;
  let isRunning = false;

  const schedule = () => {
    clearTimeout(timer);
    if (!isRunning) return;
    const { data, failure } = state.peek();
    // After a failed first load, the agent sees the failure and can try again. The timer below
    // retries a load only if earlier data is on the screen, at growing intervals.
    if (data === undefined || !shouldPoll(data) || failure?.code === "sessionEnded") return;
    const pauseMs =
      failures > 0
        ? Math.min(pollMs * 2 ** failures, longestPollMs)
        : Math.max(pollMs, Math.min(pollMs * 1.5 ** quiet, longestQuietMs));
    timer = setTimeout(tick, pauseMs);
  };
  const tick = () => {
    if (isVisible()) void load();
    else schedule();
  };
  const load = async () => {
    clearTimeout(timer);
    abort?.abort();
    const own = new AbortController();
    abort = own;
    const answer = await loadOnce(fetch, own.signal);
    if (answer === null) return;
    const before = state.peek();
    failures = answer.failure ? failures + 1 : 0;
    quiet = answer.data === before.data ? quiet + 1 : 0;
    state.value = { data: answer.failure ? before.data : answer.data, failure: answer.failure };
    // `onFailure` tells the host once about a failure, not at every retry.
    if (answer.failure && before.failure?.code !== answer.failure.code) onFailure?.(answer.failure);
    schedule();
  };
  return {
    state,
    start: () => {
      isRunning = true;
      void load();
    },
    stop: () => {
      isRunning = false;
      clearTimeout(timer);
      abort?.abort();
    },
    reload: () => {
      quiet = 0;
      return load();
    },
    set: (data) => {
      // Aborts a load in progress, because its answer would be older than this data.
      abort?.abort();
      state.value = { data, failure: undefined };
      quiet = 0;
      schedule();
    },
  };
}
