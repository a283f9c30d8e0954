/**
 * The closed lists of words that the Worker and the plugin share. This file imports nothing, so
 * that the plugin can use it without bundling a validator.
 */

/**
 * The statuses of a campaign. `waitingForApproval`: Doorknock plans nothing until a team lead has
 * approved the launch.
 */
export const campaignStatuses = [
  "draft",
  "waitingForApproval",
  "active",
  "paused",
  "completed",
  "stopped",
  "archived",
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export const campaignTypes = [
  "sellerOutreach",
  "buyerNurture",
  "agentNetworking",
  "referralRequest",
  "followUp",
] as const;
export type CampaignType = (typeof campaignTypes)[number];

/** The states of a recipient in the sequence. People see `RecipientOutcome` instead. */
export const recipientStatuses = ["active", "paused", "completed", "stopped", "waitingForEmail"] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];

/**
 * The status of a recipient on the screen. The Worker derives the outcome from the recipient's
 * events and never stores the outcome. `probablySent`: the recipient's email may or may not have
 * been sent.
 */
export const recipientOutcomes = [
  "pending",
  "probablySent",
  "sent",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "bounced",
  "unsubscribed",
  "complained",
] as const;
export type RecipientOutcome = (typeof recipientOutcomes)[number];

/**
 * The outcomes by which an agent filters a list of recipients. `sent` includes recipients whose
 * email was probably sent.
 */
export const filterableOutcomes = [
  "pending",
  "sent",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "bounced",
  "unsubscribed",
  "complained",
] as const satisfies readonly RecipientOutcome[];
export type FilterableOutcome = (typeof filterableOutcomes)[number];

/**
 * The reasons why a recipient in the middle of a sequence waits for a person or a date.
 * `needsDecision`: nothing is planned until a person acts, as with an unknown listing status; the
 * recipient's own page says what the person has to do.
 */
export const recipientHolds = [
  "recipientPaused",
  "missingVariables",
  "faultyEmail",
  "waitingForEmail",
  "waitingForTask",
  "snoozed",
  "needsDecision",
] as const;
/**
 * The faults of an email for which its recipient is paused until an agent mends the email. A value
 * is missing, or the email can't be sent with the person's values.
 */
export const emailHolds = ["missingVariables", "contentRefused"] as const;
export type EmailHold = (typeof emailHolds)[number];

export type RecipientHold = (typeof recipientHolds)[number];

/**
 * The effects of adding a person to a campaign. `ready`: the person can be added.
 * `waitingForEmail`: the person has no address, and can be added to wait for an address. A person
 * with any other verdict can't be added: `faulty` (a value is wrong), `repeated` (the same person
 * comes earlier in the request), `alreadyThere`, `suppressed`, `refused` (a person at the property
 * has refused), `listed` (the home is listed for sale), `doNotSolicit` (a do-not-solicit list), and
 * `needsLead` (the source needs a team lead's approval).
 */
export const recipientVerdicts = [
  "ready",
  "waitingForEmail",
  "faulty",
  "repeated",
  "alreadyThere",
  "suppressed",
  "refused",
  "listed",
  "doNotSolicit",
  "needsLead",
] as const;
export type RecipientVerdict = (typeof recipientVerdicts)[number];

/** The actions that an agent can take on many recipients at once. */
export const bulkActionKinds = [
  "pause",
  "resume",
  "snooze",
  "move",
  "changeSender",
  "fill",
  "stop",
  "remove",
] as const;
export type BulkActionKind = (typeof bulkActionKinds)[number];

/**
 * The effects of an action on one recipient. `changed`: the action applies. `already`: the
 * recipient already has the requested state. The other effects leave the recipient unchanged:
 * `ended` (the sequence is over), `notActive` (a paused recipient can't be snoozed), `noAddress`,
 * `underWay` (an email is leaving, or a task is open), `hadStep` (the step has begun for the
 * recipient, and no step begins twice), `hasValue` (the recipient already has the value to fill
 * in), `lacksValues` (the next email of a paused recipient still lacks a value), `noRoom` (the
 * recipient's data is at its size limit), and `hasHistory` (an email or a task exists, so the
 * recipient can be stopped, not removed).
 */
