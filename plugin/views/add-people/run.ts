import { type Signal, signal } from "@preact/signals";
import type { AddingTerms, PeopleApi } from "../../data/people-api.ts";
import type { Session } from "../../session/state.ts";
import { say } from "../../words/say.ts";
import { type Adding, type AddingState, createAdding } from "./adding.ts";
import type { NewPerson } from "./file/people.ts";
import type { LeftOut } from "./left-out.ts";
import { forgetUnfinished, keepUnfinished } from "./unfinished.ts";
import { waitForConnection } from "./wait.ts";

/** The adding of people that goes on in this page, with those who were left out before it. */
export type AddingRun = {
  adding: Adding;
  state: Signal<AddingState>;
  leftOut: readonly LeftOut[];
  name: string | null;
};

type Given = {
  campaignId: number;
  people: readonly NewPerson[];
  terms: AddingTerms;
  leftOut: readonly LeftOut[];
  /** The name of the file; null for people who did not come from one. */
  name: string | null;
};

const runKey = (campaignId: number) => `adding ${campaignId}`;

/** Returns the adding of people to this campaign that has begun in this page; null without one. */
export const findRun = ({ cache }: Session, campaignId: number): AddingRun | null =>
  (cache.get(runKey(campaignId)) as AddingRun | undefined) ?? null;

export function forgetRun({ cache }: Session, campaignId: number): void {
  cache.delete(runKey(campaignId));
}

/** Begins to add people. The adding goes on while another view is shown. */
export function startRun(session: Session, api: PeopleApi, given: Given): AddingRun {
  const { campaignId, people, terms, leftOut, name } = given;
  const adding = createAdding({
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
  keepUnfinished({ campaignId, name, done: 0, total: people.length });
  void adding.run();
  return run;
}

/** Tells screen readers of each quarter, and the other views that the campaign has changed. */
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
  if (status === "done") forgetUnfinished(campaignId);
  else keepUnfinished({ campaignId, name, done, total });
  session.cache.delete("campaigns");
  session.cache.delete(`campaign ${campaignId}`);
}
