import { type Signal, signal } from "@preact/signals";
import type { SequenceFault, SequenceStep } from "../../shared/sequence.ts";
import type { CampaignSteps } from "../../shared/step-change.ts";
import type { RequestFailure } from "../data/api.ts";

/** The unapplied changes to the steps of a launched campaign. */
export type StepsDraft = {
  /** The steps as loaded, without the agent's changes. */
  base: Signal<CampaignSteps>;
  steps: Signal<readonly SequenceStep[]>;
  /** A number that goes up with each change. */
  revision: Signal<number>;
  /** The newest steps that another person has saved; null unless there is a conflict. */
  theirs: Signal<CampaignSteps | null>;
  isChanged(): boolean;
  change(steps: readonly SequenceStep[]): void;
  /** Uses the loaded steps as the new base. If the draft has changes, notes a conflict instead. */
  noteLoaded(loaded: CampaignSteps): void;
  discard(): void;
  keepMine(): void;
  useTheirs(): void;
};

/**
 * Creates the draft of a change to a launched campaign's steps. The draft does not save itself,
 * because the change concerns people who already get emails. The agent first sees the effect and
 * then applies the change.
 */
export function createStepsDraft(loaded: CampaignSteps): StepsDraft {
  const base = signal(loaded);
  const steps = signal<readonly SequenceStep[]>(loaded.steps);
  const revision = signal(0);
  const theirs = signal<CampaignSteps | null>(null);
  const change = (changed: readonly SequenceStep[]) => {
    steps.value = changed;
    revision.value += 1;
  };
  const isChanged = () => JSON.stringify(steps.value) !== JSON.stringify(base.value.steps);
  const startFrom = (newest: CampaignSteps, kept: readonly SequenceStep[]) => {
    base.value = newest;
    theirs.value = null;
    change(kept);
  };
  return {
    base,
    steps,
    revision,
    theirs,
    isChanged,
    change,
    noteLoaded: (newest) => {
      if (newest.version <= base.peek().version) return;
      if (isChanged()) theirs.value = newest;
      else startFrom(newest, newest.steps);
    },
    discard: () => change(base.peek().steps),
    keepMine: () => {
      const newest = theirs.peek();
      if (newest !== null) startFrom(newest, renumberNewSteps(steps.peek(), base.peek(), newest));
    },
    useTheirs: () => {
      const newest = theirs.peek();
      if (newest !== null) startFrom(newest, newest.steps);
    },
  };
}

/**
 * Gives new ids to the steps that the draft has added, because another person's new steps may have
 * the same ids.
 */
function renumberNewSteps(
  steps: readonly SequenceStep[],
  before: CampaignSteps,
  newest: CampaignSteps,
): SequenceStep[] {
  let id = Math.max(newest.nextStepId, ...steps.map((step) => step.id + 1));
  return steps.map((step) => (step.id < before.nextStepId ? step : { ...step, id: id++ }));
}

/**
 * Returns the faults of a refused request whose paths name a step, such as
 * `steps.1.letter.subject`, or the list of steps (`steps`).
 */
export function listFaultsOfRefusal(
  { fields }: Pick<RequestFailure, "fields">,
  steps: readonly SequenceStep[],
): SequenceFault[] {
  return Object.entries(fields).flatMap(([path, message]): SequenceFault[] => {
    const [, index = "", field = ""] = /^steps\.(\d+)\.(.+)$/.exec(path) ?? [];
    const step = steps[Number(index)];
    if (index !== "" && step !== undefined) return [{ stepId: step.id, field, message }];
    return path === "steps" ? [{ stepId: null, field: path, message }] : [];
  });
}