export const bulkEffects = [
  "changed",
  "already",
  "ended",
  "notActive",
  "noAddress",
  "underWay",
  "hadStep",
  "hasValue",
  "lacksValues",
  "noRoom",
  "hasHistory",
] as const;
export type BulkEffect = (typeof bulkEffects)[number];

/**
 * The ways to fill in a missing value. `many`: for many people in one request. `one`: for one
 * person in each request, because the value may be the person's own. `office`: only where the
 * office or the host keeps the value.
 */
export const fillScopes = ["many", "one", "office"] as const;
export type FillScope = (typeof fillScopes)[number];

/**
 * The orders of a list of recipients: by the time of adding, the name, the next step's time, and
 * the time of the last email or answer. A minus sign reverses an order.
 */
export const recipientSorts = [
  "added",
  "-added",
  "name",
  "-name",
  "next",
  "-next",
  "activity",
  "-activity",
] as const;
export type RecipientSort = (typeof recipientSorts)[number];

/** The reasons why Doorknock or an agent stopped a recipient for good. */
export const stopReasons = [
  "replied",
  "linkClicked",
  "bounced",
  "complained",
  "unsubscribed",
  "suppressed",
  "manual",
  "propertyStopped",
  "propertyStatusChanged",
  "listedElsewhere",
  "recentlySold",
  "officeBlocksStatus",
  "doNotSolicit",
  "campaignStopped",
  "campaignEnded",
  "conditionNotMet",
  "sendFailed",
] as const;
export type StopReason = (typeof stopReasons)[number];

/**
 * The policies for a recipient if another active campaign writes to the same person or property.
 * `hold`: the email waits, unless the launch overrides the hold. `holdAlways`: no launch may
 * override the hold.
 */
export const collisionPolicies = ["hold", "holdAlways", "off"] as const;
export type CollisionPolicy = (typeof collisionPolicies)[number];

/** The kinds of step: an email that is sent automatically, or a task for the agent. */
export const stepKinds = ["email", "task"] as const;
export type StepKind = (typeof stepKinds)[number];

/** The kinds of task in a step of a sequence. */
export const stepTaskKinds = ["call", "visit", "card", "other"] as const;
/**
 * All kinds of task. `agencyForm`: a person has answered about a home in Texas or Maine, and the
 * agent has to send the state's form on agency. A reply opens this task; no step can open it.
 */
export const taskKinds = [...stepTaskKinds, "agencyForm"] as const;
export type TaskKind = (typeof taskKinds)[number];

/**
 * The ways in which a task ended. `expired`: the agent did not mark the task done in time, and the
 * sequence continued.
 */
export const taskOutcomes = ["done", "skipped", "expired", "stopped"] as const;
export type TaskOutcome = (typeof taskOutcomes)[number];

/**
 * The results of a task that an agent did. `notNow`: the person may sell later, so the next email
 * waits.
 */
export const taskResults = ["reached", "voicemail", "wrongNumber", "notNow"] as const;
export type TaskResult = (typeof taskResults)[number];

/** The reasons why Doorknock pauses a provider account. */
export const accountPauseReasons = ["blocked", "suspended"] as const;
export type AccountPauseReason = (typeof accountPauseReasons)[number];

/**
 * The states of a provider account's circuit breaker. `open`: no calls for now. `halfOpen`: the
 * next call is a trial.
 */
export const circuitStates = ["closed", "open", "halfOpen"] as const;
export type CircuitState = (typeof circuitStates)[number];

/** The reasons why Doorknock pauses a campaign. */
export const campaignPauseReasons = ["bounceRate", "complaintRate"] as const;
export type CampaignPauseReason = (typeof campaignPauseReasons)[number];

/**
 * The sources of a recipient's time zone. `given`: the host gave the zone. `mailingAddress`: the
 * zone was found from the mailing address. `property`: there was no mailing address, so the zone
 * was found from the property's address.
 */
