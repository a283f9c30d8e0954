import type { Campaign } from "../../../shared/campaign.ts";
import type { CampaignUnknownPolicy } from "../../../shared/vocabulary.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { unknownPolicyLabels, unknownPolicyQuestion } from "../../words/unknown-policy.ts";
import { CampaignUnknownPolicyField } from "../unknown-policy.tsx";

/**
 * Shows the campaign's policy for emails that may or may not have gone out. An agent can change the
 * policy until the campaign is stopped or archived.
 */
export function CampaignUnknownPolicySetting({
  campaign,
  onChange,
}: {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
}) {
  const { api, mayAct, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const { unknownPolicy } = campaign;
  if (campaign.status === "stopped" || campaign.status === "archived" || !mayAct()) {
    return <p class="fine">{`${say(unknownPolicyQuestion)}: ${unknownPolicyLabels[unknownPolicy]}`}</p>;
  }
  const change = (value: CampaignUnknownPolicy) =>
    run(async () => {
      onChange(await createCampaignApi(api).changeCampaign(campaign.id, { unknownPolicy: value }));
      status.value = say("Saved.");
    });
  return (
    <details class="more-choices">
      <summary>{say("More")}</summary>
      <CampaignUnknownPolicyField value={unknownPolicy} isBusy={isBusy} onChange={change} />
      {failure && <FailureNotice failure={failure} />}
    </details>
  );
}
