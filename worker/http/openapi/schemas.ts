import { z } from "zod";
import { officeAgent } from "../../../shared/agent.ts";
import { campaignAnalytics } from "../../../shared/analytics.ts";
import { agentAnswerInput, answerSnippet } from "../../../shared/answer.ts";
import { attentionList } from "../../../shared/attention.ts";
import {
  bulkActionInput,
  bulkActionResult,
  bulkUndoInput,
  bulkUndoResult,
  missingValueCounts,
  missingValuesInput,
} from "../../../shared/bulk-action.ts";
import {
  campaign,
  campaignCreate,
  campaignPatch,
  campaignStatusInput,
  campaignStatusResult,
  campaignSummary,
} from "../../../shared/campaign.ts";
import { campaignDeclineInput } from "../../../shared/campaign-approval.ts";
import { campaignPlan, campaignPlanInput } from "../../../shared/campaign-plan.ts";
import { claimAttestationInput } from "../../../shared/claim.ts";
import { campaignCollisions, collisionsInput } from "../../../shared/collision.ts";
import { contactHistory, contactHistoryInput } from "../../../shared/contact-history.ts";
import { digestInput, digestSettings } from "../../../shared/digest.ts";
import { doNotSolicitList } from "../../../shared/do-not-solicit-list.ts";
import { apiError } from "../../../shared/error.ts";
import { hostEvent, hostEventData } from "../../../shared/host-event.ts";
import {
  hostDelivery,
  hostRedeliveryInput,
  hostWebhook,
  hostWebhookInput,
  hostWebhookPatch,
  hostWebhookSecretInput,
  hostWebhookTestResult,
  hostWebhookWithSecret,
} from "../../../shared/host-webhook.ts";
import { lettersOfAddressInput } from "../../../shared/letter-record.ts";
import { letterVersions } from "../../../shared/letter-version.ts";
import { listingAnswerInput, listingChecks } from "../../../shared/listing-check.ts";
import {
  figuresRebuildInput,
  figuresRebuildResult,
  officeAnalytics,
} from "../../../shared/office-analytics.ts";
import { personalWordingPut, recipientStepWording } from "../../../shared/personal-wording.ts";
import { preflight } from "../../../shared/preflight.ts";
import { preset } from "../../../shared/preset.ts";
import { instant } from "../../../shared/primitives.ts";
import {
  propertiesInput,
  propertiesResult,
  propertyFacts,
  propertyStatusInput,
} from "../../../shared/property.ts";
import {
  providerAccount,
  providerAccountInput,
  providerAccountPatch,
} from "../../../shared/provider-account.ts";
import { webhookRegistrationAnswer } from "../../../shared/provider-webhook.ts";
import {
  campaignRecipient,
  recipientDetail,
  recipientPatch,
  recipientsAddedResult,
  recipientsInput,
  replyReadingInput,
  snoozeInput,
} from "../../../shared/recipient.ts";
import { recipientsCheck, recipientsCheckInput } from "../../../shared/recipient-check.ts";
import { recipientLetter } from "../../../shared/recipient-letter.ts";
import { recipientList } from "../../../shared/recipient-list.ts";
import { replyAssignmentInput, replyOutcomeInput, waitingReplyPage } from "../../../shared/reply.ts";
import { searchResult } from "../../../shared/search.ts";
import {
  campaignSendNowInput,
  campaignSendNowPreview,
  recipientSendNowInput,
  sendNowPreview,
} from "../../../shared/send-now.ts";
import { sender, senderInput, senderPatch } from "../../../shared/sender.ts";
import {
  sequence,
  sequenceCopyInput,
  sequenceInput,
  sequencePatch,
  sequenceSummary,
} from "../../../shared/sequence.ts";
import { signingKey, signingKeyInput, signingKeyWithSecret } from "../../../shared/signing-key.ts";
import { changedSnippet, snippet, snippetInput, snippetPatch } from "../../../shared/snippet.ts";
import { startedProposal, startProposals, startRule, startRuleInput } from "../../../shared/start-rule.ts";
import {
  campaignSteps,
  campaignStepsInput,
  stepsChangePreview,
  stepsChangeResult,
  stepsUndoInput,
} from "../../../shared/step-change.ts";
import {
  suppression,
  suppressionImportResult,
  suppressionRemovalInput,
  suppressionRemovalResult,
  suppressionSyncAnswer,
  suppressionsAddedResult,
  suppressionsInput,
} from "../../../shared/suppression.ts";
import { task, taskClosingInput, taskPostponeInput } from "../../../shared/task.ts";
import {
  appliedWordingResult,
  emailPreview,
  emailPreviewInput,
  emailTemplate,
  offeredVariables,
  templateDetail,
  templateInput,
  templateLintInput,
  templatePatch,
  templateVersion,
  templateVersionSummary,
  testSendInput,
  testSendResult,
  variableValuesInput,
  wordingTestSendInput,
} from "../../../shared/template.ts";
import {
  templateApproval,
  templateApprovalCounts,
  templateApprovalInput,
  templateDecisionInput,
} from "../../../shared/template-approval.ts";
import { convertedTemplate, lintResult } from "../../../shared/template-lint.ts";
import { tenant, tenantPatch } from "../../../shared/tenant.ts";
import { hostEventTypes } from "../../../shared/vocabulary.ts";
import { winnerInput } from "../../../shared/winner.ts";