export const timeZoneSources = ["given", "mailingAddress", "property"] as const;
export type TimeZoneSource = (typeof timeZoneSources)[number];

/**
 * The ways in which the office learned of a person. `host`: the CRM had the contact. `agent`: an
 * agent typed the contact into the tab. `list`: a list that the office bought or imported.
 * `pastListing`: the person's own listing, which has ended. `probate` and `preForeclosure`: filings
 * at a court or county.
 */
export const recipientSources = [
  "host",
  "agent",
  "list",
  "countyRecords",
  "pastListing",
  "referral",
  "openHouse",
  "website",
  "pastClient",
  "probate",
  "preForeclosure",
  "other",
] as const;
export type RecipientSource = (typeof recipientSources)[number];

/** The states of the approval that a campaign's launch needs. */
export const approvalVerdicts = ["waiting", "approved", "declined"] as const;
export type ApprovalVerdict = (typeof approvalVerdicts)[number];

/** The states of a request to approve a letter. `returned`: a team lead wants changes. */
export const templateVerdicts = ["waiting", "approved", "returned"] as const;
export type TemplateVerdict = (typeof templateVerdicts)[number];

/** The values of RESO StandardStatus, without the spaces of their display names. */
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

/**
 * Statuses that mean the home has a buyer. Unless a campaign lists other statuses, these statuses
 * stop the recipients of the property.
 */
export const defaultExitStatuses: readonly PropertyStatus[] = ["Pending", "ActiveUnderContract", "Closed"];

/**
 * The sources of a property's status: the host's backend, the tab on the host's page, the request
 * of a launch, or an agent's own statement.
 */
export const listingStatusSources = ["host", "tab", "launch", "agent"] as const;
export type ListingStatusSource = (typeof listingStatusSources)[number];

/**
 * What a rule does if a property gets the rule's status. `propose`: an agent decides. `launch`: the
 * Worker launches the rule's sequence, unless a check forbids it.
 */
export const startModes = ["propose", "launch"] as const;
export type StartMode = (typeof startModes)[number];

/**
 * The states of a proposed campaign. `waiting`: an agent has to decide. `dismissed`: an agent does
 * not want it.
 */
export const startProposalStates = ["waiting", "launched", "dismissed"] as const;
export type StartProposalState = (typeof startProposalStates)[number];

/** The statements that an agent can make about the listing of a home. */
export const listingAnswers = ["notListed", "released", "listed"] as const;
export type ListingAnswer = (typeof listingAnswers)[number];

/**
 * The reasons why the listing guard (the check for homes listed for sale) ends a sequence to a
 * property's owner, or prevents the start of a sequence.
 */
export const listingGuardStops = ["listedElsewhere", "recentlySold", "officeBlocksStatus"] as const;
export type ListingGuardStop = (typeof listingGuardStops)[number];

/**
 * The reasons why the listing guard holds an email until a date, or until a person has checked the
 * listing.
 */
export const listingGuardHolds = ["listingWithdrawn", "statusUnconfirmed", "statusStale"] as const;
export type ListingGuardHold = (typeof listingGuardHolds)[number];

export const listingGuardCodes = [...listingGuardStops, ...listingGuardHolds] as const;
export type ListingGuardCode = (typeof listingGuardCodes)[number];

/** The reasons why a step was skipped. The sequence continues with the next step. */
export const skipReasons = [
  "notOpened",
  "opened",
  "notClicked",
  "clicked",
  "tooSoonSinceLast",
  "propertyStatus",
  "priceNotChanged",
  "priceChanged",
  "sourceLimit",
  "stepAddedLater",
  "movedPast",
  "stepRemoved",
] as const;
export type SkipReason = (typeof skipReasons)[number];
/**
 * The skip reasons that are decided when a step is due. The other two reasons are decided earlier:
 * when a step is added too late for a recipient, and when an agent moves a recipient past steps.
 */
export type DecidedSkipReason = Exclude<SkipReason, "stepAddedLater" | "movedPast">;

