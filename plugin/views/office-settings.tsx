import { useState } from "preact/hooks";
import type { CampaignSummary } from "../../shared/campaign.ts";
import { limits } from "../../shared/limits.ts";
import type { Tenant, TenantPatch } from "../../shared/tenant.ts";
import {
  type RecipientSource,
  recipientSources,
  type UnknownPolicy,
  unknownPolicies,
} from "../../shared/vocabulary.ts";
import { englishSourceNames, formatSourceNames } from "../../shared/words/source-names.ts";
import { useResource } from "../data/use-resource.ts";
import { useSession } from "../session/state.ts";
import { type ActionState, useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice, Note } from "../ui/feedback.tsx";

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
type SectionProps = { tenant: Tenant; action: ActionState; save: (patch: TenantPatch) => void };

/** The labels of the office's details that a launch may require, in the order of a footer. */
const details = {
  name: "Office name",
  licensedName: "Name on the brokerage’s license",
  license: "Brokerage’s license number",
  postalAddress: "Postal address",
  officePhone: "Office phone",
  officeCity: "City",
  officeState: "State, two letters",
  officeWebsite: "Website",
  iabsLink: "Texas: link to the form on brokerage services",
  relationshipFormLink: "Maine: link to the relationships form",
} as const;
type Detail = keyof typeof details;
const detailNames = Object.keys(details) as Detail[];

function OfficeDetails({ tenant, action, save }: SectionProps) {
  const [given, setGiven] = useState<Partial<Record<Detail, string>>>({});
  const saveAll = () => {
    const changed = detailNames.flatMap((name) => {
      const text = given[name]?.trim();
      return text === undefined || text === (tenant[name] ?? "") ? [] : [[name, text === "" ? null : text]];
    });
    if (changed.length > 0) save(Object.fromEntries(changed) as TenantPatch);
  };
  return (
    <section>
      <h4>Office</h4>
      {detailNames.map((name) => (
        <label class="field" key={name}>
          <span>{details[name]}</span>
          <input
            type="text"
            value={given[name] ?? tenant[name] ?? ""}
            onInput={(event) => setGiven({ ...given, [name]: event.currentTarget.value })}
          />
        </label>
      ))}
      <Button kind="primary" isBusy={action.isBusy} onClick={saveAll}>
        Save
      </Button>
    </section>
  );
}

/** The policies whose value is a number, each with its label and its largest value. */
const numbers = {
  coolOffHours: ["Hours between two campaigns’ emails to one person", limits.coolOffHoursMost],
  lastNoteDays: ["Days without emails after a last note", limits.lastNoteDaysMost],
} as const;

function Policies({ tenant, action, save }: SectionProps) {
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  return (
    <section>
      <h4>Policies</h4>
      <label class="field">
        <span>If the mail service doesn’t say whether it took an email</span>
        <select
          value={tenant.unknownPolicy}
          disabled={action.isBusy}
          onChange={(event) => save({ unknownPolicy: event.currentTarget.value as UnknownPolicy })}
        >
          {unknownPolicies.map((policy) => (
            <option value={policy} key={policy}>
              {choices[policy]}
            </option>
          ))}
        </select>
      </label>
      <p class="fine">{consequences[tenant.unknownPolicy]}</p>
      {names.map((name) => (
        <label class="field" key={name}>
          <span>{numbers[name][0]}</span>
          <input
            type="number"
            min={0}
            max={numbers[name][1]}
            value={tenant[name]}
            disabled={action.isBusy}
            onChange={(event) => save({ [name]: Number(event.currentTarget.value) })}
          />
        </label>
      ))}
    </section>
  );
}

const isFiling = (source: RecipientSource) => source === "probate" || source === "preForeclosure";

function Sources({ tenant, action, save }: SectionProps) {
  const set = (source: RecipientSource, needsApproval: boolean) =>
    save({
      sourceRules: { ...tenant.sourceRules, [source]: { ...tenant.sourceRules[source], needsApproval } },
    });
  return (
    <fieldset>
      <legend>A team lead approves campaigns to people from</legend>
      {recipientSources.map((source) => (
        <label class="check" key={source}>
          <input
            type="checkbox"
            checked={tenant.approvalSources.includes(source)}
            disabled={action.isBusy || isFiling(source)}
            onChange={(event) => set(source, event.currentTarget.checked)}
          />
          <span>{englishSourceNames[source]}</span>
        </label>
      ))}
      <p class="fine">Campaigns to people of a filing always need approval.</p>
    </fieldset>
  );
}

function Volumes({ tenant }: { tenant: Tenant }) {
  return (
    <section>
      <h4>Emails today</h4>
      {tenant.volumes.map(({ domain, emailsToday, bulkLimit, isNearLimit }) => (
        <p key={domain} class={isNearLimit ? "bad-news" : "fine"}>
          {domain}: {emailsToday.toLocaleString("en-US")}
          {isNearLimit &&
            `. From ${bulkLimit.toLocaleString("en-US")} a day, Gmail and Microsoft treat the domain as a bulk sender for good.`}
        </p>
      ))}
    </section>
  );
}

function ApprovalsWaiting() {
  const { go } = useSession();
  const { data } = useResource("approvals", ({ api }) => ({
    fetch: (signal) => api.waitingCampaigns(signal),
  }));
  const waiting: CampaignSummary[] = data?.items ?? [];
  if (waiting.length === 0) return null;
  return (
    <Note tone="info">
      <p>
        <strong>Waiting for your approval</strong>
      </p>
      {waiting.map(({ id, name, approval }) => (
        <p key={id}>
          <Button kind="quiet" onClick={() => go({ name: "campaign", id, title: name })}>
            {name}
          </Button>{" "}
          to people from {formatSourceNames(approval?.sources ?? [])}
        </p>
      ))}
    </Note>
  );
}

/**
 * The campaigns that wait for approval and, for an administrator, the office's settings. The Worker
 * checks the role too.
 */
export function OfficeSettings({ tenant, onChange }: Props) {
  const { api, status, tokens } = useSession();
  const action = useAction();
  const save = (patch: TenantPatch) =>
    action.run(async () => {
      onChange(await api.changeTenant(patch));
      status.value = "Saved for the whole office.";
    });
  const section = { tenant, action, save };
  return (
    <>
      <ApprovalsWaiting />
      {tokens.role() === "admin" && (
        <details class="office-settings">
          <summary>Office settings</summary>
          <OfficeDetails {...section} />
          <Policies {...section} />
          <Sources {...section} />
          <Volumes tenant={tenant} />
          {action.failure && <FailureNotice failure={action.failure} />}
        </details>
      )}
    </>
  );
}
