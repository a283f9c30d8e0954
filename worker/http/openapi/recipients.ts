import { type RecipientAction, recipientActions } from "../../../shared/recipient.ts";
import { stepEmails } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

const summaries: Readonly<Record<RecipientAction, string>> = {
  pause: "Pause one recipient: nothing goes to them until they are resumed",
  resume: "Resume a recipient who is paused or snoozed: the next email goes when it would have gone",
  stop: "Stop one recipient for good; the others go on",
};

/** The operations on recipients and tasks. */
export const recipientOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/recipients/{id}",
    summary: "One recipient: timeline, next email, and why it has not gone yet",
    answer: "RecipientDetail",
  },
  {
    method: "patch",
    path: "/api/recipients/{id}",
    summary:
      "Correct a recipient, or fill in the values that an email lacks: the sequence then goes on by itself",
    body: "RecipientPatch",
    answer: "RecipientDetail",
  },
  {
    method: "get",
    path: "/api/recipients/{id}/steps/{stepNumber}/letter",
    summary: "One email of a recipient to read: a sent one as it left, a coming one as of now",
    answer: "RecipientLetter",
    query: { email: stepEmails },
  },
  {
    method: "get",
    path: "/api/recipients/{id}/steps/{stepNumber}/wording",
    summary: "The wording of one email for a recipient, and the text that an editor begins with",
    answer: "StepWording",
    query: { email: stepEmails },
  },
  {
    method: "put",
    path: "/api/recipients/{id}/steps/{stepNumber}/wording",
    summary: "Change a coming email for one recipient; the template and the others stay as they are",
    body: "PersonalWordingPut",
    answer: "StepWording",
    query: { email: stepEmails },
  },
  {
    method: "delete",
    path: "/api/recipients/{id}/steps/{stepNumber}/wording",
    summary: "Give a recipient the step's own wording again",
    answer: "StepWording",
    query: { version: null, email: stepEmails },
  },
  ...recipientActions.map(
    (action): Operation => ({
      method: "post",
      path: `/api/recipients/{id}/${action}`,
      summary: summaries[action],
      answer: "RecipientDetail",
    }),
  ),
  {
    method: "get",
    path: "/api/recipients/{id}/send-now",
    summary: "What “send now” would send to a recipient, and what would still hold it back",
    answer: "SendNowPreview",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/send-now",
    summary: "Send a recipient's next step now, whatever its delay and conditions; it can be undone",
    body: "RecipientSendNowInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/send-now/recall",
    summary: "Undo “send now”: the next step goes when it was planned to go",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/snooze",
    summary: "Put a recipient's next email off for 1 to 180 days; resume takes it back",
    body: "SnoozeInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/outcome",
    summary:
      "Record what came of a reply: interested, not now, wrong person, already listed, no more emails, not selling",
    body: "ReplyOutcomeInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/outcome/undo",
    summary: "Undo the outcome of a reply, within ten seconds",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/answers",
    summary: "Answer a person who replied: one email in their thread, from the campaign's sender",
    body: "AnswerInput",
    answer: "RecipientDetail",
    status: 201,
    takesIdempotencyKey: true,
  },
  {
    method: "get",
    path: "/api/replies",
    summary: "The replies that an agent has to handle, the newest first",
    answer: { listOf: "WaitingReply" },
    query: { ...pageParameters, propertyId: null, status: ["waiting"] },
  },
  {
    method: "get",
    path: "/api/search",
    summary: "People, properties and campaigns of the office, by the beginnings of their words",
    answer: "SearchResult",
    query: { q: null },
  },
  {
    method: "post",
    path: "/api/recipients/{id}/replies/{replyId}",
    summary: "Say whether an answer is a person's reply or an automatic one; the sequence follows",
    body: "ReplyReadingInput",
    answer: "RecipientDetail",
  },
  {
    method: "get",
    path: "/api/tasks",
    summary: "What agents are asked to do and have not done, the longest open first",
    answer: { listOf: "Task" },
    query: { ...pageParameters, propertyId: null, status: ["open"] },
  },
  {
    method: "post",
    path: "/api/tasks/{taskId}/done",
    summary: "Mark a task as done: its recipient's sequence goes on from now",
    body: "TaskClosing",
    answer: "Task",
  },
  {
    method: "post",
    path: "/api/tasks/{taskId}/skip",
    summary: "Leave a task out: its recipient's sequence goes on from now",
    body: "TaskClosing",
    answer: "Task",
  },
  {
    method: "post",
    path: "/api/tasks/{taskId}/postpone",
    summary: "Put a task off by some days: it is listed again then, and the sequence waits for it",
    body: "TaskPostpone",
    answer: "Task",
  },
];
