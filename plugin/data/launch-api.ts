import type { Campaign, CampaignCreate } from "../../shared/campaign.ts";
import type { CampaignPlan, CampaignPlanInput } from "../../shared/campaign-plan.ts";
import type { CampaignCollisions, CollisionsInput } from "../../shared/collision.ts";
import type { ContactHistory, ContactHistoryInput } from "../../shared/contact-history.ts";
import type { ApiClient } from "./api.ts";

/** Returns one function for each request that only the launch view sends. */
export const createLaunchApi = ({ request }: Pick<ApiClient, "request">) => ({
  launch: (body: CampaignCreate, idempotencyKey: string) =>
    request<Campaign>("/campaigns", {
      method: "POST",
      body,
      headers: { "idempotency-key": idempotencyKey },
    }),
  collisions: (body: CollisionsInput, signal?: AbortSignal) =>
    request<CampaignCollisions>("/collisions", { method: "POST", body, signal }),
  contactHistory: (propertyId: string, body: ContactHistoryInput, signal?: AbortSignal) =>
    request<ContactHistory>(`/properties/${encodeURIComponent(propertyId)}/contact-history`, {
      method: "POST",
      body,
      signal,
    }),
  plan: (body: CampaignPlanInput, signal?: AbortSignal) =>
    request<CampaignPlan>("/campaigns/plan", { method: "POST", body, signal }),
});
