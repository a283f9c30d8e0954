import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { formatCount, say, sayMessage, sayWithElements } from "../../words/say.ts";
import type { AddingState } from "./adding.ts";
import { formatPerson, type LeftOutEntry } from "./left-out.ts";
import { LeftOutList } from "./left-out-list.tsx";
import type { AddingRun } from "./run.ts";

type Props = {
  run: AddingRun;
  onStartOver: () => void;
  onClose: () => void;
  /** Opens the draft, from which the agent launches; null if the campaign is no draft. */
  onReview: (() => void) | null;
};

/** Shows the progress of adding people, and the result. */
export function AddingProgress({ run, onStartOver, onClose, onReview }: Props) {
  const state = run.state.value;
  const { status, done, total, failure } = state;
  const isDone = status === "done";
  return (
    <>
      {isDone ? (
        <p class="checked-ready" role="status">
          {sayWithElements("Added: {people}", {
            people: (
              <strong>
                {formatCount(state.counts.added + state.counts.waitingForEmail, "person", "people")}
              </strong>
            ),
          })}
        </p>
      ) : (
        <label class="people-progress">
          <span>{say("{done} of {total} done", { done, total })}</span>
          <progress max={total} value={done} />
        </label>
      )}
      {status === "waiting" && (
        <Note tone="warning">
          <p>{say("No connection. Adding continues once you’re back online.")}</p>
        </Note>
      )}
      {status === "stopped" && failure && failure.code !== "sessionEnded" && (
        <FailureNotice failure={failure} />
      )}
      <Outcome state={state} />
      <LeftOutList leftOut={[...run.leftOut, ...listRefused(state)]} />
      <div class="add-people-bar">
        {(status === "running" || status === "waiting") && (
          <Button onClick={run.adding.cancel}>{say("Stop adding")}</Button>
        )}
        {(status === "waiting" || status === "stopped") && (
          <Button kind="primary" onClick={() => void run.adding.run()}>
            {status === "waiting" ? say("Try now") : say("Continue")}
          </Button>
        )}
        {(isDone || status === "stopped") && <Button onClick={onStartOver}>{say("Add more people")}</Button>}
        {isDone && (
          <Button kind={onReview === null ? "primary" : "secondary"} onClick={onClose}>
            {say("Back to people")}
          </Button>
        )}
        {isDone && onReview !== null && (
          <Button kind="primary" onClick={onReview}>
            {say("Review and launch")}
          </Button>
        )}
      </div>
    </>
  );
}

/**
 * Shows how many people wait for an email address, were already in the campaign, or have opted out
 * since the check.
 */
function Outcome({ state: { counts } }: { state: AddingState }) {
  const lines = [
    counts.waitingForEmail > 0 &&
      say("Waiting for an email address: {people}.", {
        people: formatCount(counts.waitingForEmail, "person", "people"),
      }),
    counts.alreadyThere > 0 &&
      say("Already in the campaign: {people}.", {
        people: formatCount(counts.alreadyThere, "person", "people"),
      }),
    counts.suppressed > 0 &&
      say("Opted out since the check: {people}.", {
        people: formatCount(counts.suppressed, "person", "people"),
      }),
  ].filter((line) => line !== false);
  return (
    <>
      {lines.map((line) => (
        <p class="fine" key={line}>
          {line}
        </p>
      ))}
    </>
  );
}

const listRefused = ({ refused }: AddingState): LeftOutEntry[] =>
  refused.map(({ person, message }) => ({
    line: person.line,
    verdict: "faulty",
    who: formatPerson(person),
    why: sayMessage(message),
  }));
