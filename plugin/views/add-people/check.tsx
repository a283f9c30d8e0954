import { useEffect, useMemo, useState } from "preact/hooks";
import { RequestFailure } from "../../data/api.ts";
import type { AddedPeopleFacts, PeopleApi } from "../../data/people-api.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { formatCount, say, sayReason, sayWithElements } from "../../words/say.ts";
import { type CheckedPeople, checkPeople } from "./checking.ts";
import type { AddingDraft, DraftPeople } from "./draft.ts";
import type { NewPerson } from "./file/people.ts";
import { type LeftOutEntry, listLeftOutEntries } from "./left-out.ts";
import { LeftOutList } from "./left-out-list.tsx";
import { NotListedStatementField } from "./statement.tsx";

type Props = {
  api: PeopleApi;
  draft: AddingDraft;
  found: DraftPeople;
  change: (part: Partial<AddingDraft>) => void;
  terms: AddedPeopleFacts;
  onAdd: (given: { people: NewPerson[]; leftOut: LeftOutEntry[]; name: string | null }) => void;
};

/** Shows how many people would be added and how many would be left out, before anybody is added. */
export function PeopleCheckStep({ api, draft, found, terms, change, onAdd }: Props) {
  const { checked, done, failure, retry } = useCheck(api, found.people, terms);
  const leftOut = useMemo(
    () => (checked === null ? [] : listLeftOutEntries({ ...found, checked: checked.people })),
    [checked, found],
  );
  const back = () => change({ isChecking: false });
  if (checked === null) {
    return (
      <>
        {failure && failure.code !== "sessionEnded" && <FailureNotice failure={failure} onRetry={retry} />}
        {!failure && <CheckProgress done={done} total={found.people.length} />}
        <div class="form-actions">
          <Button kind="quiet" onClick={back}>
            {say("Back")}
          </Button>
        </div>
      </>
    );
  }
  const ready = listReady(checked);
  const name = draft.given?.name ?? null;
  return (
    <>
      <CheckedCounts checked={checked} ready={ready} />
      <NotListedStatementField
        people={checked.people}
        statement={draft.statement}
        onState={(next) => change({ statement: next })}
      />
      <LeftOutList leftOut={leftOut} />
      <div class="add-people-bar">
        <Button kind="quiet" onClick={back}>
          {say("Back")}
        </Button>
        <Button
          kind="primary"
          isDisabled={ready.length === 0 || checked.refusal !== null}
          onClick={() => onAdd({ people: ready, leftOut, name })}
        >
          {say("Add {people}", { people: formatCount(ready.length, "person", "people") })}
        </Button>
      </div>
    </>
  );
}

/** Returns the people who can be added, at most as many as the campaign still has room for. */
const listReady = ({ people, room }: CheckedPeople): NewPerson[] =>
  people
    .filter(({ check }) => check.verdict === "ready" || check.verdict === "waitingForEmail")
    .map(({ person }) => person)
    .slice(0, room);

function useCheck(api: PeopleApi, people: readonly NewPerson[], terms: AddedPeopleFacts) {
  const { noteFailure } = useSession();
  const [checked, setChecked] = useState<CheckedPeople | null>(null);
  const [done, setDone] = useState(0);
  const [failure, setFailure] = useState<RequestFailure | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    setChecked(null);
    setFailure(null);
    setDone(0);
    checkPeople(api, people, terms, setDone, abort.signal).then(setChecked, (cause: unknown) => {
      if (abort.signal.aborted) return;
      const noted =
        cause instanceof RequestFailure
          ? cause
          : new RequestFailure("internal", "Something went wrong in this tab.");
      noteFailure(noted);
      setFailure(noted);
    });
    return () => abort.abort();
  }, [api, people, terms, attempt]);
  return { checked, done, failure, retry: () => setAttempt((before) => before + 1) };
}

function CheckProgress({ done, total }: { done: number; total: number }) {
  return (
    <label class="people-progress">
      <span>{say("Checked {done} of {total}", { done, total })}</span>
      <progress max={total} value={done} />
    </label>
  );
}

function CheckedCounts({ checked, ready }: { checked: CheckedPeople; ready: readonly NewPerson[] }) {
  const { refusal, room, people, recipients, warnsAbove } = checked;
  const total = recipients + ready.length;
  const waiting = ready.filter(({ input }) => input.email === null).length;
  const fitting = people.filter(({ check }) => ["ready", "waitingForEmail"].includes(check.verdict)).length;
  return (
    <div class="checked" role="status">
      <p class="checked-ready">
        {sayWithElements("Ready to add: {people}", {
          people: <strong>{formatCount(ready.length, "person", "people")}</strong>,
        })}
      </p>
      {waiting > 0 && (
        <p class="fine">
          {say("Without an email address: {people}. They’ll wait until they have one.", {
            people: formatCount(waiting, "person", "people"),
          })}
        </p>
      )}
      {fitting > room && (
        <p class="missing">
          {say("This campaign only has room for {people}.", {
            people: formatCount(room, "person", "people"),
          })}
        </p>
      )}
      {warnsAbove !== null && total > warnsAbove && (
        <p class="fine">
          {say(
            "The campaign will have {people}. Campaigns with {most} people or fewer get about three times as many replies, so consider a few smaller ones.",
            { people: formatCount(total, "person", "people"), most: warnsAbove },
          )}
        </p>
      )}
      {refusal && (
        <p class="missing" role="alert">
          {say("No one can be added right now.")} {sayReason(refusal.reason, refusal.message)}
        </p>
      )}
    </div>
  );
}
