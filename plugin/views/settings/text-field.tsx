import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { sayMessage } from "../../words/say.ts";
import { useRequestedFieldFocus } from "./opened-field.ts";

type Props = {
  /** The path that the Worker uses for the setting, such as `tenant.officePhone`. */
  path: string;
  label: string;
  value: string;
  /** The fault that the Worker found in the value, such as "must be a date". */
  fault?: string | undefined;
  hint?: string | undefined;
  type?: "text" | "email" | "date" | "number";
  longest?: number | undefined;
  isReadOnly?: boolean;
  onInput: (value: string) => void;
};

/** Joins the ids of the texts that describe a field, for screen readers. */
const joinIds = (...ids: (string | false | undefined)[]) => ids.filter(Boolean).join(" ") || undefined;

/** Shows a text field of the settings, with its hint and its fault below. */
export function TextField({
  path,
  label,
  value,
  fault,
  hint,
  type = "text",
  longest,
  isReadOnly = false,
  onInput,
}: Props) {
  const ref = useRequestedFieldFocus<HTMLInputElement>(path);
  const [faultId, hintId] = [useId(), useId()];
  return (
    <div>
      <label class="field">
        <span>{label}</span>
        <input
          ref={ref}
          // Preact's types accept only one literal here, although all these input types have the
          // same properties.
          type={type as "text"}
          value={value}
          maxLength={longest}
          readOnly={isReadOnly}
          autocomplete="off"
          aria-invalid={fault ? "true" : undefined}
          aria-describedby={joinIds(fault && faultId, hint && hintId)}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      {hint && (
        <p id={hintId} class="fine">
          {hint}
        </p>
      )}
      {fault && <FieldFault id={faultId}>{sayMessage(`This ${fault}.`)}</FieldFault>}
    </div>
  );
}

export function FieldFault({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p id={id} class="fine missing" role="alert">
      {children}
    </p>
  );
}
