import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { saveFile } from "../../ui/save-file-button.tsx";
import { say } from "../../words/say.ts";
import { SettingsSection, useHasRole } from "./section.tsx";
import { TextField } from "./text-field.tsx";

/**
 * Shows the form that saves the records of all emails to one address as a CSV file. The form
 * appears only on the agent's home page, because the records are about all properties.
 */
export function EmailRecordsSection() {
  const { api, propertyId, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const mayRead = useHasRole("teamLead");
  const [email, setEmail] = useState("");
  if (propertyId !== "" || !mayRead) return null;
  const save = (event: Event) => {
    event.preventDefault();
    if (email.trim() === "") return;
    run(async () => {
      const call = { method: "POST", body: { email: email.trim() }, isFile: true } as const;
      saveFile(await api.request<Blob>("/compliance.csv", call), "compliance.csv");
      status.value = say("Exported.");
    });
  };
  const fault = failure?.fields.email;
  return (
    <SettingsSection title={say("Records")} changedBy="teamLead">
      <p class="fine">
        {say(
          "Every email to one person, with its footer, the home’s status, consent and approval at that time.",
        )}
      </p>
      <form onSubmit={save} noValidate>
        <div class="fields">
          <TextField
            path="records.email"
            type="email"
            label={say("Email address")}
            longest={limits.emailLength}
            value={email}
            fault={fault}
            onInput={setEmail}
          />
        </div>
        {failure && !fault && <FailureNotice failure={failure} />}
        <div class="form-actions">
          <button
            type="submit"
            class="button secondary"
            aria-busy={isBusy}
            aria-disabled={email.trim() === ""}
          >
            {say("Export")}
          </button>
        </div>
      </form>
    </SettingsSection>
  );
}
