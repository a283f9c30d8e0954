import type { OfficeAgent, WorkListScope } from "../../shared/agent.ts";
import type { AttentionList } from "../../shared/attention.ts";
import type { CampaignSummary } from "../../shared/campaign.ts";
import type { WaitingReplyPage } from "../../shared/reply.ts";
import type { SearchResult } from "../../shared/search.ts";
import type { CampaignListFilter } from "../session/remembered-state.ts";
import type { ApiClient, ListPage } from "./api.ts";

/** Returns one function for each request of the agent's home page, which shows every property. */
export const createAgentHomeApi = ({ request }: Pick<ApiClient, "request">) => ({
  /** Returns the campaigns that match the filters, the newest first. */
  campaigns: (
    { status, agent, sequence, property }: CampaignListFilter,
    cursor: string | null,
    limit: number,
    signal?: AbortSignal,
  ) =>
    request<ListPage<CampaignSummary>>("/campaigns", {
      query: {
        status: status ?? null,
        createdBy: agent ?? null,
        sequenceId: sequence ?? null,
        propertyId: property ?? null,
        cursor,
        limit,
      },
      signal,
    }),
  /** Returns the campaigns that wait for a team lead's approval, the newest first. */
  waitingCampaigns: (signal?: AbortSignal) =>
    request<ListPage<CampaignSummary>>("/campaigns", { query: { status: "waitingForApproval" }, signal }),
  /**
   * Returns the campaigns that need an agent: a guardrail (a limit for bounces or complaints) has
   * paused the campaign, a person's emails lack a value, or an address has bounced.
   */
  attention: (signal?: AbortSignal) => request<AttentionList>("/attention", { signal }),
  /** Returns the agents of the office by name. */
  agents: (signal?: AbortSignal) => request<{ items: OfficeAgent[] }>("/agents", { signal }),
  /** Pauses or resumes all outreach of one agent. Returns the agents of the office. */
  changeAgent: (id: string, action: "pause" | "resume") =>
    request<{ items: OfficeAgent[] }>(`/agents/${encodeURIComponent(id)}/${action}`, {
      method: "POST",
      body: {},
    }),
  /** Searches the people, properties and campaigns of the whole office. */
  search: (q: string, signal?: AbortSignal) => request<SearchResult>("/search", { query: { q }, signal }),
  /** Returns the replies that wait for the caller or for the whole office, for every property. */
  waitingReplies: (reach: WorkListScope, limit: number, signal?: AbortSignal) =>
    request<WaitingReplyPage>("/replies", { query: { reach, limit }, signal }),
});
