import { type CampaignUnknownPolicy, campaignUnknownPolicies } from "../../shared/vocabulary.ts";
import { say } from "../words/say.ts";
import {
  unknownPolicyConsequences,
  unknownPolicyLabels,
  unknownPolicyQuestion,
} from "../words/unknown-policy.ts";

type Props = {
  value: CampaignUnknownPolicy;
  isBusy?: boolean;
  onChange: (value: CampaignUnknownPolicy) => void;
};

/**
 * Shows the field that decides how a campaign handles an email that may or may not have gone out.
 */
export function CampaignUnknownPolicyField({ value, isBusy = false, onChange }: Props) {
  return (
    <>
      <label class="field">
        <span>{say(unknownPolicyQuestion)}</span>
        <select
          value={value}
          disabled={isBusy}
          onChange={(event) => onChange(event.currentTarget.value as CampaignUnknownPolicy)}
        >
          {campaignUnknownPolicies.map((policy) => (
            <option value={policy} key={policy}>
              {unknownPolicyLabels[policy]}
            </option>
          ))}
        </select>
      </label>
      {value !== "office" && <p class="fine">{unknownPolicyConsequences[value]}</p>}
    </>
  );
}
