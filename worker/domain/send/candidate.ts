import type { CampaignApproval } from "../../../shared/campaign-approval.ts";
import type { StepConditions } from "../../../shared/condition.ts";
import type { Consent } from "../../../shared/consent.ts";
import type { MaxFactAgeDays } from "../../../shared/fact-age.ts";
import type { ListingGuardSettings } from "../../../shared/listing-guard.ts";
import type { SourceRuleSettings } from "../../../shared/source-rule.ts";
import type { StepTask } from "../../../shared/task.ts";
import type {
  CampaignStatus,
  CampaignType,
  DecidedSkipReason,
  HoldReason,
  LetterClaim,
  MessageFailureReason,
  MessageStatus,
  ProviderName,
  RecipientSource,
  RecipientStatus,
  StopReason,
  UnknownPolicy,
} from "../../../shared/vocabulary.ts";
import type { LastNotePromise } from "../compliance/last-note.ts";
import type { Listing } from "../compliance/listing.ts";
import type { HostFacts } from "../host-facts.ts";
import type { RecipientTemplateData } from "../recipient-data.ts";
import type { Schedule, StepTiming } from "../schedule/schedule.ts";
import type { OtherCampaigns } from "./collision.ts";
import type { EarlierEmail } from "./conditions.ts";
import type { SenderPace } from "./pacing.ts";
import type { StepWordings } from "./variant.ts";

type EmailOfSequence = StepTiming & StepWordings & { kind: "email"; conditions: StepConditions };
type TaskOfSequence = StepTiming & { kind: "task"; conditions: StepConditions; task: StepTask };

/**
 * 0: the next step goes as planned. 1: an agent has overridden the delay and the conditions of the
 * next step. 2: the agent has also overridden the sending hours.
 */
export type SendNowLevel = 0 | 1 | 2;

/**
 * All facts needed to decide whether one recipient's next step may go. `db/candidates.ts` reads
 * these facts in one query.
 */
/** The names of a paused agent and of the agent who paused the outreach; null if unknown. */
export type AgentPause = { agent: string | null; pausedBy: string | null };

