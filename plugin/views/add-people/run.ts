import { type Signal, signal } from "@preact/signals";
import type { AddedPeopleFacts, PeopleApi } from "../../data/people-api.ts";
import type { Session } from "../../session/state.ts";
import { say } from "../../words/say.ts";
import { type AddingProcess, type AddingState, createAddingProcess } from "./adding.ts";
import type { NewPerson } from "./file/people.ts";
import type { LeftOutEntry } from "./left-out.ts";
import { removeUnfinishedAddingNote, storeUnfinishedAddingNote } from "./unfinished.ts";
import { waitForConnection } from "./wait.ts";

/**
 * A process in this page that adds people to a campaign. `leftOut` has the people whom the check
 * has left out.
 */
export type AddingRun = {
  adding: AddingProcess;
  state: Signal<AddingState>;
  leftOut: readonly LeftOutEntry[];
  name: string | null;
};

type Given = {
  campaignId: number;
  people: readonly NewPerson[];
  terms: AddedPeopleFacts;
  leftOut: readonly LeftOutEntry[];
  /** The name of the file; null for people who do not come from a file. */
  name: string | null;
};

const runKey = (campaignId: number) => `adding ${campaignId}`;

/**
 * Returns the process in this page that adds people to this campaign; null if there is no such
 * process.
 */
export const findAddingRun = ({ cache }: Session, campaignId: number): AddingRun | null =>
  (cache.get(runKey(campaignId)) as AddingRun | undefined) ?? null;

export function forgetAddingRun({ cache }: Session, campaignId: number): void {
  cache.delete(runKey(campaignId));
}

/**
 * Starts to add people, and returns the process. The process continues while the tab shows another
 * view.
 */
export function startAddingRun(session: Session, api: PeopleApi, given: Given): AddingRun {
  const { campaignId, people, terms, leftOut, name } = given;
  const adding = createAddingProcess({
    ...{ api, people, terms, wait: waitForConnection },
    onChange: (next) => {
      const before = state.peek();
      state.value = next;
      noteChange(session, campaignId, name, before, next);
    },
  });
  const state = signal(adding.state);
  const run = { adding, state, leftOut, name };
  session.cache.set(runKey(campaignId), run);
  storeUnfinishedAddingNote({ campaignId, name, done: 0, total: people.length });
  void adding.run();
  return run;
}

/**
 * Announces each quarter of the progress to screen readers, and makes the other views load the
 * changed campaign.
 */
function noteChange(
  session: Session,
  campaignId: number,
  name: string | null,
  before: AddingState,
  { done, total, status, failure }: AddingState,
): void {
  const quarter = (count: number) => Math.floor((4 * count) / total);
  if (quarter(done) > quarter(before.done)) {
    session.status.value = say("{done} of {total} done", { done, total });
  }
  if (failure !== null && failure !== before.failure) session.noteFailure(failure);
  if (status === "done") removeUnfinishedAddingNote(campaignId);
  else storeUnfinishedAddingNote({ campaignId, name, done, total });
  session.cache.delete("campaigns");
  session.cache.delete(`campaign ${campaignId}`);
}
