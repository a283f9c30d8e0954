import { type Signal, signal } from "@preact/signals";
import { createLaunchDraft } from "./launch-draft.ts";
import { createRememberedState, type RememberedState } from "./remembered-state.ts";
import { createStepsDraft, type StepsDraft } from "./steps-draft.ts";

/** The parts of the cache that agents make. Data of the Worker is loaded again. */
const ownInputs = /^(adding draft|launched|answer|steps draft) /;

/** Makes a draft again whose signals belong to the code of the older build. */
function copyStepsDraft({ base, steps }: Record<"base" | "steps", Signal>): StepsDraft {
  const draft = createStepsDraft(base.peek());
  draft.change(steps.peek());
  return draft;
}

function copyState({ view, draft, launchKeys, told, cache }: RememberedState): RememberedState {
  const inputs = [...cache].filter(([key]) => ownInputs.test(key));
  const copied = inputs.map(
    ([key, value]) => [key, key.startsWith("steps ") ? copyStepsDraft(value as StepsDraft) : value] as const,
  );
  const kept = draft.peek();
  return {
    ...createRememberedState(told),
    view: signal(view.peek()),
    // A draft of an older build may lack choices that are new.
    draft: signal(kept && { ...createLaunchDraft(kept.presetId), ...kept }),
    launchKeys,
    cache: new Map(copied),
  };
}

/** Copies an agent's views and drafts from the core of an older build, by property. */
export const copyStates = (
  states: ReadonlyMap<string, RememberedState>,
): ReadonlyMap<string, RememberedState> =>
  new Map([...states].map(([propertyId, state]) => [propertyId, copyState(state)]));
