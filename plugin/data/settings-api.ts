import type { ClaimAttestationInput } from "../../shared/claim.ts";
import type { DoNotSolicitList } from "../../shared/do-not-solicit-list.ts";
import type { Sender, SenderPatch } from "../../shared/sender.ts";
import type {
  TemplateApproval,
  TemplateApprovalCounts,
  TemplateApprovalInput,
  TemplateDecisionInput,
} from "../../shared/template-approval.ts";
import type { Tenant } from "../../shared/tenant.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import type { ApiClient, ListPage } from "./api.ts";

/**
 * The facts about a do-not-solicit list that the list's file does not contain. `asOf` is the date
 * printed on the list.
 */
export type DoNotSolicitListFacts = { name: string; state: string; city: string | null; asOf: string };

/** Returns one function for each request that only the settings view sends. */
export const createSettingsApi = ({ request }: Pick<ApiClient, "request">) => ({
  senders: (cursor: string | null, limit: number, signal?: AbortSignal) =>
    request<ListPage<Sender>>("/senders", { query: { cursor, limit }, signal }),
  changeSender: (id: number, body: SenderPatch) =>
    request<Sender>(`/senders/${id}`, { method: "PATCH", body }),
  attestClaim: (body: ClaimAttestationInput) => request<Tenant>("/tenant/claims", { method: "POST", body }),
  takeClaimBack: (claim: LetterClaim) => request<Tenant>(`/tenant/claims/${claim}`, { method: "DELETE" }),
  doNotSolicitLists: (signal?: AbortSignal) =>
    request<ListPage<DoNotSolicitList>>("/do-not-solicit-lists", { signal }),
  importDoNotSolicitList: (query: DoNotSolicitListFacts, csv: Blob) =>
    request<DoNotSolicitList>("/do-not-solicit-lists", { method: "POST", query, csv }),
  deleteDoNotSolicitList: (id: number) => request<null>(`/do-not-solicit-lists/${id}`, { method: "DELETE" }),
});

/** Returns one function for each request about the approval of letters. */
export const createLetterApprovalApi = ({ request }: Pick<ApiClient, "request">) => ({
  waiting: (signal?: AbortSignal) => request<ListPage<TemplateApproval>>("/template-approvals", { signal }),
  ask: (body: TemplateApprovalInput) =>
    request<TemplateApprovalCounts>("/template-approvals", { method: "POST", body }),
  decide: (body: TemplateDecisionInput) =>
    request<TemplateApprovalCounts>("/template-approvals/decide", { method: "POST", body }),
});
export type SettingsApi = ReturnType<typeof createSettingsApi>;
