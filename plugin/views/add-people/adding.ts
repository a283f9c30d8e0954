import type { RecipientsAddedResult } from "../../../shared/recipient.ts";
import { RequestFailure } from "../../data/api.ts";
import type { AddingTerms, PeopleApi } from "../../data/people-api.ts";
import type { NewPerson } from "./file/people.ts";
import { createParts, isTooLarge, type Parts } from "./parts.ts";

/** The most people in one request; an agent sees progress every second or so. */
const peoplePerPart = 200;
/** The waits before a request is sent again while the Worker can't be reached. */
const retryMs = [1_000, 3_000, 10_000, 30_000];

/**
 * How far the adding of people is. `waiting`: the connection is lost, and the part is sent again
 * soon. `stopped`: an agent has to act, or has cancelled.
 */
export type AddingState = {
  status: "running" | "waiting" | "stopped" | "done";
  total: number;
  done: number;
  counts: RecipientsAddedResult;
  /** The people whom the Worker refused, with its words. */
  refused: readonly { person: NewPerson; message: string }[];
  failure: RequestFailure | null;
};

/** Adds people part by part, whether or not a view shows it. */
export type Adding = {
  state: AddingState;
  /** Begins, goes on after a stop, or ends a wait. */
  run: () => Promise<void>;
  /** Stops after the part that is under way. */
  cancel: () => void;
};

export type AddingTask = {
  api: Pick<PeopleApi, "add">;
  people: readonly NewPerson[];
  terms: AddingTerms;
  onChange: (state: AddingState) => void;
  /** Settles after this time, or once the signal is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

const none: RecipientsAddedResult = { added: 0, waitingForEmail: 0, alreadyThere: 0, suppressed: 0 };

/**
 * Prepares the adding of people. A part that is sent again after a lost answer adds nobody twice:
 * the Worker knows an address or a contact key that is there already. One refused person never
 * keeps the others from being added.
 */
export function createAdding({ api, people, terms, onChange, wait }: AddingTask): Adding {
  const parts = createParts(people, peoplePerPart);
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
    // After a lost answer, who is there already was added by the part itself.
    const isAgain = tries > 0;
    tries = 0;
    parts.drop(part.length);
    const { done, counts } = adding.state;
    set({ status: "running", done: done + part.length, counts: sumCounts(counts, result, isAgain) });
  };
  const recover = async (cause: unknown, part: readonly NewPerson[]): Promise<void> => {
    const failure = cause instanceof RequestFailure ? cause : new RequestFailure("internal", String(cause));
    const faults = isTooLarge(failure) ? findTooLarge(parts, failure) : listFaultyPeople(failure);
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
  const adding: Adding = {
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

/** Halves the parts; if that is not possible, names the only person as too large. */
function findTooLarge(parts: Parts<NewPerson>, { message }: RequestFailure): Map<number, string> | null {
  return parts.halve() ? null : new Map([[0, message]]);
}

/** Returns the first fault of each person whom a failure names, by their place in the part. */
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
