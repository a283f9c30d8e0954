import { useRef, useState } from "preact/hooks";
import type { SequenceFault } from "../../../shared/sequence.ts";
import type { StepsDraft } from "../../session/steps-draft.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { describeStepChangeEffect } from "../../words/step-change.ts";
import { FaultList } from "../sequence/fault-list.tsx";
import { focusStepField, StepList } from "../sequence/step-list.tsx";
import { StepsConflictNote } from "./conflict.tsx";
import { StepChangeDialog } from "./dialog.tsx";
import {
  type EditedCampaign,
  useStaleCheck,
  useStepChange,
  useStepChangeEffects,
} from "./use-step-change.ts";

type Props = {
  campaign: EditedCampaign;
  draft: StepsDraft;
  /** Loads the steps again after another person has changed the steps. */
  onReload: () => void;
};

type RefusedFaults = { revision: number; faults: SequenceFault[] };

/**
 * Shows the editor of the steps of a launched campaign. Each step shows how many people are past
 * the step and how many people will still get the step. Nothing changes for the recipients before
 * the agent applies the change.
 */
export function StepsEditor({ campaign, draft, onReload }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const [openId, setOpenId] = useState<number | null>(null);
  const [refused, setRefused] = useState<RefusedFaults | null>(null);
  const figures = useStepChangeEffects(campaign, draft);
  useStaleCheck(draft, figures.data, onReload);
  const goTo = ({ stepId, field }: SequenceFault) => {
    setOpenId(stepId);
    if (stepId !== null) focusStepField(body.current, stepId, field);
    else body.current?.querySelector<HTMLElement>(".add-step button")?.focus();
  };
  const onFaults = (faults: SequenceFault[]) => {
    setRefused({ revision: draft.revision.peek(), faults });
    const [first] = faults;
    if (first) goTo(first);
  };
  const { action, asked, close, review, apply } = useStepChange(campaign, draft, {
    onStale: onReload,
    onFaults,
  });
  const steps = draft.steps.value;
  const theirs = draft.theirs.value;
  const revision = draft.revision.value;
  const faults = refused?.revision === revision ? refused.faults : (figures.data?.faults ?? []);
  const isChanged = draft.isChanged();
  const notes = new Map(figures.data?.steps.map((one) => [one.id, describeStepChangeEffect(one)]));
  const failure = figures.failure?.code === "sessionEnded" ? undefined : figures.failure;
  return (
    <div class="sequence-editor" ref={body}>
      {theirs && <StepsConflictNote draft={draft} theirs={theirs} />}
      {failure && <FailureNotice failure={failure} onRetry={figures.reload} />}
      <FaultList faults={faults} steps={steps} onGo={goTo}>
        {say("to finish before the change can be applied:")}
      </FaultList>
      <section aria-label={say("Steps")}>
        <StepList
          steps={steps}
          faults={faults}
          plan={undefined}
          notes={notes}
          usedId={draft.base.value.nextStepId - 1}
          openId={openId}
          onOpen={setOpenId}
          onChange={draft.change}
        />
      </section>
      {action.failure && asked === null && <FailureNotice failure={action.failure} />}
      <footer class="launch-bar">
        <p class="fine">
          {isChanged
            ? say("Not applied yet. You’ll see the numbers before anything changes.")
            : say("People continue with these steps. Change, add, move, or delete any of them.")}
        </p>
        <div class="bar-buttons">
          {isChanged && (
            <Button kind="quiet" isDisabled={action.isBusy} onClick={draft.discard}>
              {say("Discard")}
            </Button>
          )}
          <Button
            kind="primary"
            isDisabled={!isChanged || theirs !== null}
            isBusy={action.isBusy && asked === null}
            onClick={review}
          >
            {say("Review change")}
          </Button>
        </div>
      </footer>
      {asked && (
        <StepChangeDialog preview={asked} draft={draft} action={action} onConfirm={apply} onClose={close} />
      )}
    </div>
  );
}
