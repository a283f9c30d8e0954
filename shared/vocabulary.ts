/**
 * The closed lists both sides speak. No imports, so the plugin can use these values without pulling in a validator.
 * A word appears here once and is used as such in files, tables, URLs and on the screen.
 */

export const campaignStatuses = ["draft", "active", "paused", "completed", "stopped", "archived"] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export const campaignTypes = [
  "sellerOutreach",
  "buyerNurture",
  "agentNetworking",
  "referralRequest",
  "followUp",
] as const;
export type CampaignType = (typeof campaignTypes)[number];

/** Where a recipient stands in the sequence. What a person reads is `RecipientOutcome`. */
export const recipientStatuses = ["active", "paused", "completed", "stopped", "waitingForEmail"] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];

/** What a person reads as a recipient's status; derived from their events, never stored. */
export const recipientOutcomes = [
  "pending",
  "sent",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "bounced",
  "unsubscribed",
] as const;
export type RecipientOutcome = (typeof recipientOutcomes)[number];

/** Why a recipient was stopped for good. */
export const stopReasons = [
  "replied",
  "bounced",
  "complained",
  "unsubscribed",
  "suppressed",
  "manual",
  "propertyStopped",
  "propertyStatusChanged",
  "campaignStopped",
  "sendFailed",
] as const;
export type StopReason = (typeof stopReasons)[number];

/** Why a step was left out; the sequence goes on with the next one. */
export const skipReasons = ["notOpened", "opened", "notClicked", "clicked", "tooSoonSinceLast"] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Why a recipient who is in the sequence gets nothing right now. */
export const holdReasons = [
  "notDue",
  "outsideWindow",
  "campaignNotActive",
  "campaignNotStarted",
  "recipientPaused",
  "waitingForEmail",
  "senderPaused",
  "senderBusy",
  "dailyCapReached",
  "retrying",
  "outcomeUnknown",
  "missingVariables",
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** `sending`: the provider call is being made; if that is never concluded it becomes `unknown`, which is not sent again blindly. */
export const messageStatuses = ["sending", "sent", "retrying", "failed", "skipped", "unknown"] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** Why a message did not go, or was put off. */
export const failureReasons = [
  "missingVariables",
  "invalidEmail",
  "addressRefused",
  "contentRefused",
  "accountsRefused",
  "deferred",
  "tooManyAttempts",
] as const;
export type FailureReason = (typeof failureReasons)[number];

export const eventKinds = [
  "accepted",
  "deferred",
  "delivered",
  "bounced",
  "rejected",
  "failed",
  "opened",
  "clicked",
  "complained",
  "unsubscribed",
  "resubscribed",
  "replied",
  "autoReplied",
  "unknown",
] as const;
export type EventKind = (typeof eventKinds)[number];

/** hard: the address is no good. soft: try again another day. block: we, not they, are the problem. */
export const bounceClasses = ["hard", "soft", "block"] as const;
export type BounceClass = (typeof bounceClasses)[number];

export const rejectReasons = [
  "previousBounce",
  "previousComplaint",
  "unsubscribed",
  "invalidAddress",
  "quota",
  "content",
  "other",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export const suppressionReasons = ["bounced", "complained", "unsubscribed", "manual"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

export const providerNames = ["sendgrid", "mailgun", "smtp", "outbox"] as const;
export type ProviderName = (typeof providerNames)[number];

/** Each role may do all that the ones before it may. */
export const roles = ["viewer", "agent", "teamLead", "admin"] as const;
export type Role = (typeof roles)[number];

export const errorCodes = [
  "invalidRequest",
  "unauthenticated",
  "tokenExpired",
  "forbidden",
  "notFound",
  "conflict",
  "payloadTooLarge",
  "unsupportedMediaType",
  "methodNotAllowed",
  "badSignature",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** The counters kept per campaign and step. `opened` and `clicked` count people; what machines did stands beside them. */
export const statNames = [
  "sent",
  "failed",
  "skipped",
  "unknown",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "bounced",
  "complained",
  "unsubscribed",
  "machineOpened",
  "machineClicked",
] as const;
export type StatName = (typeof statNames)[number];

/** Bounds on what one request, campaign or template may hold. Lengths are characters, sizes bytes. */
export const limits = {
  stepsPerCampaign: 20,
  recipientsPerCampaign: 10_000,
  recipientsPerRequest: 500,
  pageSize: 100,
  nameLength: 200,
  emailLength: 254,
  subjectLength: 300,
  bodyLength: 100_000,
  templateDataBytes: 16_000,
  tags: 20,
  tagLength: 50,
  delayDays: 365,
  delayHours: 23,
  requestBytes: 1_000_000,
} as const;
