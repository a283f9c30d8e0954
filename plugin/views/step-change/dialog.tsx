import type { StepChange, StepsChangePreview } from "../../../shared/step-change.ts";
import type { TemplateApprovalInput } from "../../../shared/template-approval.ts";
import type { RequestFailure } from "../../data/api.ts";
import type { StepsDraft } from "../../session/steps-draft.ts";
import type { ActionState } from "../../ui/action.ts";
import { Badge } from "../../ui/badge.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { say } from "../../words/say.ts";
import { describeStepChangeEffect, stepChangeLabels } from "../../words/step-change.ts";
import { isOnlyAboutApproval, LetterApprovalNote } from "../ask-approval.tsx";
import { StepLabel } from "../sequence/step-label.tsx";

type Props = {
  preview: StepsChangePreview;
  draft: StepsDraft;
  action: ActionState;
  onConfirm: () => void;
  onClose: () => void;
};

function ChangedStep({ change, draft }: { change: StepChange; draft: StepsDraft }) {
  const steps = change.change === "removed" ? draft.base.peek().steps : draft.steps.peek();
  const step = steps.find(({ id }) => id === change.id);
  return (
    <li>
      <p class="changed-step">
        <Badge {...stepChangeLabels[change.change]} />{" "}
        <strong>
          {say("Step {position}:", { position: change.position })} {step && <StepLabel step={step} />}
        </strong>
      </p>
      <p class="muted">{describeStepChangeEffect(change)}</p>
    </li>
  );
}

/**
 * Builds the request that asks a team lead to approve the letters because of which the Worker
 * refused the change.
 */
function listRefusedLetters({ steps }: StepsDraft, { fields }: RequestFailure): TemplateApprovalInput {
  const letters = steps.peek().flatMap((step, index) => {
    if (step.kind === "task" || fields[`templates.${index + 1}`] === undefined) return [];
    return [step.letter, step.elseEmail?.letter ?? []]
      .flat()
      .map(({ subject, ...bodies }) => (subject === "" ? bodies : { subject, ...bodies }));
  });
  return { letters, name: say("Steps of a campaign") };
}

/**
 * Shows in numbers how a change of steps affects the people of the campaign, and asks for
 * confirmation.
 */
export function StepChangeDialog({ preview, draft, action, onConfirm, onClose }: Props) {
  const templates = action.failure && isOnlyAboutApproval(action.failure) ? action.failure : null;
  const changes = preview.steps.filter(({ change }) => change !== "kept");
  return (
    <ConfirmDialog
      title={say("Apply this change?")}
      confirm={say("Apply")}
      isBusy={action.isBusy}
      isDisabled={changes.length === 0}
      failure={templates ? null : action.failure}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {changes.length === 0 ? (
        <p>{say("The steps haven’t changed. There’s nothing to apply.")}</p>
      ) : (
        <>
          <ul class="list">
            {changes.map((change) => (
              <ChangedStep key={`${change.change} ${change.id}`} change={change} draft={draft} />
            ))}
          </ul>
          {templates && (
            <LetterApprovalNote failure={templates} letters={listRefusedLetters(draft, templates)} />
          )}
          <p class="muted">{say("No one gets a step twice. You can undo this for 10 seconds.")}</p>
        </>
      )}
    </ConfirmDialog>
  );
}