/**
 * A recipient's reactions to an email. The conditions of a later step can ask about these
 * reactions.
 */
export const engagementKinds = ["opened", "clicked"] as const;
export type EngagementKind = (typeof engagementKinds)[number];

/** The effects on one step when an agent changes a campaign's steps. */
export const stepChangeKinds = ["kept", "added", "changed", "moved", "removed"] as const;
export type StepChangeKind = (typeof stepChangeKinds)[number];

/**
 * The consequences for a step if its conditions do not hold. `email`: the recipient gets the step's
 * else email instead of the main email.
 */
export const failedConditionActions = ["skip", "stop", "wait", "email"] as const;
export type FailedConditionAction = (typeof failedConditionActions)[number];

/**
 * The two emails of a step. `first`: the main email. `else`: the email for recipients for whom the
 * step's conditions do not hold.
 */
export const stepEmailKinds = ["first", "else"] as const;
export type StepEmailKind = (typeof stepEmailKinds)[number];

/** The reasons why a recipient in the sequence gets no email right now. */
export const holdReasons = [
  "notDue",
  "sendingSoon",
  "outsideWindow",
  "campaignNotActive",
  "campaignNotStarted",
  "campaignEndsFirst",
  "recallWindow",
  "tenantStopped",
  "agentPaused",
  "tooLate",
  "snoozed",
  "recipientPaused",
  "waitingForEmail",
  "needsConsent",
  "needsRepresentative",
  "waitingForCondition",
  "checkingClick",
  "undecidedReply",
  "waitingForTask",
  "sourceWait",
  "listingWithdrawn",
  "statusUnconfirmed",
  "statusStale",
  "inOtherCampaign",
  "coolOff",
  "lastNote",
  "senderPaused",
  "providerUnavailable",
  "senderBusy",
  "dailyCapReached",
  "domainCapReached",
  "retrying",
  "outcomeUnknown",
  "missingVariables",
  "faultyEmail",
  "factTooOld",
  "unattestedClaim",
] as const;
export type HoldReason = (typeof holdReasons)[number];

/**
 * The faults for which an email is held with the reason `faultyEmail`. The email got the fault when
 * the recipient's values were filled in.
 */
export const emailFaults = [
  "subjectTooLong",
  "subjectEmpty",
  "subjectIsAnswer",
  "bodyEmpty",
  "tooLarge",
] as const;
export type EmailFault = (typeof emailFaults)[number];

/**
 * The verdicts of a dry run on a recipient. `held`: the recipient gets no email until something
 * changes. `blocked`: the recipient never gets an email.
 */
export const preflightVerdicts = ["willSend", "held", "blocked"] as const;
export type PreflightVerdict = (typeof preflightVerdicts)[number];

/**
 * The statuses of a message. `sending`: the Worker is calling the provider. If the Worker never
 * records a result of the call, the message becomes `unknown`, and is not sent again without a
 * check. A message stays `unknown` if the provider can't say whether the message was sent; the
 * message then counts as probably sent.
 */
export const messageStatuses = ["sending", "sent", "retrying", "failed", "skipped", "unknown"] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/**
 * The states of one email of a recipient. `probablySent`: the email may or may not have been sent.
 * `dropped`: the recipient has finished the campaign, so the email is not sent.
 */
export const letterStates = [
  "coming",
  "sending",
  "sent",
  "probablySent",
  "failed",
  "skipped",
  "dropped",
] as const;
export type LetterState = (typeof letterStates)[number];

/**
 * The kinds of copy in which a letter is shown. `asOfNow`: the letter as it would be sent now.
 * `asItLeft`: the copy has the hash that was stored when the email was sent. `rebuilt`: the Worker
 * built the copy again, but the hash differs. `none`: no letter is shown.
 */
export const letterCopies = ["asOfNow", "asItLeft", "rebuilt", "none"] as const;
export type LetterCopy = (typeof letterCopies)[number];

