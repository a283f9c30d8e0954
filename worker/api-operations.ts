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
import { collisions, collisionsInput } from "../shared/collision.ts";
import { apiError } from "../shared/error.ts";
import { preflight } from "../shared/preflight.ts";
import { preset } from "../shared/preset.ts";
import { instant } from "../shared/primitives.ts";
import { propertyFacts, propertyStatusInput } from "../shared/property.ts";
import { providerAccount, providerAccountInput, providerAccountPatch } from "../shared/provider-account.ts";
import { providerWebhooks } from "../shared/provider-webhook.ts";
import {
  campaignRecipient,
  recipientActions,
  recipientDetail,
  recipientPatch,
  recipientSendNowInput,
  recipientsAdded,
  recipientsInput,
  snoozeInput,
} from "../shared/recipient.ts";
import { sender, senderInput, senderPatch } from "../shared/sender.ts";
import {
  suppression,
  suppressionLifted,
  suppressionRemoval,
  suppressionsAdded,
  suppressionsInput,
  suppressionsSynced,
} from "../shared/suppression.ts";
import { task, taskClosing } from "../shared/task.ts";
import {
  emailPreview,
  emailTemplate,
  lintInput,
  previewInput,
  templateDetail,
  templateInput,
  templatePatch,
  templateVersion,
  templateVersionSummary,
  testSend,
  testSendInput,
  wordingApplied,
} from "../shared/template.ts";
import { convertAnswer, lintAnswer } from "../shared/template-lint.ts";
import { tenant, tenantPatch } from "../shared/tenant.ts";
import { campaignStatuses, recipientStatuses, suppressionReasons } from "../shared/vocabulary.ts";

