import type { LetterVersions } from "../../shared/letter-version.ts";
import type { Sequence, SequenceInput, SequencePatch, SequenceSummary } from "../../shared/sequence.ts";
import type { StepEmailKind } from "../../shared/vocabulary.ts";
import type { ApiClient, ListPage } from "./api.ts";

/** Returns one function per request about sequences. */
export const createSequenceApi = ({ request }: Pick<ApiClient, "request">) => ({
  list: (isArchived: boolean, cursor: string | null, limit: number, signal?: AbortSignal) =>
    request<ListPage<SequenceSummary>>("/sequences", {
      query: { archived: String(isArchived), cursor, limit },
      signal,
    }),
  read: (id: string, signal?: AbortSignal) => request<Sequence>(`/sequences/${id}`, { signal }),
  /** Returns the earlier versions of an email's letter. `email` names the email of the step. */
  versions: (id: string, stepId: number, email: StepEmailKind, signal?: AbortSignal) =>
    request<LetterVersions>(`/sequences/${id}/letters/${stepId}/versions`, { query: { email }, signal }),
  create: (body: SequenceInput) => request<Sequence>("/sequences", { method: "POST", body }),
  /** @param version the version to which the agent has made the changes */
  change: (id: string, version: number, body: SequencePatch) =>
    request<Sequence>(`/sequences/${id}`, { method: "PATCH", body, headers: { "if-match": `"${version}"` } }),
  duplicate: (id: string) => request<Sequence>(`/sequences/${id}/duplicate`, { method: "POST", body: {} }),
  /** Deletes a sequence. For a preset, restores the original. */
  delete: (id: string) => request<null>(`/sequences/${id}`, { method: "DELETE" }),
});
export type SequenceApi = ReturnType<typeof createSequenceApi>;
