import { z } from "zod";
import { campaignAnalytics } from "../../../shared/analytics.ts";
import {
  campaign,
  campaignChanged,
  campaignCreate,
  campaignPatch,
  campaignSummary,
  statusInput,
} from "../../../shared/campaign.ts";
import { campaignPlan, campaignPlanInput } from "../../../shared/campaign-plan.ts";
import { collisions, collisionsInput } from "../../../shared/collision.ts";
import { contactHistory, contactHistoryInput } from "../../../shared/contact-history.ts";
import { apiError } from "../../../shared/error.ts";
import { preflight } from "../../../shared/preflight.ts";
import { preset } from "../../../shared/preset.ts";
import { instant } from "../../../shared/primitives.ts";
import { propertyFacts, propertyStatusInput } from "../../../shared/property.ts";
import {
  providerAccount,
  providerAccountInput,
  providerAccountPatch,
} from "../../../shared/provider-account.ts";
import { providerWebhooks } from "../../../shared/provider-webhook.ts";
import {
  campaignRecipient,
  recipientDetail,
  recipientPatch,
  recipientSendNowInput,
  recipientsAdded,
  recipientsInput,
  replyOutcomeInput,
  snoozeInput,
} from "../../../shared/recipient.ts";
import { sender, senderInput, senderPatch } from "../../../shared/sender.ts";
import {
  suppression,
  suppressionLifted,
  suppressionRemoval,
  suppressionsAdded,
  suppressionsImported,
  suppressionsInput,
  suppressionsSynced,
} from "../../../shared/suppression.ts";
import { task, taskClosing } from "../../../shared/task.ts";
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
} from "../../../shared/template.ts";
import { convertAnswer, lintAnswer } from "../../../shared/template-lint.ts";
import { tenant, tenantPatch } from "../../../shared/tenant.ts";

/** The schemas of request bodies, by their names in the OpenAPI document. */
export const inputSchemas = {
  CampaignCreate: campaignCreate,
  CampaignPatch: campaignPatch,
  CampaignPlanInput: campaignPlanInput,
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
  ReplyOutcomeInput: replyOutcomeInput,
  TaskClosing: taskClosing,
  PropertyStatusInput: propertyStatusInput,
  ContactHistoryInput: contactHistoryInput,
};
/** The schemas of answers, by their names in the OpenAPI document. */
export const answerSchemas = {
  ApiError: apiError,
  Campaign: campaign,
  CampaignSummary: campaignSummary,
  CampaignPlan: campaignPlan,
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
  SuppressionsImported: suppressionsImported,
  SuppressionsSynced: suppressionsSynced,
  ProviderAccount: providerAccount,
  ProviderWebhooks: providerWebhooks,
  Tenant: tenant,
  Collisions: collisions,
  CampaignChanged: campaignChanged,
  PropertyFacts: propertyFacts,
  ContactHistory: contactHistory,
  OutreachState: z.object({ stoppedAt: instant.nullable() }),
  StoppedProperty: z.object({ stopped: z.number().int() }),
};
