import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { formatSource } from "../../words/source.ts";
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
    <SettingsSection title={say("Sources")} changedBy="admin">
      <fieldset>
        <legend>{say("A team lead has to approve campaigns to people from")}</legend>
        {recipientSources.map((source) => (
          <label class="check" key={source}>
            <input
              type="checkbox"
              checked={tenant.approvalSources.includes(source)}
              disabled={isBusy || !mayChange || isFiling(source)}
              onChange={(event) => set(source, event.currentTarget.checked)}
            />
            <span>{formatSource(source)}</span>
          </label>
        ))}
      </fieldset>
      <p class="fine">
        {say("Campaigns to people from probate or pre-foreclosure filings always need approval.")}
      </p>
      {failure && <FailureNotice failure={failure} />}
    </SettingsSection>
  );
}
