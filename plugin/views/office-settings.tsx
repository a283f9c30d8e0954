import type { Tenant } from "../../shared/tenant.ts";
import { type UnknownPolicy, unknownPolicies } from "../../shared/vocabulary.ts";
import { useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { FailureNotice } from "../ui/feedback.tsx";

const choices: Record<UnknownPolicy, string> = {
  assumeSent: "Leave it, and go on",
  resend: "Send it once more",
};

const consequences: Record<UnknownPolicy, string> = {
  assumeSent: "It reads “Probably sent”. A few people may never get it.",
  resend: "A few people may get the same email twice.",
};

type Props = {
  tenant: Tenant;
  onChange: (tenant: Tenant) => void;
};

/** The office's settings that an administrator can change here. */
export function OfficeSettings({ tenant, onChange }: Props) {
  const { api, status } = useSession();
  const action = useAction();
  const save = (unknownPolicy: UnknownPolicy) =>
    action.run(async () => {
      onChange(await api.changeTenant({ unknownPolicy }));
      status.value = "Saved for the whole office.";
    });
  return (
    <details class="office-settings">
      <summary>Office settings</summary>
      <label class="field">
        <span>If the mail service doesn’t say whether it took an email</span>
        <select
          value={tenant.unknownPolicy}
          disabled={action.isBusy}
          onChange={(event) => save(event.currentTarget.value as UnknownPolicy)}
        >
          {unknownPolicies.map((policy) => (
            <option value={policy} key={policy}>
              {choices[policy]}
            </option>
          ))}
        </select>
      </label>
      <p class="fine">{consequences[tenant.unknownPolicy]}</p>
      {action.failure && <FailureNotice failure={action.failure} />}
    </details>
  );
}