/** The schemas of request bodies, by their names in the OpenAPI document. */
export const inputSchemas = {
  CampaignCreate: campaignCreate,
  CampaignPatch: campaignPatch,
  CampaignPlanInput: campaignPlanInput,
  StatusInput: campaignStatusInput,
  DeclineInput: campaignDeclineInput,
  LettersOfAddressInput: lettersOfAddressInput,
  FiguresRebuildInput: figuresRebuildInput,
  DigestInput: digestInput,
  StartRuleInput: startRuleInput,
  RecipientsInput: recipientsInput,
  RecipientsCheckInput: recipientsCheckInput,
  BulkActionInput: bulkActionInput,
  BulkUndoInput: bulkUndoInput,
  MissingValuesInput: missingValuesInput,
  TemplateInput: templateInput,
  TemplatePatch: templatePatch,
  PreviewInput: emailPreviewInput,
  VariableValuesInput: variableValuesInput,
  SequenceInput: sequenceInput,
  SequencePatch: sequencePatch,
  SequenceCopyInput: sequenceCopyInput,
  SnippetInput: snippetInput,
  SnippetPatch: snippetPatch,
  CampaignStepsInput: campaignStepsInput,
  StepsUndoInput: stepsUndoInput,
  WinnerInput: winnerInput,
  LintInput: templateLintInput,
  TestSendInput: testSendInput,
  WordingTestSendInput: wordingTestSendInput,
  SenderInput: senderInput,
  SenderPatch: senderPatch,
  SuppressionsInput: suppressionsInput,
  SuppressionRemoval: suppressionRemovalInput,
  ProviderAccountInput: providerAccountInput,
  ProviderAccountPatch: providerAccountPatch,
  ClaimAttestationInput: claimAttestationInput,
  TemplateApprovalInput: templateApprovalInput,
  TemplateDecisionInput: templateDecisionInput,
  TenantPatch: tenantPatch,
  CollisionsInput: collisionsInput,
  ListingAnswerInput: listingAnswerInput,
  RecipientPatch: recipientPatch,
  PersonalWordingPut: personalWordingPut,
  CampaignSendNowInput: campaignSendNowInput,
  RecipientSendNowInput: recipientSendNowInput,
  SnoozeInput: snoozeInput,
  AnswerInput: agentAnswerInput,
  ReplyOutcomeInput: replyOutcomeInput,
  ReplyAssignmentInput: replyAssignmentInput,
  ReplyReadingInput: replyReadingInput,
  TaskClosing: taskClosingInput,
  TaskPostpone: taskPostponeInput,
  PropertyStatusInput: propertyStatusInput,
  PropertiesInput: propertiesInput,
  ContactHistoryInput: contactHistoryInput,
  HostWebhookInput: hostWebhookInput,
  HostWebhookPatch: hostWebhookPatch,
  HostWebhookSecretInput: hostWebhookSecretInput,
  HostRedeliveryInput: hostRedeliveryInput,
  SigningKeyInput: signingKeyInput,
};
/** The schemas of answers, by their names in the OpenAPI document. */
export const answerSchemas = {
  ApiError: apiError,
  Campaign: campaign,
  DoNotSolicitList: doNotSolicitList,
  TemplateApproval: templateApproval,
  TemplateApprovalCounts: templateApprovalCounts,
  CampaignSummary: campaignSummary,
  CampaignPlan: campaignPlan,
  CampaignAnalytics: campaignAnalytics,
  OfficeAnalytics: officeAnalytics,
  DigestSettings: digestSettings,
  StartRules: z.object({ items: z.array(startRule) }),
  StartProposals: startProposals,
  StartedProposal: startedProposal,
  FiguresRebuild: figuresRebuildResult,
  CampaignRecipient: campaignRecipient,
  RecipientList: recipientList,
  BulkActionResult: bulkActionResult,
  BulkUndoResult: bulkUndoResult,
  MissingValueCounts: missingValueCounts,
  RecipientDetail: recipientDetail,
  WaitingReplyPage: waitingReplyPage,
  OfficeAgent: officeAgent,
  SearchResult: searchResult,
  AttentionList: attentionList,
  RecipientLetter: recipientLetter,
  StepWording: recipientStepWording,
  SendNowPreview: sendNowPreview,
  CampaignSendNowPreview: campaignSendNowPreview,
  RecipientsAdded: recipientsAddedResult,
  RecipientsCheck: recipientsCheck,
  Task: task,
  EmailTemplate: emailTemplate,
  TemplateDetail: templateDetail,
  TemplateVersionSummary: templateVersionSummary,
  TemplateVersion: templateVersion,
  WordingApplied: appliedWordingResult,
  LintAnswer: lintResult,
  ConvertAnswer: convertedTemplate,
  TestSend: testSendResult,
  EmailPreview: emailPreview,
  OfferedVariables: offeredVariables,
  Preflight: preflight,
  Preset: preset,
  Sequence: sequence,
  LetterVersions: letterVersions,
  SequenceSummary: sequenceSummary,
  AnswerSnippet: answerSnippet,
  Snippet: snippet,
  ChangedSnippet: changedSnippet,
  CampaignSteps: campaignSteps,
  StepsPreview: stepsChangePreview,
  StepsChanged: stepsChangeResult,
  Sender: sender,
  Suppression: suppression,
  SuppressionLifted: suppressionRemovalResult,
  SuppressionsAdded: suppressionsAddedResult,
  SuppressionsImported: suppressionImportResult,
  SuppressionsSynced: suppressionSyncAnswer,
  ProviderAccount: providerAccount,
  ProviderWebhooks: webhookRegistrationAnswer,
  Tenant: tenant,
  Collisions: campaignCollisions,
  ListingChecks: listingChecks,
  CampaignChanged: campaignStatusResult,
  PropertyFacts: propertyFacts,
  PropertiesResult: propertiesResult,
  ContactHistory: contactHistory,
  HostWebhook: hostWebhook,
  SigningKey: signingKey,
  SigningKeyWithSecret: signingKeyWithSecret,
  HostWebhookWithSecret: hostWebhookWithSecret,
  HostWebhookTest: hostWebhookTestResult,
  HostDelivery: hostDelivery,
  OutreachState: z.object({ stoppedAt: instant.nullable() }),
  StoppedProperty: z.object({ stopped: z.number().int() }),
};

/** The schemas of the bodies of webhooks, by type of event. */
export const eventSchemas: Record<string, z.ZodType> = Object.fromEntries(
  hostEventTypes.map((type) => [
    type,
    hostEvent.extend({ type: z.literal(type), data: hostEventData[type] }),
  ]),
);
