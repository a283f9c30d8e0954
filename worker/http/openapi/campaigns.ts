import { analyticsGroupings } from "../../../shared/office-analytics.ts";
import {
  campaignStatuses,
  filterableOutcomes,
  recipientHolds,
  recipientSorts,
  recipientStatuses,
} from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

const recipientFilterParameters = {
  status: recipientStatuses,
  outcome: filterableOutcomes,
  heldReason: recipientHolds,
  sort: recipientSorts,
  ...{ q: null, step: null, from: null, to: null, zone: null },
};

/** The operations on campaigns. */
export const campaignOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/campaigns",
    summary:
      "Create a campaign. With recipients and status active, it launches at once or waits for approval",
    body: "CampaignCreate",
    answer: "Campaign",
    status: 201,
    takesIdempotencyKey: true,
  },
  {
    method: "get",
    path: "/api/campaigns",
    summary: "List campaigns, newest first",
    answer: { listOf: "CampaignSummary" },
    query: {
      ...pageParameters,
      propertyId: null,
      status: campaignStatuses,
      createdBy: null,
      sequenceId: null,
    },
  },
  { method: "get", path: "/api/campaigns/{id}", summary: "Get a campaign", answer: "Campaign" },
  {
    method: "patch",
    path: "/api/campaigns/{id}",
    summary: "Update a draft. After the launch, only name, tags and unknownPolicy can change",
    body: "CampaignPatch",
    answer: "Campaign",
  },
  { method: "delete", path: "/api/campaigns/{id}", summary: "Delete a draft or an archived campaign" },
  {
    method: "patch",
    path: "/api/campaigns/{id}/status",
    summary: "Launch, pause, resume, stop or archive a campaign. A resume returns what it will send",
    body: "StatusInput",
    answer: "CampaignChanged",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recall",
    summary: "Undo a launch before its first email is sent. The campaign becomes a draft again",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/decline",
    summary:
      "Decline a launch that is waiting for approval (teamLead). To approve it, set the status to active",
    body: "DeclineInput",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/confirm-late",
    summary: "Release emails that are held because they are later than maxLatenessHours",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/plan",
    summary: "Preview when each recipient would get each step if this campaign launched now. Changes nothing",
    body: "CampaignPlanInput",
    answer: "CampaignPlan",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/preflight",
    summary: "Dry run: who gets the next email and when, and who is held or blocked and why. Changes nothing",
    answer: "Preflight",
    query: pageParameters,
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/send-now",
    summary: "Preview “send now”: who would get an email, and how many are outside their sending hours",
    answer: "CampaignSendNowPreview",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/send-now",
    summary: "Send everyone's next step now, regardless of its delay and conditions. Can be undone",
    body: "CampaignSendNowInput",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/send-now/recall",
    summary: "Undo “send now” for everyone whose email has not been sent",
    answer: "Campaign",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/steps",
    summary: "Get a campaign's steps with their letters, and the version to send with a change",
    answer: "CampaignSteps",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/steps/preview-change",
    summary:
      "Preview a change of steps: how many recipients are past, in or before each step, and who is due today",
    body: "CampaignStepsInput",
    answer: "StepsPreview",
  },
  {
    method: "put",
    path: "/api/campaigns/{id}/steps",
    summary:
      "Change the steps of a running campaign. No one gets a step twice. The response's token undoes the change",
    body: "CampaignStepsInput",
    answer: "StepsChanged",
    needsIfMatch: true,
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/steps/undo",
    summary: "Undo the latest change of steps. Emails sent in the meantime stay sent",
    body: "StepsUndoInput",
    answer: "CampaignSteps",
  },
  {
    method: "put",
    path: "/api/campaigns/{id}/steps/{stepNumber}/winner",
    summary:
      "Choose the wording that every later recipient of a step gets, or divide them for good (variant: null)",
    body: "WinnerInput",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/steps/{stepNumber}/apply-template",
    summary:
      "Update one step to its template's newest version, for everyone who has not gotten its email yet",
    answer: "WordingApplied",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/recipients",
    summary:
      "List a campaign's recipients, filtered and sorted. overview=true adds the matches' ids and counts",
    answer: "RecipientList",
    query: { ...pageParameters, ...recipientFilterParameters, overview: ["true"], ids: null },
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/export.csv",
    summary:
      "Export a campaign's recipients as CSV with status, outcome and dates. No cell runs as a formula",
    csv: "answer",
    query: recipientFilterParameters,
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recipients",
    summary: "Add up to 500 recipients. People who are already in the campaign are unchanged",
    body: "RecipientsInput",
    answer: "RecipientsAdded",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recipients/check",
    summary: "Check up to 500 people before they are added: what adding each would do. Changes nothing",
    body: "RecipientsCheckInput",
    answer: "RecipientsCheck",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recipients/actions",
    summary:
      "Pause, resume, snooze, move, stop or remove many recipients, change their sender or fill in a value",
    body: "BulkActionInput",
    answer: "BulkActionResult",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recipients/missing-values",
    summary: "Count the people whose emails lack a value, for each value that can be filled in for many",
    body: "MissingValuesInput",
    answer: "MissingValueCounts",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recipients/actions/undo",
    summary: "Undo an action on many recipients. What was sent meanwhile stays sent",
    body: "BulkUndoInput",
    answer: "BulkUndoResult",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/analytics",
    summary: "Get counts and rates, in total and per step",
    answer: "CampaignAnalytics",
  },
  {
    method: "get",
    path: "/api/analytics",
    summary: "Get the office's counts and rates over all campaigns, grouped",
    query: {
      from: null,
      to: null,
      by: analyticsGroupings,
      agentId: null,
      senderId: null,
      sequenceId: null,
    },
    answer: "OfficeAnalytics",
  },
  {
    method: "post",
    path: "/api/analytics/rebuild",
    summary: "Count closed days again and compare the figures with the stored ones",
    body: "FiguresRebuildInput",
    answer: "FiguresRebuild",
  },
];
