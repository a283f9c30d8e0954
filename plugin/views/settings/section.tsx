import type { ComponentChildren } from "preact";
import type { Role } from "../../../shared/vocabulary.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { say, translatedTable } from "../../words/say.ts";

const deciders = {
  admin: "An administrator",
  teamLead: "A team lead or an administrator",
} as const;

type SectionProps = {
  title: string;
  /**
   * The lowest role that may change the section. Agents with a lower role can only read the
   * section.
   */
  changedBy: keyof typeof deciders;
  children: ComponentChildren;
};

/** Tells whether this agent has at least the given role. */
export const useHasRole = (role: Role): boolean => hasRole(useSession().tokens.role(), role);

export function SettingsSection({ title, changedBy, children }: SectionProps) {
  const mayChange = useHasRole(changedBy);
  return (
    <section>
      <h3 class="group-title">{title}</h3>
      {!mayChange && (
        <p class="fine">{say("{deciders} can change this.", { deciders: say(deciders[changedBy]) })}</p>
      )}
      {children}
    </section>
  );
}

/**
 * Shows the button that leads back to the view that has asked for a setting. The button appears
 * after a setting has changed.
 */
export function ReturnButton() {
  const { view, go } = useSession();
  const shown = view.value;
  if (shown.name !== "settings" || shown.returnTo.name === "campaigns") return null;
  const { returnTo } = shown;
  return <Button onClick={() => go(returnTo)}>{returnLabels[returnTo.name]}</Button>;
}

export const returnLabels = translatedTable({
  campaigns: "Campaigns",
  launch: "Back to your outreach",
  owners: "Write to many owners",
  campaign: "Back to the campaign",
  recipient: "Back to the recipient",
  sequences: "Back to the sequences",
  sequence: "Back to the sequence",
  steps: "Back to the steps",
  people: "Back to people",
  insights: "Insights",
  settings: "Office settings",
});
