import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";
import { englishSourceNames } from "../../../shared/words/source-names.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { SettingsSection, useMayChange } from "./section.tsx";

const isFiling = (source: RecipientSource) => source === "probate" || source === "preForeclosure";

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

export function SourcesSection({ tenant, onSave }: Props) {
  const { run, isBusy, failure } = useAction();
  const mayChange = useMayChange("admin");
  const set = (source: RecipientSource, needsApproval: boolean) =>
    run(() =>
      onSave({
        sourceRules: { ...tenant.sourceRules, [source]: { ...tenant.sourceRules[source], needsApproval } },
      }),
    );
  return (
    <SettingsSection title="Sources" changedBy="admin">
      <fieldset>
        <legend>A team lead has to approve campaigns to people from</legend>
        {recipientSources.map((source) => (
          <label class="check" key={source}>
            <input
              type="checkbox"
              checked={tenant.approvalSources.includes(source)}
              disabled={isBusy || !mayChange || isFiling(source)}
              onChange={(event) => set(source, event.currentTarget.checked)}
            />
            <span>{englishSourceNames[source]}</span>
          </label>
        ))}
      </fieldset>
      <p class="fine">Campaigns to people from probate or pre-foreclosure filings always need approval.</p>
      {failure && <FailureNotice failure={failure} />}
    </SettingsSection>
  );
}