/**
 * The policies for a message that may or may not have been sent. `assumeSent`: the sequence
 * continues, and the message stays `unknown`, which is shown as "Probably sent". `resend`:
 * Doorknock sends the message once more under the same Message-ID, so some recipients get the
 * message twice.
 */
export const unknownPolicies = ["assumeSent", "resend"] as const;
export type UnknownPolicy = (typeof unknownPolicies)[number];

/**
 * A campaign's policy for messages that may or may not have been sent. `office`: the tenant's
 * policy applies, also after a change of that policy.
 */
export const campaignUnknownPolicies = ["office", ...unknownPolicies] as const;
export type CampaignUnknownPolicy = (typeof campaignUnknownPolicies)[number];

/** The reasons why a message was not sent, or was delayed. */
export const messageFailureReasons = [
  "missingVariables",
  "invalidEmail",
  "addressRefused",
  "contentRefused",
  "accountsRefused",
  "deferred",
  "tooManyAttempts",
] as const;
export type MessageFailureReason = (typeof messageFailureReasons)[number];

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

/**
 * The kinds of event as which a person's answer can count. `unsubscribed`: the writer wants no more
 * emails.
 */
export const answerKinds = ["replied", "autoReplied", "unsubscribed"] as const satisfies readonly EventKind[];
export type AnswerKind = (typeof answerKinds)[number];

/**
 * An agent's readings of an answer: a person's reply, or the automatic answer of an absent person.
 */
export const replyReadings = ["reply", "absence"] as const;
export type ReplyReading = (typeof replyReadings)[number];

/**
 * The classes of a bounce. `hard`: the address does not work. `soft`: a later try may work.
 * `block`: the receiving server refuses the sending side.
 */
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

/**
 * The ways in which a person at a property refuses emails or a sale. Each way outweighs the ways
 * listed before it. `undecided`: a reply may be a refusal, and an agent has to decide.
 * `notSelling`: the household does not want to sell, or to be asked. `wrongPerson` forbids emails
 * only to this address at the property; every other way forbids emails to everybody at the
 * property.
 */
export const refusalKinds = [
  "undecided",
  "wrongPerson",
  "notSelling",
  "refused",
  "unsubscribed",
  "complained",
] as const;
export type RefusalKind = (typeof refusalKinds)[number];

/**
 * The actions of an agent after a refusal. `decide`: say what the reply means. `addNote`: write
 * despite the refusal, with a note that gives the reason. `askTeamLead`: ask a team lead to decide
 * or to add a note.
 */
export const refusalRemedies = ["decide", "addNote", "askTeamLead"] as const;
export type RefusalRemedy = (typeof refusalRemedies)[number];

/** The details that a state's rule may require. */
export const stateRequiredDetails = [
  "licenseType",
  "licenseNumber",
  "californiaLicenseNumber",
  "brokerageLicense",
  "officePhone",
  "officeCity",
  "officeState",
  "officeWebsite",
  "iabsLink",
  "relationshipFormLink",
] as const;
export type StateRequiredDetail = (typeof stateRequiredDetails)[number];

/**
 * The states of an answer. `probablySent`: the service has not said whether it accepted the email.
 */
export const answerStatuses = ["sending", "sent", "failed", "probablySent"] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

/**
 * The outcomes that settle a reply, so that the agent has nothing more to do for the reply.
 * `appointment`: the agent will meet the person. `listing`: the person signed with the office.
 * `notNow`: the reply is listed again on a day, or the sequence continues on that day.
 * `alreadyListed`: the home is for sale through another brokerage.
 */
export const settlingOutcomes = [
  "interested",
  "appointment",
  "listing",
  "notNow",
  "wrongPerson",
  "alreadyListed",
  "noMore",
  "notSelling",
] as const;
export type SettlingOutcome = (typeof settlingOutcomes)[number];

/**
 * The outcomes that an agent can record for a person's answer. `notRefused`: a reply that may have
 * been a refusal was not a refusal; the reply still has to be handled.
 */
export const replyOutcomes = [...settlingOutcomes, "notRefused"] as const;
export type ReplyOutcome = (typeof replyOutcomes)[number];

