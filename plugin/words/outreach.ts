/**
 * Matches the names of what the gates of a launch ask for, as the Worker writes them when it
 * refuses a launch: fields of the office and of a sender, claims, and do-not-solicit lists.
 */
const settingPath = /^(?:tenant|senders\.\d+|claims|doNotSolicitLists)\./;

/** A setting that keeps a launch back. The Worker's message says which rule asks for it. */
export type MissingSetting = { path: string; message: string };

/** Returns the settings that a refused request named; empty for a refusal of another kind. */
export const listMissingSettings = (fields: Record<string, string>): MissingSetting[] =>
  Object.entries(fields).flatMap(([path, message]) => (settingPath.test(path) ? [{ path, message }] : []));

/** Returns the lowest role that may change a setting. */
export const getSettingRole = ({ path }: MissingSetting) =>
  path.startsWith("doNotSolicitLists.") ? "teamLead" : "admin";

/**
 * Returns a text that says which settings are missing. An agent who may not change the settings
 * also reads whom to ask.
 */
export function describeMissingSettings(missing: readonly MissingSetting[], mayChange: boolean): string {
  const texts = missing.map(({ message }) => message.replace(/\.$/, "")).join("; ");
  const asked = missing.every((one) => getSettingRole(one) === "teamLead")
    ? "A team lead"
    : "Your office’s administrator";
  const next = mayChange
    ? "Nothing is sent until then."
    : `${asked} can fill this in; nothing is sent until then.`;
  return `${texts}. ${next}`;
}
