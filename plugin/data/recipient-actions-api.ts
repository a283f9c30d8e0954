import type { AgentAnswerInput, AnswerSnippet } from "../../shared/answer.ts";
import type { RecipientAction, RecipientDetail, RecipientPatch } from "../../shared/recipient.ts";
import type { ReplyAssignmentInput, ReplyOutcomeInput } from "../../shared/reply.ts";
import type { ApiClient } from "./api.ts";

/**
 * Returns one function for each request that reads or changes one recipient, for every view that
 * shows recipients.
 */
export const createRecipientActionsApi = ({ request }: Pick<ApiClient, "request">) => ({
  recipient: (id: number, signal?: AbortSignal) => request<RecipientDetail>(`/recipients/${id}`, { signal }),
  act: (id: number, action: RecipientAction) =>
    request<RecipientDetail>(`/recipients/${id}/${action}`, { method: "POST", body: {} }),
  correct: (id: number, body: RecipientPatch) =>
    request<RecipientDetail>(`/recipients/${id}`, { method: "PATCH", body }),
  recordOutcome: (id: number, body: ReplyOutcomeInput) =>
    request<RecipientDetail>(`/recipients/${id}/outcome`, { method: "POST", body }),
  /**
   * Sends an agent's answer to the recipient. A repeated request with the same idempotency key
   * sends nothing.
   */
  answer: (id: number, body: AgentAnswerInput, idempotencyKey: string) =>
    request<RecipientDetail>(`/recipients/${id}/answers`, {
      method: "POST",
      body,
      headers: { "idempotency-key": idempotencyKey },
    }),
  /** Returns the office's snippets as texts that an answer to the recipient can contain. */
  answerSnippets: (id: number, signal?: AbortSignal) =>
    request<{ items: AnswerSnippet[] }>(`/recipients/${id}/snippets`, { signal }),
  assignReplies: (id: number, body: ReplyAssignmentInput) =>
    request<RecipientDetail>(`/recipients/${id}/reply`, { method: "PATCH", body }),
  undoOutcome: (id: number) =>
    request<RecipientDetail>(`/recipients/${id}/outcome/undo`, { method: "POST", body: {} }),
});
