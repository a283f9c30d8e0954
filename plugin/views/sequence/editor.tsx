import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { Sequence, SequenceFault } from "../../../shared/sequence.ts";
import { createLaunchApi } from "../../data/launch-api.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { createLaunchDraft } from "../../session/launch-draft.ts";
import { buildSequencePlanRequest } from "../../session/launch-request.ts";
import { getLaunchSequenceKey } from "../../session/launch-sequence.ts";
import { createSequenceDraft, type SequenceDraft } from "../../session/sequence-draft.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { saveStateTexts } from "../../words/sequence.ts";
import { SequenceConflictNote } from "./conflict.tsx";
import { FaultList } from "./fault-list.tsx";
import { SequenceLibraryActions } from "./library-actions.tsx";
import { SequenceRulesFields } from "./rules.tsx";
import { focusStepField, StepList } from "./step-list.tsx";
import { VersionedSequenceContext } from "./versioned-sequence.ts";

/** Creates the draft of a sequence. When the editor closes, the draft saves its unsaved changes. */
function useSequenceDraft(loaded: Sequence): SequenceDraft {
  const session = useSession();
  const draft = useMemo(() => {
    const api = createSequenceApi(session.api);
    return createSequenceDraft(loaded, {
      save: (version, { steps, ...others }) =>
        api.change(loaded.id, version, { ...others, steps: [...steps] }),
      load: () => api.read(loaded.id),
    });
    // `loaded` is not a dependency: after a later load of the same sequence, a new draft would lose
    // the agent's changes.
  }, [session, loaded.id]);
  useEffect(
    () => () => {
      session.cache.delete(`sequence ${loaded.id}`);
      session.cache.delete("launch");
      session.cache.delete(getLaunchSequenceKey(loaded.id));
      void draft.flush();
    },
    [draft],
  );
  return draft;
}

/**
 * Loads the planned dates of the saved steps for the property's first contact, as if the agent
 * launched the sequence now.
 */
function useSequencePlan({ id, version, steps, rules }: Sequence) {
  const { contacts, property, propertyId } = useSession();
  const request = buildSequencePlanRequest(
    { id, rules },
    contacts.value.slice(0, 1),
    property.value,
    propertyId,
  );
  return useResource(`plan ${version} ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: async (signal) =>
      steps.length === 0
        ? { warnings: [], launchAt: "", items: [] }
        : await createLaunchApi(api).plan(request, signal),
  })).data;
}

/** Shows a note about changes to a preset, with a button that restores the original. */
function PresetNote({ sequence }: { sequence: Sequence }) {
  const session = useSession();
  const action = useAction();
  if (!sequence.isPreset) return null;
  const restore = () =>
    action.run(async () => {
      await createSequenceApi(session.api).delete(sequence.id);
      session.status.value = say("The original is back.");
      session.go({ name: "sequences" });
    });
  return (
    <Note tone="info">
      {sequence.isChanged ? (
        <>
          <p>
            {say("This is your office’s copy of a sequence that comes with Doorknock. Every agent uses it.")}
          </p>
          <Button isBusy={action.isBusy} onClick={restore}>
            {say("Restore the original")}
          </Button>
        </>
      ) : (
        <p>
          {say("This sequence comes with Doorknock. Your first change makes a copy for your whole office.")}
        </p>
      )}
      {action.failure && <FailureNotice failure={action.failure} />}
    </Note>
  );
}

function SaveLine({ draft }: { draft: SequenceDraft }) {
  const { alert } = useSession();
  const state = draft.state.value;
  const isBad = state !== "saved" && state !== "saving";
  useEffect(() => {
    if (isBad) alert.value = saveStateTexts[state];
  }, [alert, isBad, state]);
  return (
    <div class={`save-state fine ${isBad ? "bad" : ""}`}>
      <span data-save={state}>{saveStateTexts[state]}</span>
      {state === "failed" && <span>{draft.failure.value?.message}</span>}
    </div>
  );
}

/**
 * Shows the editor of one sequence, with the sequence's name, faults and steps. The editor saves
 * all changes by itself.
 */
export function SequenceEditor({ loaded }: { loaded: Sequence }) {
  const { go, draft: launchDraft } = useSession();
  const draft = useSequenceDraft(loaded);
  const body = useRef<HTMLDivElement>(null);
  const saved = draft.saved.value;
  const { name, steps, rules } = draft.content.value;
  const [openId, setOpenId] = useState<number | null>(steps.length === 1 ? (steps[0]?.id ?? null) : null);
  const plan = useSequencePlan(saved);
  const isReady =
    saved.faults.length === 0 && steps.length > 0 && !saved.isArchived && draft.state.value === "saved";
  const goTo = ({ stepId, field }: SequenceFault) => {
    setOpenId(stepId);
    if (stepId !== null) focusStepField(body.current, stepId, field);
    else body.current?.querySelector<HTMLElement>(".add-step button")?.focus();
  };
  const launch = () => {
    launchDraft.value = { ...(launchDraft.value ?? createLaunchDraft(loaded.id)), presetId: loaded.id };
    go({ name: "launch" });
  };
  return (
    <div class="sequence-editor" ref={body}>
      <div>
        <label class="field">
          <span>{say("Name of the sequence")}</span>
          <input
            type="text"
            maxLength={limits.nameLength}
            value={name}
            readOnly={!saved.isEditable}
            onInput={({ currentTarget }) => draft.change({ name: currentTarget.value })}
          />
        </label>
        {saved.isEditable && <SaveLine draft={draft} />}
      </div>
      <PresetNote sequence={saved} />
      {!saved.isEditable && (
        <Note tone="info">
          {say("Only a team lead can change the office’s sequences. Duplicate it to make your own.")}
        </Note>
      )}
      {draft.theirs.value && <SequenceConflictNote draft={draft} theirs={draft.theirs.value} />}
      <FaultList faults={saved.faults} steps={steps} onGo={goTo}>
        {say("to finish before this sequence can be launched:")}
      </FaultList>
      <fieldset disabled={!saved.isEditable}>
        <legend class="unseen">{say("The sequence")}</legend>
        <VersionedSequenceContext.Provider value={saved}>
          <StepList
            steps={steps}
            faults={saved.faults}
            plan={plan}
            openId={openId}
            onOpen={setOpenId}
            onChange={(changed) => draft.change({ steps: changed })}
          />
        </VersionedSequenceContext.Provider>
        <SequenceRulesFields rules={rules} onChange={(changed) => draft.change({ rules: changed })} />
      </fieldset>
      <SequenceLibraryActions draft={draft} />
      <footer class="launch-bar">
        <p class="fine">
          {plan === undefined || steps.length === 0
            ? ""
            : say("Dates assume you launch now, in the owner’s time zone.")}
        </p>
        <Button kind="primary" icon="send" isDisabled={!isReady} onClick={launch}>
          {say("Use it here")}
        </Button>
      </footer>
    </div>
  );
}
