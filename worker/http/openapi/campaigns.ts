import { campaignStatuses, recipientStatuses } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on campaigns. */
export const campaignOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/campaigns",
    summary:
      "Make a campaign; with recipients and status active, launch it in the same write, or let it wait for approval",
    body: "CampaignCreate",
    answer: "Campaign",
    status: 201,
    takesIdempotencyKey: true,
  },
  {
    method: "get",
    path: "/api/campaigns",
    summary: "Campaigns, newest first",
    answer: { listOf: "CampaignSummary" },
    query: { ...pageParameters, propertyId: null, status: campaignStatuses },
  },
  { method: "get", path: "/api/campaigns/{id}", summary: "One campaign", answer: "Campaign" },
  {
    method: "patch",
    path: "/api/campaigns/{id}",
    summary: "Change a draft; of a started campaign only its name, tags and unknownPolicy",
    body: "CampaignPatch",
    answer: "Campaign",
  },
  { method: "delete", path: "/api/campaigns/{id}", summary: "Delete a draft or an archived campaign" },
  {
    method: "patch",
    path: "/api/campaigns/{id}/status",
    summary: "Launch, pause, resume, stop or archive; a resume says what it comes to",
    body: "StatusInput",
    answer: "CampaignChanged",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recall",
    summary: "Undo a launch from which nothing has left: the campaign is a draft again",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/decline",
    summary: "Decline a launch that waits for approval (teamLead); to approve it, set the status active",
    body: "DeclineInput",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/confirm-late",
    summary: "Let go what is held because it is later than maxLatenessHours",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/plan",
    summary: "When each step would go to each recipient if this campaign were launched now; changes nothing",
    body: "CampaignPlanInput",
    answer: "CampaignPlan",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/preflight",
    summary: "A dry run: who will be sent to, who is held or blocked and why, and when; changes nothing",
    answer: "Preflight",
    query: pageParameters,
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/send-now",
    summary: "Whom “send now” would send to, and for how many of them the sending hours are closed",
    answer: "CampaignSendNowPreview",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/send-now",
    summary: "Send everybody's next step now, whatever its delay and conditions; it can be undone",
    body: "CampaignSendNowInput",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/send-now/recall",
    summary: "Undo “send now” for everybody whose email has not left",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/steps/{stepNumber}/apply-template",
    summary: "Move one step to its template's newest wording, for everybody who has not had its email yet",
    answer: "WordingApplied",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/recipients",
    summary: "Its recipients, in the order they were added",
    answer: { listOf: "CampaignRecipient" },
    query: { ...pageParameters, status: recipientStatuses, q: null },
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/export.csv",
    summary: "Its recipients as CSV, with their state, outcome and dates; no cell runs as a formula",
    csv: "answer",
    query: { status: recipientStatuses, q: null },
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/recipients",
    summary: "Add up to 500 recipients; who is in it already is left alone",
    body: "RecipientsInput",
    answer: "RecipientsAdded",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/analytics",
    summary: "Counters and rates, in total and per step",
    answer: "CampaignAnalytics",
  },
];
