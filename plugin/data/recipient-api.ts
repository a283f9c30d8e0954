import type { PersonalWordingPut, RecipientStepWording } from "../../shared/personal-wording.ts";
import type { RecipientDetail, ReplyReadingInput } from "../../shared/recipient.ts";
import type { RecipientLetter } from "../../shared/recipient-letter.ts";
import type { RecipientSendNowInput, SendNowPreview } from "../../shared/send-now.ts";
import type { StepEmailKind } from "../../shared/vocabulary.ts";
import type { ApiClient } from "./api.ts";

/** Returns one function for each request that only the view of one recipient sends. */
export const createRecipientApi = ({ request }: Pick<ApiClient, "request">, id: number) => {
  const path = `/recipients/${id}`;
  return {
    letter: (stepNumber: number, email: StepEmailKind | null, signal?: AbortSignal) =>
      request<RecipientLetter>(`${path}/steps/${stepNumber}/letter`, { query: { email }, signal }),
    wording: (stepNumber: number, email: StepEmailKind) =>
      request<RecipientStepWording>(`${path}/steps/${stepNumber}/wording`, { query: { email } }),
    changeWording: (stepNumber: number, email: StepEmailKind, body: PersonalWordingPut) =>
      request<RecipientStepWording>(`${path}/steps/${stepNumber}/wording`, {
        method: "PUT",
        query: { email },
        body,
      }),
    resetWording: (stepNumber: number, email: StepEmailKind, version: number) =>
      request<RecipientStepWording>(`${path}/steps/${stepNumber}/wording`, {
        method: "DELETE",
        query: { email, version },
      }),
    previewSendNow: (signal?: AbortSignal) => request<SendNowPreview>(`${path}/send-now`, { signal }),
    recallSendNow: () => request<RecipientDetail>(`${path}/send-now/recall`, { method: "POST", body: {} }),
    /**
     * Sends the email of the recipient's next step now. `body` names the step, so that a second
     * click sends no second email.
     */
    sendNow: (body: RecipientSendNowInput) =>
      request<RecipientDetail>(`${path}/send-now`, { method: "POST", body }),
    snooze: (days: number) => request<RecipientDetail>(`${path}/snooze`, { method: "POST", body: { days } }),
    readReply: (replyId: string, body: ReplyReadingInput) =>
      request<RecipientDetail>(`${path}/replies/${replyId}`, { method: "POST", body }),
    /** Returns a page that contains everything that the office has sent to the address. */
    addressRecord: (email: string) =>
      request<Blob>("/address-record.html", { method: "POST", body: { email }, isFile: true }),
  };
};