/** The schemas the wire speaks, by the name the description gives them. */
export const inputs = {
  CampaignCreate: campaignCreate,
  CampaignPatch: campaignPatch,
  StatusInput: statusInput,
  RecipientsInput: recipientsInput,
  TemplateInput: templateInput,
  TemplatePatch: templatePatch,
  PreviewInput: previewInput,
  LintInput: lintInput,
  TestSendInput: testSendInput,
  SenderInput: senderInput,
  SenderPatch: senderPatch,
  SuppressionsInput: suppressionsInput,
  SuppressionRemoval: suppressionRemoval,
  ProviderAccountInput: providerAccountInput,
  ProviderAccountPatch: providerAccountPatch,
  TenantPatch: tenantPatch,
  CollisionsInput: collisionsInput,
  RecipientPatch: recipientPatch,
  RecipientSendNowInput: recipientSendNowInput,
  SnoozeInput: snoozeInput,
  TaskClosing: taskClosing,
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
  Task: task,
  EmailTemplate: emailTemplate,
  TemplateDetail: templateDetail,
  TemplateVersionSummary: templateVersionSummary,
  TemplateVersion: templateVersion,
  WordingApplied: wordingApplied,
  LintAnswer: lintAnswer,
  ConvertAnswer: convertAnswer,
  TestSend: testSend,
  EmailPreview: emailPreview,
  Preflight: preflight,
  Preset: preset,
  Sender: sender,
  Suppression: suppression,
  SuppressionLifted: suppressionLifted,
  SuppressionsAdded: suppressionsAdded,
  SuppressionsSynced: suppressionsSynced,
  ProviderAccount: providerAccount,
  ProviderWebhooks: providerWebhooks,
  Tenant: tenant,
  Collisions: collisions,
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
  /** Where the body or the answer is a list in CSV instead. */
  csv?: "body" | "answer";
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
    method: "post",
    path: "/api/campaigns/{id}/steps/{stepNumber}/apply-template",
    summary: "Have a step take its template's newest wording, for everybody whose email of it has not gone",
    answer: "WordingApplied",
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
  {
    method: "patch",
    path: "/api/recipients/{id}",
    summary: "Give a recipient an address or another time zone; what is planned moves with it",
    body: "RecipientPatch",
    answer: "RecipientDetail",
  },
  ...recipientActions.map(
    (action): Operation => ({
      method: "post",
      path: `/api/recipients/{id}/${action}`,
      summary: `For this recipient: ${action}`,
      ...(action === "send-now" ? { body: "RecipientSendNowInput" as const } : {}),
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
    path: "/api/tasks",
    summary: "What agents are asked to do and have not done, the longest open first",
    answer: { listOf: "Task" },
    query: { ...page, propertyId: null, status: ["open"] },
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
    method: "get",
    path: "/api/templates",
    summary: "Templates with their newest wording, newest first; at most 25 a page",
    answer: { listOf: "EmailTemplate" },
    query: page,
  },
  {
    method: "post",
    path: "/api/templates",
    summary:
      "Make a template: sanitised, its styles inlined, and looked over; errors in its wording refuse it",
    body: "TemplateInput",
    answer: "TemplateDetail",
    status: 201,
  },
  { method: "get", path: "/api/templates/{id}", summary: "One template", answer: "TemplateDetail" },
  {
    method: "patch",
    path: "/api/templates/{id}",
    summary: "Save a new version; campaigns that have it keep theirs",
    body: "TemplatePatch",
    answer: "TemplateDetail",
  },
  {
    method: "get",
    path: "/api/templates/{id}/versions",
    summary: "The wordings a template has had, newest first, without their bodies",
    answer: { listOf: "TemplateVersionSummary" },
    query: page,
  },
  {
    method: "get",
    path: "/api/templates/{id}/versions/{version}",
    summary: "One version's wording",
    answer: "TemplateVersion",
  },
  {
    method: "post",
    path: "/api/templates/{id}/test-send",
    summary: "Send it once to the named sender's own mailbox, marked as a test; tracked and counted nowhere",
    body: "TestSendInput",
    answer: "TestSend",
  },
  {
    method: "post",
    path: "/api/templates/lint",
    summary:
      "What there is to say about a wording, and where, and what saving it would take out; saves nothing",
    body: "LintInput",
    answer: "LintAnswer",
  },
  {
    method: "post",
    path: "/api/templates/convert",
    summary: "The wording with other tools' merge fields rewritten as variables; saves nothing",
    body: "LintInput",
    answer: "ConvertAnswer",
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
    method: "post",
    path: "/api/collisions",
    summary: "Who of these people would wait for another campaign if one were launched to them now",
    body: "CollisionsInput",
    answer: "Collisions",
  },
  { method: "get", path: "/api/tenant", summary: "The office's own settings", answer: "Tenant" },
  {
    method: "patch",
    path: "/api/tenant",
    summary: "Change the office's settings (admin)",
    body: "TenantPatch",
    answer: "Tenant",
  },
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
    method: "get",
    path: "/api/provider-accounts",
    summary:
      "The tenant's accounts at mail services, in the order they are tried (admin); credentials never come out",
    answer: { listOf: "ProviderAccount" },
  },
  {
    method: "post",
    path: "/api/provider-accounts",
    summary:
      "Add an account at a mail service (admin); it is asked at once which From domains it may send for",
    body: "ProviderAccountInput",
    answer: "ProviderAccount",
    status: 201,
  },
  {
    method: "patch",
    path: "/api/provider-accounts/{id}",
    summary: "Rename, reorder, pause, resume or re-key an account (admin)",
    body: "ProviderAccountPatch",
    answer: "ProviderAccount",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/check",
    summary: "Ask the service again which From domains the account may send for (admin)",
    answer: "ProviderAccount",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/webhooks",
    summary:
      "Register our webhook at the account's service, beside what is there; doing it twice is doing it once (admin)",
    answer: "ProviderWebhooks",
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
  {
    method: "get",
    path: "/api/suppressions",
    summary:
      "Addresses that are never mailed, by address; a page may be short where few have the reason asked for",
    answer: { listOf: "Suppression" },
    query: { ...page, reason: suppressionReasons, email: null },
  },
  {
    method: "post",
    path: "/api/suppressions",
    summary: "Never mail up to 500 addresses, and stop who is in a sequence with one of them",
    body: "SuppressionsInput",
    answer: "SuppressionsAdded",
  },
  {
    method: "post",
    path: "/api/suppressions/import",
    summary:
      "The same for a CSV list of at most 1 MB with a column email, and reason and note if wanted (teamLead)",
    csv: "body",
    answer: "SuppressionsAdded",
  },
  {
    method: "get",
    path: "/api/suppressions/export.csv",
    summary: "All of them as CSV (teamLead)",
    csv: "answer",
  },
  {
    method: "delete",
    path: "/api/suppressions",
    summary:
      "Take one back; who it stopped stays stopped. What the person asked for needs teamLead and a note",
    body: "SuppressionRemoval",
    answer: "SuppressionLifted",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/sync-suppressions",
    summary: "Read whom SendGrid or Mailgun no longer sends to into the office's own list (admin)",
    answer: "SuppressionsSynced",
  },
];
