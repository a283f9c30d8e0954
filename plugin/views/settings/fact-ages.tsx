import { useState } from "preact/hooks";
import type { MaxFactAgeDays } from "../../../shared/fact-age.ts";
import { limits } from "../../../shared/limits.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { say, translatedTable } from "../../words/say.ts";
import { sayVariableLabel } from "../../words/variable-name.ts";
import { type SettingsTextFieldOptions, SettingsTextForm } from "./details-form.tsx";
import { useHasRole } from "./section.tsx";

/** The values for which the form always shows an age limit. */
const always = ["property.listPrice", "property.standardStatus", "default"];

/** The other values that a host reports. The office can add a field for each of these values. */
const offered = translatedTable({
  "property.streetAddress": "Street address",
  "property.unparsedAddress": "Whole address",
  "property.city": "City",
  "property.stateOrProvince": "State",
  "property.postalCode": "ZIP code",
  "recipient.salutation": "Greeting",
  "recipient.firstName": "First name",
  "recipient.lastName": "Last name",
  "recipient.fullName": "Full name",
});

const formatHint = () => say("1 to {most}. Leave blank for any age.", { most: limits.factAgeDaysMost });

function describeField(path: string): SettingsTextFieldOptions {
  const field = { longest: 3, isNumber: true };
  if (path === "property.listPrice")
    return { ...field, label: "Oldest price in an email, in days", getHint: formatHint };
  if (path === "property.standardStatus")
    return { ...field, label: "Oldest listing status in an email, in days" };
  if (path === "default") {
    return {
      ...field,
      label: "Oldest name or address in an email, in days",
      getHint: () => say("Emails with older values wait until your CRM reports them again."),
    };
  }
  const name = path in offered ? offered[path as keyof typeof offered] : sayVariableLabel(path);
  return { ...field, label: () => say("Oldest “{name}” in an email, in days", { name }) };
}

/** Returns the name of a value's age limit in the Worker's requests and faults. */
const fieldOf = (path: string) => `maxFactAgeDays.${path}`;

/** Returns the office's age limits with the changes applied; null removes a limit. */
function changeAges(
  ages: MaxFactAgeDays,
  changed: Readonly<Record<string, string | number | null | undefined>>,
): MaxFactAgeDays {
  const given = Object.entries(changed).map(
    ([field, days]) => [field.slice(fieldOf("").length), days] as const,
  );
  const entries = Object.entries({ ...ages, ...Object.fromEntries(given) });
  return Object.fromEntries(
    entries.flatMap(([path, days]) => (typeof days === "number" ? [[path, days]] : [])),
  );
}

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

/** Shows the form that limits how old each value in an email may be. */
export function FactAgesForm({ tenant: { maxFactAgeDays }, onSave }: Props) {
  const mayChange = useHasRole("admin");
  const [added, setAdded] = useState<readonly string[]>([]);
  const paths = [...new Set([...always, ...Object.keys(maxFactAgeDays), ...added])];
  const others = (Object.keys(offered) as (keyof typeof offered)[]).filter((path) => !paths.includes(path));
  return (
    <SettingsTextForm
      owner="tenant"
      fields={Object.fromEntries(paths.map((path) => [fieldOf(path), describeField(path)]))}
      values={Object.fromEntries(paths.map((path) => [fieldOf(path), maxFactAgeDays[path] ?? null]))}
      mayChange={mayChange}
      onSave={(changed) => onSave({ maxFactAgeDays: changeAges(maxFactAgeDays, changed) })}
    >
      {mayChange && others.length > 0 && (
        <label class="field">
          <span>{say("Limit another value")}</span>
          <select value="" onChange={({ currentTarget }) => setAdded([...added, currentTarget.value])}>
            <option value="">{say("Choose a value")}</option>
            {others.map((path) => (
              <option value={path} key={path}>
                {offered[path]}
              </option>
            ))}
          </select>
        </label>
      )}
    </SettingsTextForm>
  );
}
