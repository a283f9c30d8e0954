import type { Campaign } from "../../shared/campaign.ts";
import type { SequenceStep } from "../../shared/sequence.ts";
import type { CampaignSteps, StepsChangePreview, StepsChangeResult } from "../../shared/step-change.ts";
import type { ApiClient } from "./api.ts";

/** Returns one function for each request about the steps of a launched campaign. */
export const createStepsApi = ({ request }: Pick<ApiClient, "request">, campaignId: number) => {
  const path = `/campaigns/${campaignId}/steps`;
  return {
    read: (signal?: AbortSignal) => request<CampaignSteps>(path, { signal }),
    /** Returns the effects of a change on the people of the campaign, without changing anything. */
    preview: (steps: readonly SequenceStep[], signal?: AbortSignal) =>
      request<StepsChangePreview>(`${path}/preview-change`, { method: "POST", body: { steps }, signal }),
    /** @param version the version of the steps to which the agent has made the changes */
    change: (version: number, steps: readonly SequenceStep[]) =>
      request<StepsChangeResult>(path, {
        method: "PUT",
        body: { steps },
        headers: { "if-match": `"${version}"` },
      }),
    /**
     * @param variant the name of the wording for all later people; null divides the later people
     * among all wordings
     */
    chooseWinner: (stepNumber: number, variant: string | null) =>
      request<Campaign>(`${path}/${stepNumber}/winner`, { method: "PUT", body: { variant } }),
    undo: (undoToken: string) =>
      request<CampaignSteps>(`${path}/undo`, { method: "POST", body: { undoToken } }),
  };
};
