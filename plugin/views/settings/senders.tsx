import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { Sender, SenderPatch } from "../../../shared/sender.ts";
import type { SettingsApi } from "../../data/settings-api.ts";
import { usePagedResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { type SettingsTextFieldOptions, SettingsTextForm } from "./details-form.tsx";
import { useRequestedSetting } from "./opened-field.ts";
import { OtherLicenses } from "./other-licenses.tsx";
import { SettingsSection, useHasRole } from "./section.tsx";

type Detail = "fromName" | "licensedName" | "licenseType" | "licenseNumber" | "licenseState" | "phone";

/** The details of a sender that an email's footer contains. */
const fields: Readonly<Record<Detail, SettingsTextFieldOptions>> = {
  fromName: { label: "Name recipients see", longest: limits.nameLength },
  licensedName: {
    label: "Name on the agent’s license",
    getHint: () => say("Leave blank if it’s the same as the name above."),
    longest: limits.nameLength,
  },
  licenseType: {
    label: "License type",
    getHint: () => say("As it appears on the license, such as Licensed Salesperson."),
    longest: limits.licenseTypeLength,
  },
  licenseNumber: {
    label: "Agent’s own license number",
    getHint: () => say("Never the brokerage’s number."),
    longest: limits.licenseNumberLength,
  },
  licenseState: { label: "License state (two letters)", longest: 2 },
  phone: { label: "Agent’s phone", longest: limits.phoneLength },
};

const describeLicense = ({
  licenseType,
  licenseState,
  licenseNumber,
}: Pick<Sender, "licenseType" | "licenseState" | "licenseNumber">) =>
  [licenseType, licenseState, licenseNumber].filter((part) => part !== null).join(", ");

type RowProps = {
  sender: Sender;
  onSave: (patch: SenderPatch) => Promise<void>;
};

function SenderRow({ sender, onSave }: RowProps) {
  const mayChange = useHasRole("admin");
  const field = useRequestedSetting();
  const [isOpen, setIsOpen] = useState(field?.startsWith(`senders.${sender.id}.`) ?? false);
  const formId = `sender-${sender.id}`;
  return (
    <li class="card">
      <div class="card-head">
        <div>
          <h4>{sender.fromName}</h4>
          <p class="fine">{sender.fromEmail}</p>
          <p class="fine">{describeLicense(sender) || say("No license yet")}</p>
          {sender.otherLicenses.map((license) => (
            <p key={license.licenseState} class="fine">
              {describeLicense(license)}
            </p>
          ))}
        </div>
        <Button
          kind="quiet"
          label={`${mayChange ? say("Edit") : say("Show")} ${sender.fromName}`}
          expands={{ id: formId, isOpen }}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? say("Close") : mayChange ? say("Edit") : say("Show")}
        </Button>
      </div>
      {isOpen && (
        <div id={formId}>
          <SettingsTextForm
            owner={`senders.${sender.id}`}
            fields={fields}
            values={sender}
            mayChange={mayChange}
            onSave={(changed) => onSave(changed as SenderPatch)}
          />
          <OtherLicenses sender={sender} mayChange={mayChange} onSave={onSave} />
        </div>
      )}
    </li>
  );
}

export function SendersSection({ settings }: { settings: SettingsApi }) {
  const { cache } = useSession();
  const senders = usePagedResource<Sender>("settings senders", settings.senders, () => false);
  const save = async (id: number, patch: SenderPatch) => {
    await settings.changeSender(id, patch);
    // The launch view caches the senders under the key "launch", and must load the senders again.
    cache.delete("launch");
    senders.reload();
  };
  return (
    <SettingsSection title={say("Senders and their licenses")} changedBy="admin">
      <LoadedContent resource={senders} rows={2}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 && (
              <p class="muted">{say("No senders yet. An administrator can add one.")}</p>
            )}
            <ul class="list">
              {items.map((sender) => (
                <SenderRow key={sender.id} sender={sender} onSave={(patch) => save(sender.id, patch)} />
              ))}
            </ul>
            {nextCursor && <Button onClick={senders.showMore}>{say("Show more")}</Button>}
          </>
        )}
      </LoadedContent>
    </SettingsSection>
  );
}
