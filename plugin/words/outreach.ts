import { say, sayMessage } from "./say.ts";

/**
 * Matches the path that the Worker uses for a missing setting. Examples are `tenant.license`,
 * `senders.12.licenseNumber`, `claims.haveBuyer` and `doNotSolicitLists.3`.
 */
const settingPath = /^(?:tenant|senders\.\d+|claims|doNotSolicitLists)\./;

/**
 * A setting that is missing for a launch. The Worker's message names the rule that requires the
 * setting.
 */
export type MissingSetting = { path: string; message: string };

/**
 * Returns the missing settings that the fields of a failed request name. Returns an empty list if
 * the request failed for another reason.
 */
export const listMissingSettings = (fields: Record<string, string>): MissingSetting[] =>
  Object.entries(fields).flatMap(([path, message]) => (settingPath.test(path) ? [{ path, message }] : []));

/** Returns the lowest role that may change a setting. */
export const getSettingRole = ({ path }: MissingSetting) =>
  path.startsWith("doNotSolicitLists.") ? "teamLead" : "admin";

/**
 * Returns a text that names the missing settings. If the agent may not change the settings, the
 * text also names the role that the agent has to ask.
 */
export function describeMissingSettings(missing: readonly MissingSetting[], mayChange: boolean): string {
  const texts = missing.map(({ message }) => sayMessage(message).replace(/\.$/, "")).join("; ");
  const asked = missing.every((one) => getSettingRole(one) === "teamLead")
    ? say("A team lead")
    : say("Your office’s administrator");
  const next = mayChange
    ? say("No emails will go out until this is fixed.")
    : say("{asked} can fix this. No emails will go out until then.", { asked });
  return `${texts}. ${next}`;
}
