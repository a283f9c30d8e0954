import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { OtherLicense, Sender, SenderPatch } from "../../../shared/sender.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say } from "../../words/say.ts";
import { useRequestedSetting } from "./opened-field.ts";
import { ReturnButton } from "./section.tsx";
import { TextField } from "./text-field.tsx";

type Field = keyof OtherLicense;
/** A license in the form. `key` stays the same while other licenses are removed. */
type Draft = Record<Field, string> & { key: number };

const fields: Readonly<Record<Field, { label: PlainPhrase; longest: number; getHint?: () => string }>> = {
  licenseState: { label: "License state (two letters)", longest: 2 },
  licenseNumber: { label: "Agent’s own license number", longest: limits.licenseNumberLength },
  licenseType: { label: "License type", longest: limits.licenseTypeLength },
  licensedName: {
    label: "Name on this license",
    longest: limits.nameLength,
    getHint: () => say("Leave blank if it’s the same as on the first license."),
  },
};
const fieldNames = Object.keys(fields) as Field[];

const toDrafts = (licenses: readonly OtherLicense[]): Draft[] =>
  licenses.map((license, key) => ({
    key,
    licenseState: license.licenseState,
    licenseNumber: license.licenseNumber ?? "",
    licenseType: license.licenseType ?? "",
    licensedName: license.licensedName ?? "",
  }));

const toLicense = (draft: Draft): OtherLicense => ({
  licenseState: draft.licenseState.trim().toUpperCase(),
  licenseNumber: draft.licenseNumber.trim() || null,
  licenseType: draft.licenseType.trim() || null,
  licensedName: draft.licensedName.trim() || null,
});

const addBlank = (drafts: readonly Draft[]): Draft[] => [
  ...drafts,
  {
    key: Math.max(-1, ...drafts.map(({ key }) => key)) + 1,
    licenseState: "",
    licenseNumber: "",
    licenseType: "",
    licensedName: "",
  },
];

type LicenseProps = {
  draft: Draft;
  path: string;
  number: number;
  mayChange: boolean;
  getFault: (field: Field) => string | undefined;
  onChange: (draft: Draft) => void;
  onRemove: () => void;
};

function LicenseFields({ draft, path, number, mayChange, getFault, onChange, onRemove }: LicenseProps) {
  return (
    <fieldset class="license">
      <legend>{say("License {number}", { number })}</legend>
      <div class="fields">
        {fieldNames.map((field) => (
          <TextField
            key={field}
            path={`${path}.${field}`}
            label={say(fields[field].label)}
            hint={fields[field].getHint?.()}
            longest={fields[field].longest}
            value={draft[field]}
            fault={getFault(field)}
            isReadOnly={!mayChange}
            onInput={(text) => onChange({ ...draft, [field]: text })}
          />
        ))}
      </div>
      {mayChange && (
        <Button kind="quiet" label={say("Remove license {number}", { number })} onClick={onRemove}>
          {say("Remove")}
        </Button>
      )}
    </fieldset>
  );
}

type Props = {
  sender: Sender;
  mayChange: boolean;
  onSave: (patch: SenderPatch) => Promise<void>;
};

/**
 * Shows a form with the licenses that a sender has besides the first one. An email about a home
 * uses the license from the home's state.
 */
export function OtherLicenses({ sender, mayChange, onSave }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure, forget } = useAction();
  const path = `senders.${sender.id}.otherLicenses`;
  const asked = useRequestedSetting();
  const [drafts, setDrafts] = useState(() => {
    const known = toDrafts(sender.otherLicenses);
    // A launch that needs one more license asks for a field of the first license that is missing.
    return mayChange && asked?.startsWith(`${path}.${known.length}.`) ? addBlank(known) : known;
  });
  const [isSaved, setIsSaved] = useState(false);
  const licenses = drafts.map(toLicense);
  const isChanged =
    JSON.stringify(licenses) !== JSON.stringify(toDrafts(sender.otherLicenses).map(toLicense));
  const change = (next: Draft[]) => {
    setIsSaved(false);
    forget();
    setDrafts(next);
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (!isChanged) return;
    run(async () => {
      await onSave({ otherLicenses: licenses });
      setDrafts(toDrafts(licenses));
      setIsSaved(true);
      status.value = say("Saved for the whole office.");
    });
  };
  if (!mayChange && drafts.length === 0) return null;
  const getFault = (index: number, field: Field) => failure?.fields[`otherLicenses.${index}.${field}`];
  const isAtField =
    failure !== null && drafts.some((_, index) => fieldNames.some((field) => getFault(index, field)));
  return (
    <form onSubmit={save} noValidate>
      <h5>{say("Licenses from other states")}</h5>
      <p class="fine">{say("An email about a home shows the license from the home’s state.")}</p>
      {drafts.map((draft, index) => (
        <LicenseFields
          key={draft.key}
          draft={draft}
          path={`${path}.${index}`}
          number={index + 2}
          mayChange={mayChange}
          getFault={(field) => getFault(index, field)}
          onChange={(changed) => change(drafts.map((one) => (one === draft ? changed : one)))}
          onRemove={() => change(drafts.filter((one) => one !== draft))}
        />
      ))}
      {failure && !isAtField && <FailureNotice failure={failure} />}
      {mayChange && (
        <div class="form-actions">
          {drafts.length < limits.otherLicenses && (
            <Button icon="plus" onClick={() => change(addBlank(drafts))}>
              {say("Add a license")}
            </Button>
          )}
          {(isChanged || isSaved || sender.otherLicenses.length > 0) && (
            <button type="submit" class="button secondary" aria-busy={isBusy} aria-disabled={!isChanged}>
              {say("Save the licenses")}
            </button>
          )}
          {isSaved && <ReturnButton />}
          {isSaved && <span class="fine">{say("Saved")}</span>}
        </div>
      )}
    </form>
  );
}
