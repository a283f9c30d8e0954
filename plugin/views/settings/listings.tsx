import { limits } from "../../../shared/limits.ts";
import type { ListingGuardSettings } from "../../../shared/listing-guard.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import type { PropertyStatus } from "../../../shared/vocabulary.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { exitStatusTexts } from "../../words/sequence-rules.ts";
import { type SettingsTextFieldOptions, SettingsTextForm } from "./details-form.tsx";
import { SettingsSection, useHasRole } from "./section.tsx";
import { StatusWordList } from "./status-words.tsx";

type Detail = "closedDays" | "launchStatusHours" | "laterStatusDays" | "officeKeys" | "agentKeys";

/**
 * Returns the name of a setting of the listing guard in the Worker's requests and faults. The
 * listing guard prevents emails to the owners of listed homes.
 */
const fieldOf = (name: Detail) => `listingGuard.${name}`;

const most = (most: number, isHours = false) =>
  isHours ? say("1 to {most} hours.", { most }) : say("1 to {most} days.", { most });

const fields: Readonly<Record<Detail, SettingsTextFieldOptions>> = {
  closedDays: {
    label: "Days without emails after a sale",
    getHint: () => say("At least {least}.", { least: limits.closedDays }),
    longest: 4,
    isNumber: true,
  },
  launchStatusHours: {
    label: "Oldest expired or canceled status at a launch",
    getHint: () => most(limits.launchStatusHours, true),
    longest: 2,
    isNumber: true,
  },
  laterStatusDays: {
    label: "Oldest expired or canceled status for later emails",
    getHint: () => most(limits.laterStatusDays),
    longest: 2,
    isNumber: true,
  },
  officeKeys: {
    label: "Your office’s keys in the MLS",
    getHint: () => say("Separate them with commas. Listings with these keys count as your own."),
    longest: 1000,
  },
  agentKeys: { label: "Your agents’ keys in the MLS", longest: 1000 },
};
const names = Object.keys(fields) as Detail[];

/** The home statuses about which agents may write emails unless the office blocks the status. */
const blockable: readonly PropertyStatus[] = ["Withdrawn", "Expired", "Canceled"];

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

function readSettings(guard: ListingGuardSettings): Record<Detail, string | number | null> {
  return {
    closedDays: guard.closedDays ?? limits.closedDays,
    launchStatusHours: guard.launchStatusHours ?? limits.launchStatusHours,
    laterStatusDays: guard.laterStatusDays ?? limits.laterStatusDays,
    officeKeys: guard.officeKeys?.join(", ") ?? null,
    agentKeys: guard.agentKeys?.join(", ") ?? null,
  };
}

/** Returns the guard's settings with the changed fields; null restores the default of a field. */
function changeSettings(
  guard: ListingGuardSettings,
  changed: Readonly<Record<string, string | number | null | undefined>>,
): ListingGuardSettings {
  const given = names.flatMap((name) => {
    const value = changed[fieldOf(name)];
    if (value === undefined) return [];
    return [[name, typeof value === "string" ? splitKeys(value) : (value ?? undefined)] as const];
  });
  return { ...guard, ...Object.fromEntries(given) };
}

const splitKeys = (text: string) => text.split(",").flatMap((key) => key.trim() || []);

function BlockedStatuses({ tenant: { listingGuard }, onSave }: Props) {
  const { run, isBusy, failure } = useAction();
  const mayChange = useHasRole("admin");
  const blocked = listingGuard.extraBlockedStatuses ?? [];
  const set = (status: PropertyStatus, isBlocked: boolean) => {
    const others = blocked.filter((one) => one !== status);
    const extraBlockedStatuses = isBlocked ? [...others, status] : others;
    run(() => onSave({ listingGuard: { ...listingGuard, extraBlockedStatuses } }));
  };
  return (
    <fieldset>
      <legend>{say("Never email the owner of a home that is")}</legend>
      {blockable.map((status) => (
        <label class="check" key={status}>
          <input
            type="checkbox"
            checked={blocked.includes(status)}
            disabled={isBusy || !mayChange}
            onChange={(event) => set(status, event.currentTarget.checked)}
          />
          <span>{exitStatusTexts[status as keyof typeof exitStatusTexts]}</span>
        </label>
      ))}
      {failure && <FailureNotice failure={failure} />}
    </fieldset>
  );
}

/**
 * Shows the office's settings of the listing guard. The office's settings can only be stricter than
 * the product's rules.
 */
export function ListingGuardSection(props: Props) {
  const { tenant, onSave } = props;
  const mayChange = useHasRole("admin");
  const values = readSettings(tenant.listingGuard);
  return (
    <SettingsSection title={say("Listed homes")} changedBy="admin">
      <p class="fine">
        {say("Owners of homes under another brokerage’s contract never get emails. You can be stricter.")}
      </p>
      <SettingsTextForm
        owner="tenant"
        fields={Object.fromEntries(names.map((name) => [fieldOf(name), fields[name]]))}
        values={Object.fromEntries(names.map((name) => [fieldOf(name), values[name]]))}
        mayChange={mayChange}
        onSave={(changed) => onSave({ listingGuard: changeSettings(tenant.listingGuard, changed) })}
      />
      <BlockedStatuses {...props} />
      <StatusWordList {...props} />
    </SettingsSection>
  );
}
