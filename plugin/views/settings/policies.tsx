import { limits } from "../../../shared/limits.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import {
  type CollisionPolicy,
  collisionPolicies,
  type UnknownPolicy,
  unknownPolicies,
} from "../../../shared/vocabulary.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say, translatedTable } from "../../words/say.ts";
import {
  unknownPolicyConsequences,
  unknownPolicyLabels,
  unknownPolicyQuestion,
} from "../../words/unknown-policy.ts";
import { type SettingsTextFieldOptions, SettingsTextForm } from "./details-form.tsx";
import { FactAgesForm } from "./fact-ages.tsx";
import { SettingsSection, useHasRole } from "./section.tsx";

const fields: Readonly<Record<"coolOffHours" | "lastNoteDays", SettingsTextFieldOptions>> = {
  coolOffHours: {
    label: "Hours between emails to one person from different campaigns",
    getHint: () => say("0 to {most}. 0 means no limit.", { most: limits.coolOffHoursMost }),
    longest: 4,
    isNumber: true,
  },
  lastNoteDays: {
    label: "Days without emails after one that says it’s the last",
    getHint: () => say("0 to {most}. 0 means no limit.", { most: limits.lastNoteDaysMost }),
    longest: 3,
    isNumber: true,
  },
};

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

function UnknownPolicyField({ tenant, onSave }: Props) {
  const { run, isBusy, failure } = useAction();
  const mayChange = useHasRole("admin");
  return (
    <>
      <label class="field">
        <span>{say(unknownPolicyQuestion)}</span>
        <select
          value={tenant.unknownPolicy}
          disabled={isBusy || !mayChange}
          onChange={(event) => {
            const unknownPolicy = event.currentTarget.value as UnknownPolicy;
            run(() => onSave({ unknownPolicy }));
          }}
        >
          {unknownPolicies.map((policy) => (
            <option value={policy} key={policy}>
              {unknownPolicyLabels[policy]}
            </option>
          ))}
        </select>
        <span class="fine">{unknownPolicyConsequences[tenant.unknownPolicy]}</span>
      </label>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

const collisionLabels = translatedTable<CollisionPolicy>({
  hold: "They wait, unless the agent decides otherwise",
  holdAlways: "They always wait",
  off: "They get both",
});

function CollisionPolicyField({ tenant, onSave }: Props) {
  const { run, isBusy, failure } = useAction();
  const mayChange = useHasRole("admin");
  return (
    <>
      <label class="field">
        <span>{say("People whom another campaign is emailing")}</span>
        <select
          value={tenant.collisionPolicy}
          disabled={isBusy || !mayChange}
          onChange={(event) => {
            const collisionPolicy = event.currentTarget.value as CollisionPolicy;
            run(() => onSave({ collisionPolicy }));
          }}
        >
          {collisionPolicies.map((policy) => (
            <option value={policy} key={policy}>
              {collisionLabels[policy]}
            </option>
          ))}
        </select>
      </label>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

export function PoliciesSection({ tenant, onSave }: Props) {
  const mayChange = useHasRole("admin");
  return (
    <SettingsSection title={say("Policies")} changedBy="admin">
      <div class="fields">
        <UnknownPolicyField tenant={tenant} onSave={onSave} />
        <CollisionPolicyField tenant={tenant} onSave={onSave} />
      </div>
      <SettingsTextForm
        owner="tenant"
        fields={fields}
        values={tenant}
        mayChange={mayChange}
        onSave={(changed) => onSave(changed as TenantPatch)}
      />
      <FactAgesForm tenant={tenant} onSave={onSave} />
    </SettingsSection>
  );
}
