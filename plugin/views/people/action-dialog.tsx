import { useEffect, useState } from "preact/hooks";
import { type BulkActionKind, type BulkEffect, bulkEffects } from "../../../shared/vocabulary.ts";
import type { PeopleApi, PeopleListQuery } from "../../data/people-api.ts";
import { useAction } from "../../ui/action.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { formatCount, say } from "../../words/say.ts";
import { createBulkActionChoice, toBulkAction } from "./action-choice.ts";
import { BulkActionFields } from "./action-fields.tsx";
import {
  type BulkEffectCounts,
  type BulkProgress,
  countBulkEffects,
  createUndoToken,
  initialBulkProgress,
  runBulkAction,
} from "./bulk-run.ts";
import type { StepPlace } from "./places.ts";

const texts: Readonly<
  Record<BulkActionKind, { title: PlainPhrase; confirm: PlainPhrase; effect: PlainPhrase }>
> = {
  pause: { title: "Pause these people?", confirm: "Pause", effect: "will be paused" },
  resume: { title: "Resume these people?", confirm: "Resume", effect: "will be resumed" },
  snooze: { title: "Snooze these people?", confirm: "Snooze", effect: "will be snoozed" },
  move: { title: "Move these people to a step?", confirm: "Move", effect: "will be moved" },
  changeSender: {
    title: "Change the sender for these people?",
    confirm: "Change sender",
    effect: "will be written to from this sender",
  },
  fill: { title: "Fill in a value for these people?", confirm: "Fill in", effect: "will get the value" },
  remove: { title: "Remove these people?", confirm: "Remove", effect: "will be removed" },
  stop: { title: "Stop these people?", confirm: "Stop", effect: "will be stopped" },
};

const unchangedTexts: Readonly<Record<Exclude<BulkEffect, "changed">, PlainPhrase>> = {
  already: "already that way",
  ended: "finished or stopped",
  notActive: "paused, so there’s nothing to snooze",
  noAddress: "without an email address",
  underWay: "in the middle of a step",
  hasValue: "not missing this value",
  lacksValues: "missing a detail in their next email, so fill that in first",
  noRoom: "with no room for another value",
  hasHistory: "already emailed or with a task, so you can only stop them",
  hadStep: "past this step, and no one gets a step twice",
};

type Props = {
  api: PeopleApi;
  kind: BulkActionKind;
  ids: readonly number[];
  /**
   * The filter that selects exactly these people; null if the agent ticked the people one by one.
   */
  filter: PeopleListQuery | null;
  steps: readonly StepPlace[];
  onDone: (progress: BulkProgress) => void;
  onClose: () => void;
};

/** Shows how many people an action will change and how, runs the action, and shows its progress. */
export function BulkActionDialog({ api, kind, ids, filter, steps, onDone, onClose }: Props) {
  const { run, isBusy, failure } = useAction();
  const preview = useAction();
  const [choice, setChoice] = useState(() => createBulkActionChoice(steps));
  const [effects, setEffects] = useState<BulkEffectCounts | null>(null);
  const [progress, setProgress] = useState(initialBulkProgress);
  const [token] = useState(createUndoToken);
  const action = toBulkAction(kind, choice);
  const key = JSON.stringify(action);
  const count = () => {
    setEffects(null);
    if (action === null) return;
    preview.run(async () => setEffects(await countBulkEffects(api, action, ids, filter)));
  };
  useEffect(count, [key]);
  const isStarted = progress.done > 0;
  const perform = () =>
    run(async () => {
      if (action !== null) onDone(await runBulkAction(api, action, ids, progress, token, setProgress));
    });
  const close = () => (isStarted ? onDone(progress) : onClose());
  return (
    <ConfirmDialog
      title={say(texts[kind].title)}
      confirm={isStarted && failure ? say("Continue") : say(texts[kind].confirm)}
      kind={kind === "stop" || kind === "remove" ? "danger" : "primary"}
      isBusy={isBusy}
      failure={failure}
      isDisabled={effects === null || effects.changed === 0 || preview.isBusy}
      onConfirm={perform}
      onClose={close}
    >
      <BulkActionFields
        api={api}
        kind={kind}
        ids={ids}
        steps={steps}
        choice={choice}
        isDisabled={isBusy || isStarted}
        onChange={(change) => setChoice({ ...choice, ...change })}
      />
      {preview.failure && <FailureNotice failure={preview.failure} onRetry={count} />}
      {effects === null ? (
        action !== null && !preview.failure && <p role="status">{say("Counting…")}</p>
      ) : (
        <EffectList kind={kind} effects={effects} />
      )}
      {(isBusy || isStarted) && (
        <label class="people-progress">
          <span class="fine">
            {say("{done} of {total} done", { done: progress.done, total: ids.length })}
          </span>
          <progress max={ids.length} value={progress.done} />
        </label>
      )}
    </ConfirmDialog>
  );
}

function EffectList({ kind, effects }: { kind: BulkActionKind; effects: BulkEffectCounts }) {
  const others = bulkEffects.filter((effect) => effect !== "changed" && effects[effect] > 0);
  return (
    <>
      <p role="status">
        <strong>
          {formatCount(effects.changed, "person", "people")} {say(texts[kind].effect)}.
        </strong>
      </p>
      {others.length > 0 && (
        <ul class="plain fine">
          {others.map((effect) =>
            effect === "changed" ? null : (
              <li key={effect}>
                {say("{people}: {why}", {
                  people: formatCount(effects[effect], "person", "people"),
                  why: say(unchangedTexts[effect]),
                })}
              </li>
            ),
          )}
        </ul>
      )}
      {kind === "stop" && (
        <p class="fine">{say("You can undo this for a minute. After that, it can’t be undone.")}</p>
      )}
      {kind === "remove" && effects.changed > 0 && (
        <p class="fine">{say("They’ll be deleted from this campaign. You can undo this for a minute.")}</p>
      )}
      {kind === "move" && <p class="fine">{say("They’ll skip the steps before it.")}</p>}
    </>
  );
}
