import { describe, expect, it } from "vitest";
import { buildEmailStep } from "../../plugin/session/sequence-steps.ts";
import { createStepsDraft, listFaultsOfRefusal } from "../../plugin/session/steps-draft.ts";
import type { CampaignSteps } from "../../shared/step-change.ts";

const step = (id: number) => ({ ...buildEmailStep([], 0), id });
const steps = (version: number, ids: readonly number[], nextStepId: number): CampaignSteps => ({
  ...{ version, nextStepId },
  steps: ids.map(step),
});

/**
 * Creates a draft of a campaign with the steps 1 and 2. A third step was removed earlier, so its id
 * is used.
 */
const openDraft = () => createStepsDraft(steps(1, [1, 2], 4));
const ids = (draft: ReturnType<typeof openDraft>) => draft.steps.value.map(({ id }) => id);

describe("newer steps of somebody else", () => {
  it("are taken over by a draft without changes", () => {
    const draft = openDraft();
    draft.noteLoaded(steps(2, [2, 1], 4));
    expect([ids(draft), draft.theirs.value, draft.isChanged()]).toEqual([[2, 1], null, false]);
  });

  it("are a conflict for a draft with changes, until the agent decides", () => {
    const draft = openDraft();
    draft.change([step(2)]);
    draft.noteLoaded(steps(2, [1, 2, 4], 5));
    expect([ids(draft), draft.base.value.version]).toEqual([[2], 1]);
    draft.useTheirs();
    expect([ids(draft), draft.base.value.version, draft.theirs.value]).toEqual([[1, 2, 4], 2, null]);
  });

  it("do not share an id with the draft's new steps once the agent keeps them", () => {
    const draft = openDraft();
    draft.change([step(4), step(1), step(5), step(2)]);
    draft.noteLoaded(steps(3, [4, 1, 2], 5));
    draft.keepMine();
    expect([ids(draft), draft.base.value.version, draft.isChanged()]).toEqual([[6, 1, 7, 2], 3, true]);
  });

  it("are not looked at twice", () => {
    const draft = openDraft();
    draft.change([step(2)]);
    draft.noteLoaded(steps(1, [1, 2], 4));
    expect(draft.theirs.value).toBeNull();
  });
});

it("a discarded draft is as it was loaded", () => {
  const draft = openDraft();
  draft.change([]);
  expect(draft.isChanged()).toBe(true);
  draft.discard();
  expect([ids(draft), draft.isChanged()]).toEqual([[1, 2], false]);
});

it("a refusal is shown at the step and field that it names", () => {
  const fields = {
    "steps.1.letter.subject": "is required",
    steps: "are too many",
    "steps.9.letter.subject": "is required",
    name: "is wrong",
  };
  expect(listFaultsOfRefusal({ fields }, [step(7), step(4)])).toEqual([
    { stepId: 4, field: "letter.subject", message: "is required" },
    { stepId: null, field: "steps", message: "are too many" },
  ]);
});
