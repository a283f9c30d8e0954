import { limits } from "../../../shared/limits.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { formatSource } from "../../words/source.ts";
import { type SettingsTextFieldOptions, SettingsTextForm } from "./details-form.tsx";
import { SettingsSection, useHasRole } from "./section.tsx";

const isFiling = (source: RecipientSource) => source === "probate" || source === "preForeclosure";

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

type Limit = "waitDays" | "mostEmails";

/**
 * The product's limits for the emails to contacts from a source. A source without an entry has no
 * limits.
 */
const productLimits: Partial<Record<RecipientSource, Record<Limit, number>>> = {
  probate: { waitDays: limits.probateWaitDays, mostEmails: limits.filingEmails },
  preForeclosure: { waitDays: limits.preForeclosureWaitDays, mostEmails: limits.filingEmails },
};

const limitFields = (source: RecipientSource): Record<Limit, SettingsTextFieldOptions> => ({
  waitDays: { label: "Days from the record to the first email", longest: 3, isNumber: true },
  mostEmails: {
    label: "Most emails to one person",
    getHint: isFiling(source) ? () => say("At most {most}.", { most: limits.filingEmails }) : undefined,
    longest: 2,
    isNumber: true,
  },
});

/**
 * Shows the form for the limits of a source: how many days emails have to wait, and how many emails
 * a contact may get.
 */
function SourceLimits({ source, tenant: { sourceRules }, onSave }: Props & { source: RecipientSource }) {
  const mayChange = useHasRole("admin");
  const rule = sourceRules[source];
  // The Worker uses this path in requests and faults.
  const path = `sourceRules.${source}.`;
  const prefix = <Value,>(record: Readonly<Record<Limit, Value>>) => ({
    [`${path}waitDays`]: record.waitDays,
    [`${path}mostEmails`]: record.mostEmails,
  });
  const save = (changed: Readonly<Record<string, string | number | null | undefined>>) => {
    const entries = Object.entries(changed).map(([name, value]) => [
      name.slice(path.length),
      value ?? undefined,
    ]);
    return onSave({ sourceRules: { ...sourceRules, [source]: { ...rule, ...Object.fromEntries(entries) } } });
  };
  return (
    <div>
      <h4 class="source">{formatSource(source)}</h4>
      <SettingsTextForm
        owner="tenant"
        fields={prefix(limitFields(source))}
        values={prefix({
          waitDays: rule?.waitDays ?? productLimits[source]?.waitDays ?? null,
          mostEmails: rule?.mostEmails ?? productLimits[source]?.mostEmails ?? null,
        })}
        mayChange={mayChange}
        onSave={save}
      />
    </div>
  );
}

export function SourceRulesSection({ tenant, onSave }: Props) {
  const { run, isBusy, failure } = useAction();
  const mayChange = useHasRole("admin");
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
            <span class="source">{formatSource(source)}</span>
          </label>
        ))}
      </fieldset>
      <p class="fine">
        {say("Campaigns to people from probate or pre-foreclosure filings always need approval.")}
      </p>
      {failure && <FailureNotice failure={failure} />}
      {tenant.approvalSources.map((source) => (
        <SourceLimits source={source} tenant={tenant} onSave={onSave} key={source} />
      ))}
    </SettingsSection>
  );
}
