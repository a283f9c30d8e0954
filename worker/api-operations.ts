import { z } from "zod";
import { campaignAnalytics } from "../shared/analytics.ts";
import {
  campaign,
  campaignChanged,
  campaignCreate,
  campaignPatch,
  campaignSummary,
  statusInput,
} from "../shared/campaign.ts";
import { apiError } from "../shared/error.ts";
import { preflight } from "../shared/preflight.ts";
import { preset } from "../shared/preset.ts";
import { instant } from "../shared/primitives.ts";
import { propertyFacts, propertyStatusInput } from "../shared/property.ts";
import {
  campaignRecipient,
  recipientActions,
  recipientDetail,
  recipientsAdded,
  recipientsInput,
  snoozeInput,
} from "../shared/recipient.ts";
import { sender, senderInput, senderPatch } from "../shared/sender.ts";
import {
  emailPreview,
  emailTemplate,
  previewInput,
  templateInput,
  templatePatch,
} from "../shared/template.ts";
import { campaignStatuses, recipientStatuses } from "../shared/vocabulary.ts";

/** The schemas the wire speaks, by the name the description gives them. */
export const inputs = {
  CampaignCreate: campaignCreate,
  CampaignPatch: campaignPatch,
  StatusInput: statusInput,
  RecipientsInput: recipientsInput,
  TemplateInput: templateInput,
  TemplatePatch: templatePatch,
  PreviewInput: previewInput,
  SenderInput: senderInput,
  SenderPatch: senderPatch,
  SnoozeInput: snoozeInput,
  PropertyStatusInput: propertyStatusInput,
};
export const outputs = {
  ApiError: apiError,
  Campaign: campaign,
  CampaignSummary: campaignSummary,
  CampaignAnalytics: campaignAnalytics,
  CampaignRecipient: campaignRecipient,
  RecipientDetail: recipientDetail,
  RecipientsAdded: recipientsAdded,
  EmailTemplate: emailTemplate,
  EmailPreview: emailPreview,
  Preflight: preflight,
  Preset: preset,
  Sender: sender,
  CampaignChanged: campaignChanged,
  PropertyFacts: propertyFacts,
  OutreachState: z.object({ stoppedAt: instant.nullable() }),
  StoppedProperty: z.object({ stopped: z.number().int() }),
};

type Answer = keyof typeof outputs;
export type Operation = {
  method: "get" | "post" | "patch" | "delete";
  /** Under the server's root, parameters in braces. */
  path: string;
  summary: string;
  body?: keyof typeof inputs;
  /** What a good answer holds; a list of it; or neither: 204. */
  answer?: Answer | { listOf: Answer };
  status?: 201;
  query?: Readonly<Record<string, readonly string[] | null>>;
  takesIdempotencyKey?: true;
};

const page = { cursor: null, limit: null };

/** Every route under /api. A test holds this against what the app really answers. */
export const operations: readonly Operation[] = [
  {
    method: "post",
    path: "/api/campaigns",
    summary: "Make a campaign; with recipients and status active, launch it in the same write",
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
    query: { ...page, propertyId: null, status: campaignStatuses },
  },
  { method: "get", path: "/api/campaigns/{id}", summary: "One campaign", answer: "Campaign" },
  {
    method: "patch",
    path: "/api/campaigns/{id}",
    summary: "Change a draft; of a started campaign only its name and tags",
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
    path: "/api/campaigns/{id}/confirm-late",
    summary: "Let go what is held because it is later than maxLatenessHours",
    answer: "Campaign",
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/preflight",
    summary: "A dry run: who will be sent to, who is held or blocked and why, and when; changes nothing",
    answer: "Preflight",
    query: page,
  },
  {
    method: "post",
    path: "/api/campaigns/{id}/send-now",
    summary: "Send everybody's next step now, whatever its delay and the sending hours",
    answer: "Campaign",
  },
  {
    method: "get",
    path: "/api/campaigns/{id}/recipients",
    summary: "Its recipients, in the order they were added",
    answer: { listOf: "CampaignRecipient" },
    query: { ...page, status: recipientStatuses },
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
  {
    method: "get",
    path: "/api/recipients/{id}",
    summary: "One recipient: timeline, next email, and why it has not gone yet",
    answer: "RecipientDetail",
  },
  ...recipientActions.map(
    (action): Operation => ({
      method: "post",
      path: `/api/recipients/{id}/${action}`,
      summary: `For this recipient: ${action}`,
      answer: "RecipientDetail",
    }),
  ),
  {
    method: "post",
    path: "/api/recipients/{id}/snooze",
    summary: "Put a recipient's next email off for 1 to 180 days; resume takes it back",
    body: "SnoozeInput",
    answer: "RecipientDetail",
  },
  {
    method: "get",
    path: "/api/templates",
    summary: "Templates with their newest wording, newest first; at most 25 a page",
    answer: { listOf: "EmailTemplate" },
    query: page,
  },
  {
    method: "post",
    path: "/api/templates",
    summary: "Make a template",
    body: "TemplateInput",
    answer: "EmailTemplate",
    status: 201,
  },
  { method: "get", path: "/api/templates/{id}", summary: "One template", answer: "EmailTemplate" },
  {
    method: "patch",
    path: "/api/templates/{id}",
    summary: "Save a new version; campaigns that have it keep theirs",
    body: "TemplatePatch",
    answer: "EmailTemplate",
  },
  { method: "delete", path: "/api/templates/{id}", summary: "Delete a template no unfinished campaign uses" },
  {
    method: "post",
    path: "/api/templates/preview",
    summary: "One email as its recipient would get it; changes nothing",
    body: "PreviewInput",
    answer: "EmailPreview",
  },
  { method: "get", path: "/api/presets", summary: "The ready sequences", answer: { listOf: "Preset" } },
  {
    method: "get",
    path: "/api/senders",
    summary: "From-identities, oldest first, with their pace and where it stands",
    answer: { listOf: "Sender" },
    query: page,
  },
  {
    method: "post",
    path: "/api/senders",
    summary: "Add a from-identity (admin)",
    body: "SenderInput",
    answer: "Sender",
    status: 201,
  },
  {
    method: "patch",
    path: "/api/senders/{id}",
    summary: "Change a from-identity, its pace or its pause (admin); what is queued is held to it too",
    body: "SenderPatch",
    answer: "Sender",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/stop",
    summary: "Stop everybody at a property, in every campaign",
    answer: "StoppedProperty",
  },
  {
    method: "post",
    path: "/api/properties/{propertyId}/status",
    summary: "Tell what has become of a property; campaigns that end with it stop for its recipients",
    body: "PropertyStatusInput",
    answer: "PropertyFacts",
  },
  {
    method: "post",
    path: "/api/outreach/stop",
    summary: "Panic stop: nothing of the tenant leaves until it is resumed (teamLead)",
    answer: "OutreachState",
  },
  {
    method: "post",
    path: "/api/outreach/resume",
    summary: "Lift the panic stop (teamLead)",
    answer: "OutreachState",
  },
];
