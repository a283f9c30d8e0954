import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { Note } from "../../ui/feedback.tsx";
import { sayReason } from "../../words/say.ts";

/** Tells what the agent should know before the launch, without preventing the launch. */
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