export type Candidate = {
  recipient: {
    id: number;
    tenantId: number;
    campaignId: number;
    senderId: number;
    propertyId: string | null;
    email: string | null;
    name: string;
    contactKey: string | null;
    timeZone: string;
    status: RecipientStatus;
    nextStep: number;
    dueAt: number | null;
    scheduledAt: number | null;
    lease: number | null;
    lastSentAt: number | null;
    sendNow: SendNowLevel;
    snoozedUntil: number | null;
    /** True if a person has confirmed that the email may go, however late. */
    allowsLate: boolean;
    addedAt: number;
    source: RecipientSource;
    /**
     * The date of the event that the source records, as YYYY-MM-DD; null if the request named no
     * date.
     */
    sourceDate: string | null;
    consent: Consent | null;
    data: RecipientTemplateData;
  };
  campaign: Schedule & {
    status: CampaignStatus;
    type: CampaignType;
    replyTo: string | null;
    /** The launch can be undone until this instant. */
    recallUntil: number | null;
    maxLatenessHours: number;
    /**
     * The instant since which the campaign, its tenant, its sender and the ticks (the Worker's runs
     * every minute) have run without a break; null if there was never a break. An email planned
     * before this instant is late by the difference. A later delay by the sender's pace does not
     * count.
     */
    runningSince: number | null;
    /** When the latest pause began; the pause may have ended. */
    pausedAt: number | null;
    launchedAt: number | null;
    /** True if the launch allowed emails to recipients who are also in another campaign. */
    ignoresCollisions: boolean;
    /** Property statuses that end the sequence. */
    exitStatuses: readonly string[];
    /** The approval of the launch; null if the launch needed no approval. */
    approval: CampaignApproval | null;
    /** The campaign's own policy for unknown outcomes, or else the tenant's policy. */
    unknownPolicy: UnknownPolicy;
    /** The version of the campaign's steps on which the decision rests. */
    stepsVersion: number;
  };
  /** The next step; null when the sequence is completed. */
  step: EmailOfSequence | TaskOfSequence | null;
  /**
   * True if the next step was taken out of the sequence after the step had begun for the recipient.
   */
  isStepRemoved: boolean;
  /** The step after the next step; null if the next step is the last for the recipient. */
  following: (StepTiming & { stepNumber: number }) | null;
  /**
   * `domainSlots`: how many emails went to the recipient's domain on `capDay`, if the sender has a
   * domain cap.
   */
  sender: SenderPace & { isPaused: boolean; domainSlots: number };
  /**
   * The instant from which one of the sender's provider accounts may be called. 0: now. Null: there
   * is no account, or every account is paused.
   */
  accountFreeAt: number | null;
  elsewhere: OtherCampaigns;
  /** The last email of any campaign that told this person that no more emails will come. */
  lastNote: LastNotePromise;
  isSuppressed: boolean;
  /** True if an agent has yet to decide whether a reply of the person asks for no more emails. */
  hasUndecidedReply: boolean;
  /** True if the home is on a do-not-solicit list of the office. */
  isHomeListed: boolean;
  /** True if the tenant has stopped all sending. */
  isTenantStopped: boolean;
  /** Whose outreach is paused, and by whom; null if the campaign's agent is not paused. */
  agentPause: AgentPause | null;
  /**
   * The stored listing of the property, and the office's settings of the listing guard. `revision`
   * goes up with every change of the stored listing.
   */
  listing: { stored: Listing; settings: ListingGuardSettings; revision: number };
  /** The message of the next step; null if no message exists yet. */
  message: {
    status: MessageStatus;
    attempts: number;
    /** The index of the wording that was tried last, as in the table `messages`. */
    variant: number | null;
    attemptedAt: number | null;
    sentAt: number | null;
    failureReason: MessageFailureReason | null;
    /** The number of times that the email was tried again after an unknown outcome. */
    resends: number;
    /** The account that was called last, or is being called; null if no account was called. */
    accountId: number | null;
    accountProvider: ProviderName | null;
    /** True if an event has shown that the provider accepted the message. */
    hasEvidence: boolean;
  } | null;
  /**
   * The next step's task; null if the task has not been opened. `closedAt`: when the task was
   * closed; null while the task is open. A closed task stays the next step's task until the
   * recipient moves to another step.
   */
  task: { openedAt: number; expiresAt: number; closedAt: number | null } | null;
  /** When the latest task before the next step was closed; null if there was no such task. */
  previousTaskClosedAt: number | null;
  /**
   * The newest price that the host has named, the time when the host named it, and the time of the
   * price's last change.
   */
  propertyPrice: { listPrice: number | null; namedAt: number | null; changedAt: number | null };
  /**
   * The property's address, and the contacts who may be the recipient, as the host last reported
   * them.
   */
  hostFacts: HostFacts;
  /** The number of the step whose email was sent last to the recipient in this campaign. */
  previousStepNumber: number | null;
  /** The number of emails of this campaign that went, or probably went, to the recipient. */
  emailsSent: number;
  /** The office's rules for each source of recipients, such as county records. */
  sourceRules: SourceRuleSettings;
  /** How old each value in an email may be, as the office has set. */
  maxFactAgeDays: MaxFactAgeDays;
  /**
   * The paths of the variables with a limited age that the next email reads; empty if the office
   * limits no age.
   */
  readFacts: readonly string[];
  /**
   * The wordings of the next email that make a claim that the office has not attested: templates by
   * their ids, and the personal wording as 0.
   */
  unattestedWordings: readonly number[];
  /** The claims that the office has attested. */
  attestedClaims: readonly LetterClaim[];
  /**
   * The first click of the person in this campaign; null if the person has not clicked, or if the
   * campaign does not stop on a click.
   */
  stoppingClickAt: number | null;
  /** The earlier emails to the recipient; empty if the step has no conditions. */
  engagement: readonly EarlierEmail[];
};

export type NextStepDecision =
  | { kind: "send" }
  | { kind: "hold"; reason: HoldReason; until: number | null }
  | { kind: "skip"; reason: DecidedSkipReason }
  | { kind: "stop"; reason: StopReason }
  /**
   * The step's message has gone, or has probably gone, so the recipient moves to the next step.
   * `resolved`: the outcome was unknown until now, and evidence shows that the message was sent. A
   * message without evidence stays `unknown`.
   */
  | { kind: "advance"; sentAt: number; resolved: boolean }
  /**
   * The step's task is opened for the agent. The sequence continues at `expiresAt` at the latest.
   */
  | { kind: "openTask"; expiresAt: number }
  /** The task is done, expired or skipped. The next step's delay counts from `closedAt`. */
  | { kind: "closeTask"; closedAt: number }
  /**
   * A provider call never ended, so the message becomes `unknown`. The wait for evidence that the
   * message was sent ends at `until`.
   */
  | { kind: "markUnknown"; until: number }
  /**
   * The email is tried again. Either the service definitely does not have the email, or no service
   * can tell and the policy prefers a second attempt to a missing email.
   */
  | { kind: "resend" }
  /** The service still lacks the email after the last allowed try, so the message has failed. */
  | { kind: "giveUp" }
  | { kind: "complete" }
  /** The recipient is already completed or stopped, so nothing is to be done. */
  | { kind: "ended" };
