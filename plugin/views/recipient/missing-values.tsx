import { useId, useRef, useState } from "preact/hooks";
import type { RecipientDetail, RecipientPatch } from "../../../shared/recipient.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { findValuePlace } from "../../session/value-place.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { OutsideValuesNote, ValueInput } from "../../ui/value-input.tsx";
import { say } from "../../words/say.ts";

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/**
 * Builds the request that corrects the recipient with the typed values. Leaves out empty fields.
 */
export function buildMissingValuesPatch(
  fields: readonly { path: string }[],
  typed: Readonly<Record<string, string>>,
): RecipientPatch {
  const patch = { templateData: {}, property: {} } satisfies RecipientPatch;
  for (const { path } of fields) {
    const place = findValuePlace(path);
    const text = typed[path]?.trim();
    if (place && text) Object.assign(patch[place.part], { [place.name]: text });
  }
  return patch;
}

/**
 * Tells whether the recipient is held because the next email lacks a value. Resuming would only
 * hold the recipient again.
 */
export const lacksValueNow = ({ whyNotYet, missingValues, nextStepNumber }: RecipientDetail): boolean =>
  whyNotYet?.reason === "missingVariables" &&
  missingValues.some(({ stepNumber }) => stepNumber === nextStepNumber);

/** The class by which `FillInButton` finds the form in the same view. */
const formClass = "missing-values";

/**
 * Shows the button that moves the focus to the first missing value. Shows nothing if only the
 * office can give the values.
 */
export function FillInButton({ recipient: { missingValues } }: { recipient: RecipientDetail }) {
  const button = useRef<HTMLButtonElement>(null);
  if (!missingValues.some(({ path }) => findValuePlace(path) !== null)) return null;
  const goToForm = () => {
    const root = button.current?.getRootNode();
    if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(`.${formClass} input`)?.focus();
  };
  return (
    <Button ref={button} kind="primary" onClick={goToForm}>
      {say("Fill in…")}
    </Button>
  );
}

/** Shows the form for the values that are missing in the recipient's remaining emails. */
export function MissingValuesForm({ recipient, onChange }: Props) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const titleId = useId();
  const { missingValues } = recipient;
  const fillable = missingValues.filter((value) => findValuePlace(value.path) !== null);
  const others = missingValues.filter((value) => findValuePlace(value.path) === null);
  if (missingValues.length === 0) return null;
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const changed = await createRecipientActionsApi(api).correct(
        recipient.id,
        buildMissingValuesPatch(fillable, typed),
      );
      onChange(changed);
      setTyped({});
      status.value =
        changed.missingValues.length === 0
          ? say("Saved. Nothing is missing now.")
          : say("Saved. Some details are still missing.");
    });
  };
  const hasText = fillable.some(({ path }) => typed[path]?.trim());
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} class="group-title">
        {say("Missing from their emails")}
      </h3>
      {fillable.length > 0 && (
        <form class={`fields ${formClass}`} onSubmit={save}>
          {fillable.map(({ path, label, position }) => (
            <ValueInput
              key={path}
              label={label}
              purpose={say("for email {stepNumber}", { stepNumber: position })}
              text={typed[path] ?? ""}
              onType={(text) => setTyped({ ...typed, [path]: text })}
            />
          ))}
          <div class="form-actions">
            <button type="submit" class="button secondary" disabled={!hasText} aria-busy={isBusy}>
              {say("Save")}
            </button>
          </div>
          {failure && <FailureNotice failure={failure} />}
        </form>
      )}
      <OutsideValuesNote details={others.map(({ label }) => label).join(", ")} />
    </section>
  );
}
