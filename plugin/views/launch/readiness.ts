import { formatCount, say } from "../../words/say.ts";

/** The facts that decide whether the agent can click Launch. */
export type LaunchReadinessFacts = {
  hasSender: boolean;
  /** True if a person at this property has refused emails. */
  isPropertyClosed: boolean;
  /** The agent's reason for writing despite a refusal; null if the agent gave no reason. */
  refusalNote: string | null;
  /** True if the letters mention a nearby sale that the agent has not named yet. */
  lacksSale: boolean;
  recipients: number;
  /** The number of email steps of the sequence. */
  steps: number;
};

/** `isReady` tells whether Launch can be clicked. `line` is the text beside the button. */
export type LaunchReadiness = { isReady: boolean; line: string };

/**
 * Tells whether the agent can click Launch. If not, the line says what the agent has to do first.
 */
export function findLaunchReadiness(state: LaunchReadinessFacts): LaunchReadiness {
  const { hasSender, isPropertyClosed, refusalNote, lacksSale, recipients, steps } = state;
  if (!hasSender) return { isReady: false, line: say("Add a sender first") };
  if (isPropertyClosed && refusalNote === null)
    return { isReady: false, line: say("This property is closed to emails") };
  if (refusalNote?.trim() === "")
    return { isReady: false, line: say("Say why you’re emailing despite the refusal") };
  if (lacksSale) return { isReady: false, line: say("Say which sale the emails mention") };
  if (recipients === 0) return { isReady: false, line: say("Choose at least one recipient") };
  const line = say("{recipients} · up to {emails} each", {
    recipients: formatCount(recipients, "recipient"),
    emails: formatCount(steps, "email"),
  });
  return { isReady: true, line };
}
