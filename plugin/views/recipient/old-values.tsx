import { useId, useState } from "preact/hooks";
import type { OldValue, RecipientDetail } from "../../../shared/recipient.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { findValuePlace } from "../../session/value-place.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { buildMissingValuesPatch } from "./missing-values.tsx";

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/**
 * Shows the form for the values in the next email that are older than the office allows. A saved
 * value counts as new, even if its text has not changed.
 */
export function OldValuesForm({ recipient, onChange }: Props) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const titleId = useId();
  const old = recipient.oldValues.filter(({ path }) => findValuePlace(path) !== null);
  if (old.length === 0) return null;
  const texts = Object.fromEntries(old.map(({ path, value }) => [path, typed[path] ?? value ?? ""]));
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const changed = await createRecipientActionsApi(api).correct(
        recipient.id,
        buildMissingValuesPatch(old, texts),
      );
      onChange(changed);
      setTyped({});
      status.value =
        changed.oldValues.length === 0
          ? say("Saved. Every value is up to date now.")
          : say("Saved. Some values are still too old.");
    });
  };
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} class="group-title">
        {say("Too old for their next email")}
      </h3>
      <p class="fine">{say("Check each value, change what’s different now, and save.")}</p>
      <form class="fields" onSubmit={save}>
        {old.map((value) => (
          <OldValueField
            key={value.path}
            value={value}
            text={texts[value.path] ?? ""}
            onInput={(text) => setTyped({ ...typed, [value.path]: text })}
          />
        ))}
        <div class="form-actions">
          <button
            type="submit"
            class="button secondary"
            disabled={Object.values(texts).every((text) => text.trim() === "")}
            aria-busy={isBusy}
          >
            {say("Save as up to date")}
          </button>
        </div>
        {failure && <FailureNotice failure={failure} />}
      </form>
    </section>
  );
}

type FieldProps = { value: OldValue; text: string; onInput: (text: string) => void };

function OldValueField({ value: { label, ageDays, mostDays }, text, onInput }: FieldProps) {
  return (
    <label class="field">
      <span>{say("{label}: {ageDays} days old, limit {mostDays}", { label, ageDays, mostDays })}</span>
      <input
        type="text"
        autocomplete="off"
        maxLength={2000}
        value={text}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