/**
 * The actions on the day of a `notNow`. `remind`: the reply is listed again. `continue`: the
 * recipient's sequence continues.
 */
export const notNowPlans = ["remind", "continue"] as const;
export type NotNowPlan = (typeof notNowPlans)[number];

export const providerNames = ["sendgrid", "mailgun", "smtp", "outbox"] as const;
export type ProviderName = (typeof providerNames)[number];

/** The roles of a session. Each role may do everything that the roles before it may do. */
export const roles = ["viewer", "agent", "teamLead", "admin"] as const;
export type Role = (typeof roles)[number];

export const errorCodes = [
  "invalidRequest",
  "unauthenticated",
  "tokenExpired",
  "forbidden",
  "notFound",
  "conflict",
  "preconditionFailed",
  "payloadTooLarge",
  "unsupportedMediaType",
  "methodNotAllowed",
  "badSignature",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * The people who may use a sequence: only the agent who owns the sequence, or every agent of the
 * office.
 */
export const sequenceScopes = ["mine", "office"] as const;
export type SequenceScope = (typeof sequenceScopes)[number];

/** The parts of a template's wording. */
export const templateFields = ["subject", "preheader", "bodyHtml", "bodyText"] as const;
export type TemplateField = (typeof templateFields)[number];

/**
 * The severities of a finding. `error`: the wording can't be saved. `warning`: the wording can be
 * saved, but a person should look at it.
 */
export const lintSeverities = ["error", "warning"] as const;
export type LintSeverity = (typeof lintSeverities)[number];

/**
 * The claims that a wording may make only after the office has attested (confirmed) the claim: a
 * waiting buyer, a rank such as "#1", and a free offer.
 */
export const letterClaims = ["haveBuyer", "numberOne", "somethingFree"] as const;
export type LetterClaim = (typeof letterClaims)[number];

/** The parts that a sender's office can have played in the sale that a letter mentions. */
export const saleRoles = ["listingSide", "buyersSide", "neither"] as const;
export type SaleRole = (typeof saleRoles)[number];

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
  "falseReply",
  "agentTooLarge",
  "unattestedClaim",
  "longSubject",
  "longPreheader",
  "allCaps",
  "exclamationMarks",
  "imagesOnly",
  "missingAltText",
  "tooLarge",
  "spamWord",
  "fairHousingWord",
  "foreclosureRescue",
  "blockbusting",
  "bereavement",
] as const;
export type LintCode = (typeof lintCodes)[number];

/**
 * The figures of each campaign and step. `opened` and `clicked` count people; machine activity is
 * counted separately.
 */
export const emailStatNames = [
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
export type EmailStatName = (typeof emailStatNames)[number];

/**
 * The types of event that the Worker posts to the host's webhooks. `shared/host-event.ts` has the
 * fields of each type.
 */
export const hostEventTypes = [
  "recipient.sent",
  "recipient.delivered",
  "recipient.opened",
  "recipient.clicked",
  "recipient.replied",
  "recipient.bounced",
  "recipient.complained",
  "recipient.unsubscribed",
  "recipient.outcome",
  "recipient.completed",
  "recipient.stopped",
  "contact.updated",
  "task.opened",
  "task.closed",
  "campaign.launched",
  "campaign.paused",
  "campaign.resumed",
  "campaign.completed",
  "campaign.stopped",
  "webhook.test",
] as const;
export type HostEventType = (typeof hostEventTypes)[number];

/**
 * The reasons why a webhook of the host gets no events. `admin`: an admin switched the webhook off.
 * `failing`: every call failed for three days. `gone`: the receiver answered 410 Gone.
 */
export const hostWebhookDisabledReasons = ["admin", "failing", "gone"] as const;
export type HostWebhookDisabledReason = (typeof hostWebhookDisabledReasons)[number];

/** The states of an event at one webhook. `failed`: the Worker has given the event up. */
export const hostDeliveryStates = ["waiting", "delivered", "retrying", "failed"] as const;
export type HostDeliveryState = (typeof hostDeliveryStates)[number];
