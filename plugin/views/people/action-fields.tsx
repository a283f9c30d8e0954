import { limits } from "../../../shared/limits.ts";
import type { BulkActionKind } from "../../../shared/vocabulary.ts";
import type { PeopleApi } from "../../data/people-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { useTypedText } from "../../ui/typed-text.ts";
import { formatCount, say } from "../../words/say.ts";
import type { BulkActionChoice } from "./action-choice.ts";
import type { StepPlace } from "./places.ts";

type Props = {
  api: PeopleApi;
  ids: readonly number[];
  kind: BulkActionKind;
  steps: readonly StepPlace[];
  choice: BulkActionChoice;
  isDisabled: boolean;
  onChange: (change: Partial<BulkActionChoice>) => void;
};

/** Shows the fields of an action that needs a choice; nothing for the other actions. */
export function BulkActionFields(props: Props) {
  switch (props.kind) {
    case "snooze":
      return <DaysField {...props} />;
    case "move":
      return <StepField {...props} />;
    case "changeSender":
      return <SenderField {...props} />;
    case "fill":
      return <ValueFields {...props} />;
    case "pause":
    case "resume":
    case "stop":
    case "remove":
      return null;
  }
}

function DaysField({ choice, isDisabled, onChange }: Props) {
  return (
    <NumberField
      label={say("Days")}
      value={choice.days}
      min={1}
      max={limits.snoozeDays}
      isDisabled={isDisabled}
      onChange={(days) => onChange({ days })}
    />
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

/**
 * Lets the agent choose a value that emails of the first selected people lack, and type the value.
 */
function ValueFields({ api, ids, choice, isDisabled, onChange }: Props) {
  const asked = ids.slice(0, limits.recipientsPerAction);
  const typed = useTypedText(choice.text, (text) => onChange({ text }));
  const missing = useResource(`missing values ${asked.join()}`, () => ({
    fetch: (signal) => api.missingValues(asked, signal),
    shouldPoll: () => false,
  }));
  return (
    <LoadedContent resource={missing} rows={2}>
      {({ items: all }) => {
        const items = all.filter(({ scope }) => scope === "many");
        return items.length === 0 ? (
          <p>{say("No email of these people is missing a value.")}</p>
        ) : (
          <>
            <label class="field">
              <span>{say("Value")}</span>
              <select
                value={choice.path ?? ""}
                disabled={isDisabled}
                onChange={({ currentTarget }) => onChange({ path: currentTarget.value || null })}
              >
                <option value="">{say("Choose a value")}</option>
                {items.map(({ path, label, people }) => (
                  <option value={path} key={path}>
                    {say("{label}: missing for {people}", {
                      label,
                      people: formatCount(people, "person", "people"),
                    })}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              <span>{say("Text for everyone who is missing it")}</span>
              <input
                type="text"
                autocomplete="off"
                maxLength={limits.filledValueLength}
                disabled={isDisabled}
                {...typed}
              />
            </label>
          </>
        );
      }}
    </LoadedContent>
  );
}
