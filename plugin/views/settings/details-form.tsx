import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say } from "../../words/say.ts";
import { ReturnButton } from "./section.tsx";
import { TextField } from "./text-field.tsx";

export type SettingsTextFieldOptions = {
  label: PlainPhrase | (() => string);
  getHint?: (() => string) | undefined;
  longest: number;
  isNumber?: boolean;
};

const sayLabel = (label: SettingsTextFieldOptions["label"]) =>
  typeof label === "function" ? label() : say(label);

type Props<Name extends string> = {
  /**
   * The first part of the fields' paths, such as `tenant` or `senders.12`. The Worker uses these
   * paths to name missing settings.
   */
  owner: string;
  fields: Readonly<Record<Name, SettingsTextFieldOptions>>;
  values: Readonly<Record<Name, string | number | null>>;
  mayChange: boolean;
  /** Saves the changed fields; null clears a field. */
  onSave: (changed: Partial<Record<Name, string | number | null>>) => Promise<void>;
  /** The content between the fields and the button. */
  children?: ComponentChildren;
};

const readInput = (text: string, isNumber: boolean | undefined) =>
  text === "" ? null : isNumber ? Number(text) : text;

/** Returns the fields whose text differs from the stored value. */
function listChanges<Name extends string>(
  given: Partial<Record<Name, string>>,
  { fields, values }: Pick<Props<Name>, "fields" | "values">,
): Partial<Record<Name, string | number | null>> {
  const changed: Partial<Record<Name, string | number | null>> = {};
  for (const name of Object.keys(given) as Name[]) {
    const text = given[name]?.trim() ?? "";
    if (text !== String(values[name] ?? "")) changed[name] = readInput(text, fields[name].isNumber);
  }
  return changed;
}

/**
 * Shows a form of text fields. The form saves only the changed fields, and shows each fault below
 * the faulty field.
 */
export function SettingsTextForm<Name extends string>({
  owner,
  fields,
  values,
  mayChange,
  onSave,
  children,
}: Props<Name>) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [given, setGiven] = useState<Partial<Record<Name, string>>>({});
  const [isSaved, setIsSaved] = useState(false);
  const names = Object.keys(fields) as Name[];
  const changed = listChanges(given, { fields, values });
  const save = (event: Event) => {
    event.preventDefault();
    if (Object.keys(changed).length === 0) return;
    run(async () => {
      await onSave(changed);
      setGiven({});
      setIsSaved(true);
      status.value = say("Saved for the whole office.");
    });
  };
  const isAtField = failure !== null && names.some((name) => failure.fields[name] !== undefined);
  return (
    <form onSubmit={save} noValidate>
      <div class="fields">
        {names.map((name) => (
          <TextField
            key={name}
            path={`${owner}.${name}`}
            label={sayLabel(fields[name].label)}
            hint={fields[name].getHint?.()}
            longest={fields[name].longest}
            type={fields[name].isNumber ? "number" : "text"}
            value={given[name] ?? String(values[name] ?? "")}
            fault={failure?.fields[name]}
            isReadOnly={!mayChange}
            onInput={(text) => {
              setIsSaved(false);
              setGiven({ ...given, [name]: text });
            }}
          />
        ))}
        {children}
      </div>
      {failure && !isAtField && <FailureNotice failure={failure} />}
      {mayChange && (
        <div class="form-actions">
          <button
            type="submit"
            class="button secondary"
            aria-busy={isBusy}
            aria-disabled={Object.keys(changed).length === 0}
          >
            {say("Save")}
          </button>
          {isSaved && <ReturnButton />}
          {isSaved && <span class="fine">{say("Saved")}</span>}
        </div>
      )}
    </form>
  );
}
