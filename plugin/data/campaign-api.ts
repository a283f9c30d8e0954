import type { CampaignAnalytics } from "../../shared/analytics.ts";
import type {
  Campaign,
  CampaignPatch,
  CampaignStatusInput,
  CampaignStatusResult,
} from "../../shared/campaign.ts";
import type { CampaignDeclineInput } from "../../shared/campaign-approval.ts";
import type { CampaignRecipient } from "../../shared/recipient.ts";
import type { CampaignSendNowInput, CampaignSendNowPreview } from "../../shared/send-now.ts";
import type { ApiClient, ListPage, RecipientFilter } from "./api.ts";

/** Returns one function for each request about one campaign. */
export const createCampaignApi = ({ request }: Pick<ApiClient, "request">) => ({
  campaign: (id: number, signal?: AbortSignal) => request<Campaign>(`/campaigns/${id}`, { signal }),
  analytics: (id: number, signal?: AbortSignal) =>
    request<CampaignAnalytics>(`/campaigns/${id}/analytics`, { signal }),
  setStatus: (id: number, body: CampaignStatusInput) =>
    request<CampaignStatusResult>(`/campaigns/${id}/status`, { method: "PATCH", body }),
  changeCampaign: (id: number, body: CampaignPatch) =>
    request<Campaign>(`/campaigns/${id}`, { method: "PATCH", body }),
  deleteCampaign: (id: number) => request<null>(`/campaigns/${id}`, { method: "DELETE" }),
  recall: (id: number) => request<Campaign>(`/campaigns/${id}/recall`, { method: "POST", body: {} }),
  /**
   * Declines a launch that waits for a team lead's approval. The campaign becomes a draft again.
   */
  decline: (id: number, body: CampaignDeclineInput) =>
    request<Campaign>(`/campaigns/${id}/decline`, { method: "POST", body }),
  confirmLate: (id: number) =>
    request<Campaign>(`/campaigns/${id}/confirm-late`, { method: "POST", body: {} }),
  previewCampaignSendNow: (id: number, signal?: AbortSignal) =>
    request<CampaignSendNowPreview>(`/campaigns/${id}/send-now`, { signal }),
  sendNow: (id: number, body: CampaignSendNowInput) =>
    request<Campaign>(`/campaigns/${id}/send-now`, { method: "POST", body }),
  recallSendNow: (id: number) =>
    request<Campaign>(`/campaigns/${id}/send-now/recall`, { method: "POST", body: {} }),
  recipients: (
    id: number,
    filter: RecipientFilter,
    cursor: string | null,
    limit: number,
    signal?: AbortSignal,
  ) =>
    request<ListPage<CampaignRecipient>>(`/campaigns/${id}/recipients`, {
      query: { ...filter, cursor, limit },
      signal,
    }),
  /** Returns a campaign's recipients as a CSV file. */
  exportRecipients: (id: number, filter: RecipientFilter) =>
    request<Blob>(`/campaigns/${id}/export.csv`, { query: filter, isFile: true }),
});
