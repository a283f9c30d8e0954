import { workListScopes } from "../../../shared/agent.ts";
import { type RecipientAction, recipientActions } from "../../../shared/recipient.ts";
import { stepEmailKinds } from "../../../shared/vocabulary.ts";
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
    summary: "Get a recipient: timeline, next email, and why it has not been sent yet",
    answer: "RecipientDetail",
  },
  {
    method: "patch",
    path: "/api/recipients/{id}",
    summary: "Correct a recipient, or fill in missing values. The sequence then continues on its own",
    body: "RecipientPatch",
    answer: "RecipientDetail",
  },
  {
    method: "get",
    path: "/api/recipients/{id}/steps/{stepNumber}/letter",
    summary: "Read one email of a recipient: a sent one as it was sent, an upcoming one as it stands now",
    answer: "RecipientLetter",
    query: { email: stepEmailKinds },
  },
  {
    method: "get",
    path: "/api/recipients/{id}/steps/{stepNumber}/wording",
    summary: "Get the wording of one email for a recipient, and the text an editor starts with",
    answer: "StepWording",
    query: { email: stepEmailKinds },
  },
  {
    method: "put",
    path: "/api/recipients/{id}/steps/{stepNumber}/wording",
    summary:
      "Change an upcoming email for one recipient. The template and everyone else's email stay the same",
    body: "PersonalWordingPut",
    answer: "StepWording",
    query: { email: stepEmailKinds },
  },
  {
    method: "delete",
    path: "/api/recipients/{id}/steps/{stepNumber}/wording",
    summary: "Reset a recipient's email to the step's own wording",
    answer: "StepWording",
    query: { version: null, email: stepEmailKinds },
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
    summary: "Preview “send now” for a recipient: what would be sent, and what would still hold it back",
    answer: "SendNowPreview",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/send-now",
    summary: "Send a recipient's next step now, regardless of its delay and conditions. Can be undone",
    body: "RecipientSendNowInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/send-now/recall",
    summary: "Undo “send now”. The next step goes back to its planned time",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/snooze",
    summary: "Snooze a recipient's next email for 1 to 180 days. Resume ends the snooze",
    body: "SnoozeInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/outcome",
    summary:
      "Record the outcome of a reply: interested, not now, wrong person, already listed, no more emails, not selling",
    body: "ReplyOutcomeInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/outcome/undo",
    summary: "Undo the outcome of a reply within ten seconds",
    answer: "RecipientDetail",
  },
  {
    method: "patch",
    path: "/api/recipients/{id}/reply",
    summary: "Assign a recipient's replies to an agent of the office",
    body: "ReplyAssignmentInput",
    answer: "RecipientDetail",
  },
  {
    method: "post",
    path: "/api/recipients/{id}/answers",
    summary: "Answer someone who replied, with one email in their thread from the campaign's sender",
    body: "AnswerInput",
    answer: "RecipientDetail",
    status: 201,
    takesIdempotencyKey: true,
  },
  {
    method: "get",
    path: "/api/recipients/{id}/snippets",
    summary: "The office's snippets by name, as plain text with the person's values, for an answer",
    answer: { listOf: "AnswerSnippet" },
  },
  {
    method: "get",
    path: "/api/replies",
    summary: "List the replies an agent needs to handle, newest first",
    answer: "WaitingReplyPage",
    query: { ...pageParameters, propertyId: null, status: ["waiting"], reach: workListScopes },
  },
  {
    method: "get",
    path: "/api/attention",
    summary: "The campaigns that a guardrail paused, or whose people lack a value or an address",
    answer: "AttentionList",
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
    summary:
      "Mark an answer as a person's reply or as automatic. The sequence stops or continues accordingly",
    body: "ReplyReadingInput",
    answer: "RecipientDetail",
  },
  {
    method: "get",
    path: "/api/tasks",
    summary: "List open tasks, longest open first",
    answer: { listOf: "Task" },
    query: { ...pageParameters, propertyId: null, status: ["open"], reach: workListScopes },
  },
  {
    method: "post",
    path: "/api/tasks/{taskId}/done",
    summary: "Mark a task as done. The recipient's sequence continues from now",
    body: "TaskClosing",
    answer: "Task",
  },
  {
    method: "post",
    path: "/api/tasks/{taskId}/skip",
    summary: "Skip a task. The recipient's sequence continues from now",
    body: "TaskClosing",
    answer: "Task",
  },
  {
    method: "post",
    path: "/api/tasks/{taskId}/postpone",
    summary: "Postpone a task by a number of days. The sequence waits for it",
    body: "TaskPostpone",
    answer: "Task",
  },
];
