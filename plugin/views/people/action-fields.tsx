import { limits } from "../../../shared/limits.ts";
import type { BulkActionKind } from "../../../shared/vocabulary.ts";
import { useResource } from "../../data/use-resource.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import type { ActionChoice } from "./action-choice.ts";
import type { CampaignPlace } from "./places.ts";

type Props = {
  kind: BulkActionKind;
  steps: readonly CampaignPlace[];
  choice: ActionChoice;
  isDisabled: boolean;
  onChange: (change: Partial<ActionChoice>) => void;
};

/** Shows the fields of an action that needs a choice; nothing for the other actions. */
export function ActionFields(props: Props) {
  switch (props.kind) {
    case "snooze":
      return <DaysField {...props} />;
    case "move":
      return <StepField {...props} />;
    case "changeSender":
      return <SenderField {...props} />;
    case "pause":
    case "resume":
    case "stop":
      return null;
  }
}

function DaysField({ choice, isDisabled, onChange }: Props) {
  const limit = (days: number) => Math.min(limits.snoozeDays, Math.max(1, Math.round(days) || 1));
  return (
    <label class="field">
      <span>{say("Days")}</span>
      <input
        type="number"
        min={1}
        max={limits.snoozeDays}
        value={choice.days}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange({ days: limit(currentTarget.valueAsNumber) })}
      />
    </label>
  );
}

function StepField({ steps, choice, isDisabled, onChange }: Props) {
  return (
    <label class="field">
      <span>{say("Next step")}</span>
      <select
        value={choice.stepNumber}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange({ stepNumber: Number(currentTarget.value) })}
      >
        {steps.map((step) => (
          <option value={step.stepNumber} key={step.stepNumber}>
            {say("Step {position}", { position: step.position })}
          </option>
        ))}
      </select>
    </label>
  );
}

function SenderField({ choice, isDisabled, onChange }: Props) {
  const senders = useResource("senders to choose", ({ api }) => ({
    fetch: (signal) => api.senders(signal),
    shouldPoll: () => false,
  }));
  return (
    <LoadedContent resource={senders} rows={1}>
      {({ items }) => (
        <label class="field">
          <span>{say("Sender")}</span>
          <select
            value={choice.senderId ?? ""}
            disabled={isDisabled}
            onChange={({ currentTarget }) => onChange({ senderId: Number(currentTarget.value) || null })}
          >
            <option value="">{say("Choose a sender")}</option>
            {items.map(({ id, fromName, fromEmail, isPaused }) => (
              <option value={id} disabled={isPaused} key={id}>
                {fromName ? `${fromName} · ${fromEmail}` : fromEmail}
              </option>
            ))}
          </select>
        </label>
      )}
    </LoadedContent>
  );
}
