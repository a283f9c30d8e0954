import { limits } from "../../../shared/limits.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { say } from "../../words/say.ts";
import { type SettingsTextFieldOptions, SettingsTextForm } from "./details-form.tsx";
import { SettingsSection, useHasRole } from "./section.tsx";

type Detail =
  | "name"
  | "licensedName"
  | "license"
  | "postalAddress"
  | "officePhone"
  | "officeCity"
  | "officeState"
  | "officeWebsite"
  | "equalHousingLine"
  | "iabsLink"
  | "relationshipFormLink";

/** The office's details that a launch can require, in the order of an email's footer. */
const fields: Readonly<Record<Detail, SettingsTextFieldOptions>> = {
  name: { label: "Office name", longest: limits.nameLength },
  licensedName: {
    label: "Name on the brokerage’s license",
    getHint: () => say("Leave blank if it’s the same as the office name."),
    longest: limits.nameLength,
  },
  license: { label: "Brokerage’s license number", longest: limits.nameLength },
  postalAddress: {
    label: "Postal address",
    getHint: () => say("Federal law requires it in every email."),
    longest: limits.postalAddressLength,
  },
  officePhone: { label: "Office phone", longest: limits.phoneLength },
  officeCity: { label: "City", longest: limits.nameLength },
  officeState: { label: "State (two letters)", longest: 2 },
  officeWebsite: {
    label: "Website",
    getHint: () => say("Starts with https://"),
    longest: limits.webAddressLength,
  },
  equalHousingLine: {
    label: "Equal Housing line",
    getHint: () => say("Leave blank if none applies to your office."),
    longest: limits.nameLength,
  },
  iabsLink: {
    label: "Texas: link to Information About Brokerage Services",
    longest: limits.webAddressLength,
  },
  relationshipFormLink: {
    label: "Maine: link to the relationships form",
    longest: limits.webAddressLength,
  },
};

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

export function OfficeSection({ tenant, onSave }: Props) {
  const mayChange = useHasRole("admin");
  return (
    <SettingsSection title={say("Office")} changedBy="admin">
      <p class="fine">
        <a href={tenant.stateRulesUrl} target="_blank" rel="noopener">
          {say("What each state requires in an email, with sources and dates")}
        </a>
      </p>
      <SettingsTextForm
        owner="tenant"
        fields={fields}
        values={tenant}
        mayChange={mayChange}
        onSave={(changed) => onSave(changed as TenantPatch)}
      />
    </SettingsSection>
  );
}
