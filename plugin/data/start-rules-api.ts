import type { StartedProposal, StartProposals, StartRule, StartRuleInput } from "../../shared/start-rule.ts";
import type { PropertyStatus } from "../../shared/vocabulary.ts";
import type { ApiClient } from "./api.ts";

/** Returns one function per request about the office's start rules and what they propose. */
export const createStartRulesApi = ({ request }: Pick<ApiClient, "request">) => ({
  rules: (signal?: AbortSignal) => request<{ items: StartRule[] }>("/start-rules", { signal }),
  save: (status: PropertyStatus, body: StartRuleInput) =>
    request<{ items: StartRule[] }>(`/start-rules/${status}`, { method: "PUT", body }),
  remove: (status: PropertyStatus) => request<null>(`/start-rules/${status}`, { method: "DELETE" }),
  proposals: (signal?: AbortSignal) => request<StartProposals>("/start-proposals", { signal }),
  launch: (id: number) =>
    request<StartedProposal>(`/start-proposals/${id}/launch`, { method: "POST", body: {} }),
  dismiss: (id: number) => request<null>(`/start-proposals/${id}/dismiss`, { method: "POST", body: {} }),
  restore: (id: number) => request<null>(`/start-proposals/${id}/restore`, { method: "POST", body: {} }),
});
