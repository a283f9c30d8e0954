import { type Signal, signal } from "@preact/signals";
import { Failure } from "./api.ts";

export interface Loaded<T> {
  data: T | undefined;
  failure: Failure | undefined;
}

export interface ResourceOptions<T> {
  fetch: (signal: AbortSignal) => Promise<T>;
  initial?: T | undefined;
  /** Looked at after each answer: is this worth asking again? */
  shouldPoll?: (data: T) => boolean;
  /** False while nobody can see it; nothing is asked then. */
  isVisible?: () => boolean;
  onFailure?: (failure: Failure) => void;
  pollMs?: number;
}

export interface Resource<T> {
  state: Signal<Loaded<T>>;
  start(): void;
  stop(): void;
  reload(): Promise<void>;
  /** Puts in what an action answered, so that the screen need not wait for the next look. */
  set(data: T): void;
}

const longestPollMs = 60_000;

const asFailure = (cause: unknown) =>
  cause instanceof Failure ? cause : new Failure("internal", "Something went wrong in this tab.");

/** Null where nobody waits for it any more. */
async function ask<T>(fetch: ResourceOptions<T>["fetch"], signal: AbortSignal): Promise<Loaded<T> | null> {
  try {
    const data = await fetch(signal);
    return signal.aborted ? null : { data, failure: undefined };
  } catch (cause) {
    return signal.aborted ? null : { data: undefined, failure: asFailure(cause) };
  }
}

/** Something the Worker knows, kept reasonably fresh while it is looked at. */
export function createResource<T>(options: ResourceOptions<T>): Resource<T> {
  const { fetch, shouldPoll = () => false, isVisible = () => true, onFailure, pollMs = 5_000 } = options;
  const state = signal<Loaded<T>>({ data: options.initial, failure: undefined });
  let abort: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const schedule = () => {
    clearTimeout(timer);
    const { data, failure } = state.peek();
    // The first load is retried by the reader, who sees the failure; a refresh is retried here, ever more rarely.
    if (data === undefined || !shouldPoll(data) || failure?.code === "sessionEnded") return;
    timer = setTimeout(tick, Math.min(pollMs * 2 ** failures, longestPollMs));
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
    const answer = await ask(fetch, own.signal);
    if (answer === null) return;
    const before = state.peek();
    failures = answer.failure ? failures + 1 : 0;
    state.value = { data: answer.failure ? before.data : answer.data, failure: answer.failure };
    // The host is told once that something broke, not at every attempt.
    if (answer.failure && before.failure?.code !== answer.failure.code) onFailure?.(answer.failure);
    schedule();
  };
  return {
    state,
    start: () => void load(),
    stop: () => {
      clearTimeout(timer);
      abort?.abort();
    },
    reload: load,
    set: (data) => {
      // An answer already under way is older than this.
      abort?.abort();
      state.value = { data, failure: undefined };
      schedule();
    },
  };
}
