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
  "campaignEnded",
  "conditionNotMet",
  "sendFailed",
] as const;
export type StopReason = (typeof stopReasons)[number];

/** What happens to somebody who is in another active campaign, or whose property is. holdAlways: no launch may override it. */
export const collisionPolicies = ["hold", "holdAlways", "off"] as const;
export type CollisionPolicy = (typeof collisionPolicies)[number];

/** What a step is: an email that goes by itself, or something the agent is asked to do. */
export const stepKinds = ["email", "task"] as const;
export type StepKind = (typeof stepKinds)[number];

export const taskKinds = ["call", "visit", "card", "other"] as const;
export type TaskKind = (typeof taskKinds)[number];

/** How a task ended. expired: nobody marked it done in time, and the sequence went on. */
export const taskOutcomes = ["done", "skipped", "expired", "stopped"] as const;
export type TaskOutcome = (typeof taskOutcomes)[number];

/** Why a provider account paused without anybody asking. */
export const accountPauseReasons = ["blocked", "suspended"] as const;
export type AccountPauseReason = (typeof accountPauseReasons)[number];

/** The circuit breaker of a provider account. open: left alone for now. halfOpen: its next call is a trial. */
export const circuitStates = ["closed", "open", "halfOpen"] as const;
export type CircuitState = (typeof circuitStates)[number];

/** Why a campaign paused by itself. */
export const pauseReasons = ["bounceRate", "complaintRate"] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Where a recipient's time zone is from: the host said it, or their mailing address does. */
export const timeZoneSources = ["given", "mailingAddress"] as const;
export type TimeZoneSource = (typeof timeZoneSources)[number];

/** RESO StandardStatus, without the spaces of its display names. */
export const propertyStatuses = [
  "Active",
  "ActiveUnderContract",
  "Canceled",
  "Closed",
  "ComingSoon",
  "Delete",
  "Expired",
  "Hold",
  "Incomplete",
  "Pending",
  "Withdrawn",
] as const;
export type PropertyStatus = (typeof propertyStatuses)[number];

/** The home has a buyer: writing to its owner about selling is over, unless a campaign says otherwise. */
export const defaultExitStatuses: readonly PropertyStatus[] = ["Pending", "ActiveUnderContract", "Closed"];

/** Why a step was left out; the sequence goes on with the next one. */
export const skipReasons = [
  "notOpened",
  "opened",
  "notClicked",
  "clicked",
  "tooSoonSinceLast",
  "propertyStatus",
  "priceNotChanged",
  "priceChanged",
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What a person may do with an email that a later step can ask about. */
export const engagementKinds = ["opened", "clicked"] as const;
export type EngagementKind = (typeof engagementKinds)[number];

/** What becomes of a step whose conditions do not hold. */
export const otherwiseKinds = ["skip", "stop", "wait"] as const;
export type OtherwiseKind = (typeof otherwiseKinds)[number];

/** Why a recipient who is in the sequence gets nothing right now. */
export const holdReasons = [
  "notDue",
  "outsideWindow",
  "campaignNotActive",
  "campaignNotStarted",
  "campaignEndsFirst",
  "recallWindow",
  "tenantStopped",
  "tooLate",
  "snoozed",
  "recipientPaused",
  "waitingForEmail",
  "waitingForCondition",
  "waitingForTask",
  "inOtherCampaign",
  "coolOff",
  "senderPaused",
  "providerUnavailable",
  "senderBusy",
  "dailyCapReached",
  "domainCapReached",
  "retrying",
  "outcomeUnknown",
  "missingVariables",
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** What a dry run says of a recipient. held: not until something changes. blocked: never. */
export const preflightVerdicts = ["willSend", "held", "blocked"] as const;
export type PreflightVerdict = (typeof preflightVerdicts)[number];

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

/** The parts of a template's wording. */
export const templateFields = ["subject", "preheader", "bodyHtml", "bodyText"] as const;
export type TemplateField = (typeof templateFields)[number];

/** error: the wording can't be saved. warning: it can, and somebody should have a look. */
export const lintSeverities = ["error", "warning"] as const;
export type LintSeverity = (typeof lintSeverities)[number];

export const lintCodes = [
  "syntaxError",
  "unknownVariable",
  "misspelledVariable",
  "foreignMergeField",
  "unsafeHtml",
  "emptyBody",
  "missingAddress",
  "ownUnsubscribe",
  "brokenLink",
  "longSubject",
  "longPreheader",
  "allCaps",
  "exclamationMarks",
  "imagesOnly",
  "missingAltText",
  "tooLarge",
  "spamWord",
  "fairHousingWord",
] as const;
export type LintCode = (typeof lintCodes)[number];

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
  variantsPerStep: 5,
  variantWeight: 100,
  recipientsPerCampaign: 10_000,
  recipientsPerRequest: 500,
  otherSenders: 20,
  accountsPerTenant: 10,
  /** From domains, or single addresses, that one provider account is known to send for. */
  verifiedDomains: 200,
  pageSize: 100,
  suppressionsPerRequest: 500,
  suppressionsPerImport: 10_000,
  nameLength: 200,
  emailLength: 254,
  subjectLength: 300,
  preheaderLength: 200,
  instructionsLength: 500,
  noteLength: 500,
  coolOffHoursMost: 24 * 90,
  postalAddressLength: 300,
  holidays: 100,
  bodyLength: 100_000,
  /** What shows of a subject and a preheader in an inbox, about. */
  subjectShown: 60,
  preheaderShown: 140,
  /** Gmail shows the first 102 KB of an email's HTML and hides the rest, the way to unsubscribe with it. */
  htmlBytesShown: 102 * 1024,
  lintFindings: 100,
  templateVersions: 50,
  templateVariables: 50,
  testSendsPerHour: 20,
  /** An email's HTML and text together, footer and signed links included. */
  emailBytes: 500_000,
  templateDataBytes: 16_000,
  tags: 20,
  tagLength: 50,
  delayDays: 365,
  delayHours: 23,
  delayBusinessDays: 250,
  withinDays: 365,
  waitDays: 60,
  engagementConditions: 4,
  propertyStatuses: 11,
  jitterMinutes: 720,
  hoursPerSendWindow: 14,
  requestBytes: 1_000_000,
  /** How long a launch can be undone when nothing else is asked for, and at the most. */
  recallSeconds: 10,
  recallSecondsMost: 600,
  snoozeDays: 180,
  maxLatenessHours: 72,
  maxLatenessHoursMost: 24 * 365,
  preflightSize: 500,
  recipientsPerPlan: 50,
  /** The share of a campaign's emails, 0 to 1, above which bounces or complaints pause it. */
  maxBounceRate: 0.05,
  maxComplaintRate: 0.001,
} as const;
