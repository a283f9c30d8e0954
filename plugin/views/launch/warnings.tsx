import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { Note } from "../../ui/feedback.tsx";
import { sayReason } from "../../words/say.ts";

/**
 * Shows the warnings that the agent should read before the launch. A warning does not prevent the
 * launch.
 */
export function LaunchWarnings({ warnings }: Pick<CampaignPlan, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <Note tone="info" icon="warning">
      {warnings.map(({ field, message, reason }) => (
        <p key={field}>{sayReason(reason, message).replace(/\.?$/, ".")}</p>
      ))}
    </Note>
  );
}
