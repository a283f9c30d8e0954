import { useId, useState } from "preact/hooks";
import type { DoNotSolicitList } from "../../../shared/do-not-solicit-list.ts";
import { limits } from "../../../shared/limits.ts";
import type { RequestFailure } from "../../data/api.ts";
import type { SettingsApi } from "../../data/settings-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { formatCount, say } from "../../words/say.ts";
import { useRequestedFieldFocus } from "./opened-field.ts";
import { ReturnButton } from "./section.tsx";
import { FieldFault, TextField } from "./text-field.tsx";

const fieldNames = ["name", "state", "city", "asOf"] as const;

/**
 * Returns the faults of the file and of its lines, without the faults of the form's text fields.
 */
const listFileFaults = (failure: RequestFailure | null): string[] =>
  Object.entries(failure?.fields ?? {}).flatMap(([field, message]) =>
    fieldNames.some((name) => name === field)
      ? []
      : [`${field === "body" ? say("the file") : field} ${message}`],
  );

type FileProps = { path: string; faults: readonly string[]; onChoose: (file: File | null) => void };

function FileField({ path, faults, onChoose }: FileProps) {
  const ref = useRequestedFieldFocus<HTMLInputElement>(path);
  const faultId = useId();
  return (
    <div>
      <label class="field">
        <span>{say("CSV file with the columns address, unit, city, state, zip")}</span>
        <input
          ref={ref}
          type="file"
          accept=".csv,text/csv"
          aria-invalid={faults.length > 0 ? "true" : undefined}
          aria-describedby={faults.length > 0 ? faultId : undefined}
          onChange={(event) => onChoose(event.currentTarget.files?.[0] ?? null)}
        />
      </label>
      {faults.length > 0 && (
        <FieldFault id={faultId}>
          {say("Nothing was imported: {faults}.", { faults: faults.join("; ") })}
        </FieldFault>
      )}
    </div>
  );
}

type Props = {
  /** The list that a new file replaces; null for a new list. */
  list: DoNotSolicitList | null;
  settings: SettingsApi;
  onClose: () => void;
  onImported: () => void;
};

export function DoNotSolicitListImportForm({ list, settings, onClose, onImported }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [given, setGiven] = useState({
    name: list?.name ?? "",
    state: list?.state ?? "",
    city: list?.city ?? "",
    asOf: "",
  });
  const [file, setFile] = useState<File | null>(null);
  const [imported, setImported] = useState<DoNotSolicitList | null>(null);
  const isComplete = file !== null && given.name.trim() !== "" && given.state !== "" && given.asOf !== "";
  const submit = (event: Event) => {
    event.preventDefault();
    if (file === null || !isComplete) return;
    run(async () => {
      const { name, state, city, asOf } = given;
      const query = { name: name.trim(), state: state.toUpperCase(), city: city.trim() || null, asOf };
      const stored = await settings.importDoNotSolicitList(query, file);
      status.value = say("Imported {lines}.", { lines: formatCount(stored.lines, "line") });
      setImported(stored);
      onImported();
    });
  };
  if (imported) {
    return (
      <div class="form-actions">
        <span>
          {say("Imported {lines} of {name}.", {
            lines: formatCount(imported.lines, "line"),
            name: imported.name,
          })}
        </span>
        <ReturnButton />
        <Button kind="quiet" onClick={onClose}>
          {say("Close")}
        </Button>
      </div>
    );
  }
  const faults = listFileFaults(failure);
  const isAtField = failure !== null && Object.keys(failure.fields).length > 0;
  const path = list === null ? "doNotSolicitLists.new" : `doNotSolicitLists.${list.id}`;
  const text = (name: (typeof fieldNames)[number], label: string, longest: number, hint?: string) => (
    <TextField
      path={`${path}.${name}`}
      label={label}
      longest={longest}
      hint={hint}
      value={given[name]}
      fault={failure?.fields[name]}
      onInput={(value) => setGiven({ ...given, [name]: value })}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      <div class="fields">
        <FileField path={path} faults={faults} onChoose={setFile} />
        {text(
          "name",
          say("Name of the list"),
          limits.listNameLength,
          say("Replaces any list with the same name."),
        )}
        {text("state", say("State (two letters)"), 2)}
        {text("city", say("City, if the list covers only one"), limits.nameLength)}
        <TextField
          path={`${path}.asOf`}
          type="date"
          label={say("Date on the list")}
          value={given.asOf}
          fault={failure?.fields.asOf}
          onInput={(asOf) => setGiven({ ...given, asOf })}
        />
      </div>
      {failure && !isAtField && <FailureNotice failure={failure} />}
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy} aria-disabled={!isComplete}>
          {say("Import")}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </form>
  );
}
