import { type Signal, signal } from "@preact/signals";
import type { SequenceFault, SequenceStep } from "../../shared/sequence.ts";
import type { CampaignSteps } from "../../shared/step-change.ts";
import type { RequestFailure } from "../data/api.ts";

/** The changes to the steps of a campaign under way that are not applied yet. */
export type StepsDraft = {
  /** The steps that the changes started from. */
  base: Signal<CampaignSteps>;
  steps: Signal<readonly SequenceStep[]>;
  /** Goes up with each change. */
  revision: Signal<number>;
  /** The newest steps of somebody else; null unless there is a conflict. */
  theirs: Signal<CampaignSteps | null>;
  isChanged(): boolean;
  change(steps: readonly SequenceStep[]): void;
  /** Takes over steps that were loaded, or notes a conflict if the draft has changes. */
  noteLoaded(loaded: CampaignSteps): void;
  discard(): void;
  keepMine(): void;
  useTheirs(): void;
};

/**
 * Creates the draft of a change. A change reaches people under way, so the draft is not saved by
 * itself: an agent sees the numbers and applies it.
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
 * Gives other ids to the steps that the draft has added, because a colleague's new steps may have
 * their ids.
 */
function renumberNewSteps(
  steps: readonly SequenceStep[],
  before: CampaignSteps,
  newest: CampaignSteps,
): SequenceStep[] {
  let id = Math.max(newest.nextStepId, ...steps.map((step) => step.id + 1));
  return steps.map((step) => (step.id < before.nextStepId ? step : { ...step, id: id++ }));
}

/** Returns the faults of steps that a refused request names, such as `steps.1.letter.subject`. */
export function listRefusedFaults(
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
