import type { RecipientsAddedResult } from "../../../shared/recipient.ts";
import { RequestFailure } from "../../data/api.ts";
import type { AddedPeopleFacts, PeopleApi } from "../../data/people-api.ts";
import type { NewPerson } from "./file/people.ts";
import { createRequestParts, isRequestTooLarge, type RequestParts } from "./parts.ts";

/** The most people in one request. With this size, an agent sees progress about every second. */
const peoplePerPart = 200;
/** The times in ms to wait before each new try while the Worker can't be reached. */
const retryMs = [1_000, 3_000, 10_000, 30_000];

/**
 * The progress of adding people. `waiting`: the connection is lost, and the last request is sent
 * again soon. `stopped`: a request has failed, or the agent has cancelled.
 */
export type AddingState = {
  status: "running" | "waiting" | "stopped" | "done";
  total: number;
  done: number;
  counts: RecipientsAddedResult;
  /** The people whom the Worker refused, each with the Worker's message. */
  refused: readonly { person: NewPerson; message: string }[];
  failure: RequestFailure | null;
};

/**
 * A process that adds people with one request after another. The process continues while no view
 * shows it.
 */
export type AddingProcess = {
  state: AddingState;
  /** Starts the process, continues it after a stop, or ends a wait at once. */
  run: () => Promise<void>;
  /** Stops the process after the current request. */
  cancel: () => void;
};

export type AddingProcessOptions = {
  api: Pick<PeopleApi, "add">;
  people: readonly NewPerson[];
  terms: AddedPeopleFacts;
  onChange: (state: AddingState) => void;
  /** Returns a promise that settles after this time, or once the signal is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

const none: RecipientsAddedResult = { added: 0, waitingForEmail: 0, alreadyThere: 0, suppressed: 0 };

/**
 * Creates the process that adds people; `run` starts the process. If an answer is lost and a
 * request is sent again, nobody is added twice: the Worker recognizes the address or the contact
 * key. If the Worker refuses one person, the others are still added.
 */
export function createAddingProcess({
  api,
  people,
  terms,
  onChange,
  wait,
}: AddingProcessOptions): AddingProcess {
  const parts = createRequestParts(people, peoplePerPart);
  let [isRunning, isCancelled, tries] = [false, false, 0];
  let nap = new AbortController();
  const set = (change: Partial<AddingState>) => {
    adding.state = { ...adding.state, ...change };
    onChange(adding.state);
  };
  const refuse = (faults: ReadonlyMap<number, string>, part: readonly NewPerson[]) => {
    const named = part.flatMap((person, index) => {
      const message = faults.get(index);
      return message === undefined ? [] : [{ person, message }];
    });
    const left = new Set(named.map(({ person }) => person));
    parts.rest = parts.rest.filter((person) => !left.has(person));
    const { done, refused } = adding.state;
    set({ done: done + named.length, refused: [...refused, ...named] });
  };
  const addPart = async (part: readonly NewPerson[]) => {
    const inputs = part.map(({ input }) => input);
    const result = await api.add(inputs, terms);
    // If this request was tried before, the people in `alreadyThere` were added by the earlier try.
    const isAgain = tries > 0;
    tries = 0;
    parts.drop(part.length);
    const { done, counts } = adding.state;
    set({ status: "running", done: done + part.length, counts: sumCounts(counts, result, isAgain) });
  };
  const recover = async (cause: unknown, part: readonly NewPerson[]): Promise<void> => {
    const failure = cause instanceof RequestFailure ? cause : new RequestFailure("internal", String(cause));
    const faults = isRequestTooLarge(failure) ? findTooLarge(parts, failure) : listFaultyPeople(failure);
    if (faults === null) return;
    if (faults.size > 0) refuse(faults, part);
    else if (failure.code === "offline" || failure.code === "unavailable") {
      set({ status: "waiting", failure });
      nap = new AbortController();
      await wait(retryMs[Math.min(tries, retryMs.length - 1)] ?? 0, nap.signal);
      tries += 1;
    } else {
      tries += 1;
      throw failure;
    }
  };
  const work = async () => {
    while (parts.rest.length > 0 && !isCancelled) {
      const part = parts.next();
      try {
        await addPart(part);
      } catch (cause) {
        await recover(cause, part);
      }
    }
  };
  const adding: AddingProcess = {
    state: { status: "running", total: people.length, done: 0, counts: none, refused: [], failure: null },
    run: async () => {
      isCancelled = false;
      nap.abort();
      if (isRunning) return;
      isRunning = true;
      set({ status: "running", failure: null });
      try {
        await work();
        set({ status: parts.rest.length === 0 ? "done" : "stopped", failure: null });
      } catch (failure) {
        set({ status: "stopped", failure: failure as RequestFailure });
      }
      isRunning = false;
    },
    cancel: () => {
      isCancelled = true;
      nap.abort();
    },
  };
  return adding;
}

/**
 * If the request had several people, makes later requests half as large and returns null. If the
 * request had only one person, returns the message for this person.
 */
function findTooLarge(
  parts: RequestParts<NewPerson>,
  { message }: RequestFailure,
): Map<number, string> | null {
  return parts.halve() ? null : new Map([[0, message]]);
}

/**
 * Returns the first fault of each person whom a failed request names, by the person's index in the
 * request.
 */
function listFaultyPeople({ fields }: RequestFailure): Map<number, string> {
  const faults = new Map<number, string>();
  for (const [path, message] of Object.entries(fields)) {
    const [, index] = /^recipients\.(\d+)(?:\.|$)/.exec(path) ?? [];
    if (index !== undefined && !faults.has(Number(index))) faults.set(Number(index), message);
  }
  return faults;
}

function sumCounts(
  before: RecipientsAddedResult,
  result: RecipientsAddedResult,
  isAgain: boolean,
): RecipientsAddedResult {
  const own = isAgain ? result.alreadyThere : 0;
  return {
    added: before.added + result.added + own,
    waitingForEmail: before.waitingForEmail + result.waitingForEmail,
    alreadyThere: before.alreadyThere + result.alreadyThere - own,
    suppressed: before.suppressed + result.suppressed,
  };
}
