import type { SendWindow } from "../../shared/campaign.ts";
import type { CampaignApproval } from "../../shared/campaign-approval.ts";
import type { StepConditions } from "../../shared/condition.ts";
import type { Consent } from "../../shared/consent.ts";
import type { MaxFactAgeDays } from "../../shared/fact-age.ts";
import type { ListingGuardSettings } from "../../shared/listing-guard.ts";
import type { SourceRuleSettings } from "../../shared/source-rule.ts";
import type { StepTask } from "../../shared/task.ts";
import type {
  CampaignStatus,
  CampaignType,
  EngagementKind,
  MessageFailureReason,
  MessageStatus,
  ProviderName,
  StepKind,
  UnknownPolicy,
} from "../../shared/vocabulary.ts";
import type { HostFacts } from "../domain/host-facts.ts";
import type { StepTiming } from "../domain/schedule/schedule.ts";
import type { AgentPause, Candidate } from "../domain/send/candidate.ts";
import type { EarlierEmail } from "../domain/send/conditions.ts";
import { accountCallableAtSql } from "./account-routes.ts";
import { campaignRunningSinceSql } from "./backlog.ts";
import { isHomeOnDoNotSolicitListSql } from "./do-not-solicit.ts";
import { isEventByPersonSql } from "./engagement.ts";
import { ageLimitedVariablesSql } from "./facts-read.ts";
import { parseListing } from "./listing-row.ts";
import {
  lastNoteAtSql,
  type OtherCampaignsRow,
  otherCampaignColumnsSql,
  toOtherCampaigns,
} from "./other-campaigns.ts";
import { hasUndecidedReplySql } from "./reply-readings.ts";
import type { Database } from "./scope.ts";
import { parseSenderPaceRow, type SenderPaceRow, senderPaceColumnsSql } from "./sender-pace.ts";
import { nextStepSql } from "./step-order.ts";
import { type StoredWording, splitWordings } from "./step-wordings.ts";
import { replyTaskStepNumber } from "./tasks.ts";
import { unattestedWordingsSql } from "./unattested-wordings.ts";

/** The recipient's columns of a `CandidateRow`. Booleans are 0 or 1, and JSON is text. */
type RecipientColumns = Omit<Candidate["recipient"], "allowsLate" | "consent" | "data"> & {
  allowsLate: number;
  consent: string | null;
  data: string;
};

/**
 * The first three elements: the office's rules for each source of recipients, the limits on the age
 * of values, and the next email's variables that have such a limit. The last two elements: the next
 * email's wordings that make a claim without the office's attestation, and the attested claims.
 */
type OfficeRules = [
  SourceRuleSettings,
  MaxFactAgeDays,
  readFacts: string[],
  unattestedWordings: Candidate["unattestedWordings"],
  attestedClaims: Candidate["attestedClaims"],
];

type CandidateRow = SenderPaceRow &
  OtherCampaignsRow &
  RecipientColumns & {
    campaignStatus: CampaignStatus;
    campaignType: CampaignType;
    replyTo: string | null;
    sendWindow: string | null;
    startAt: number | null;
    endAt: number | null;
    jitterMinutes: number;
    skipsHolidays: number;
    holidays: string;
    recallUntil: number | null;
    maxLatenessHours: number;
    runningSince: number | null;
    pausedAt: number | null;
    launchedAt: number | null;
    ignoresCollisions: number;
    /**
     * JSON array: the exit statuses (statuses of the property that end the sequence), the first
     * click if the campaign stops on a click, and whether a reply of the person is undecided.
     */
    stopRules: string;
    approval: string | null;
    unknownPolicy: UnknownPolicy;
    stepKind: StepKind | null;
    task: string | null;
    templateId: number;
    templateVersion: number;
    /** JSON of the step's `StepTiming`. */
    timing: string;
    conditions: string;
    /** JSON array: the wordings of the step, and the index of the best wording, or null. */
    wordings: string;
    stepIsRemoved: number;
    stepsVersion: number;
    /** JSON of the step after the next step. */
    following: string | null;
    senderIsPaused: number;
    domainSlots: number;
    accountFreeAt: number | null;
    isSuppressed: number;
    isHomeListed: number;
    lastNoteAt: number | null;
    lastNoteDays: number;
    isTenantStopped: number;
    propertyStatus: string | null;
    listing: string | null;
    listingRevision: number | null;
    propertyChangedAt: number | null;
    listingGuard: string;
    taskOpenedAt: number | null;
    taskExpiresAt: number;
    taskClosedAt: number | null;
    previousTaskClosedAt: number | null;
    messageStatus: MessageStatus | null;
    /** JSON array: the number of attempts, and the index of the wording of the last attempt. */
    tries: string;
    resends: number;
    attemptedAt: number | null;
    sentAt: number | null;
    failureReason: MessageFailureReason | null;
    accountId: number | null;
    accountProvider: ProviderName | null;
    hasEvidence: number;
    listPrice: number | null;
    listPriceAt: number | null;
    priceChangedAt: number | null;
    /** JSON of the property's `HostFacts`. */
    hostFacts: string;
    /**
     * JSON array: the step whose email was sent last, and the count of emails sent.
     */
    earlierEmails: string | null;
    /** JSON of `OfficeRules`, in one column, because D1 allows 100 columns in a result. */
    officeRules: string;
    engagement: string | null;
  };

/*
 * Every join and subquery of `candidateSql` uses an index, a primary key or a prefix of the key. So
 * the number of rows read per recipient (about 12) does not grow with any table. Engagement with
 * earlier emails is read only if the step has conditions. An earlier email with the status
 * `unknown` was probably sent, and counts as sent.
 */
const firstEventSql = (kind: EngagementKind) => `(SELECT min(e.occurred_at) FROM events e
  WHERE e.recipient_id = b.recipient_id AND e.step_number = b.step_number AND e.kind = '${kind}' AND ${isEventByPersonSql("e")})`;

/**
 * SQL: JSON of the `HostFacts` of the property `p`, with only the contacts who may be the recipient
 * `r`.
 */
const hostFactsSql = `iif(p.facts IS NULL, '{"address":null,"contacts":[]}', json_object('address', json(p.facts->'$.address'),
  'contacts', (SELECT json_group_array(json(x.value)) FROM json_each(p.facts, '$.contacts') x
    WHERE x.value->>'contactKey' = r.contact_key OR x.value->>'email' = r.email)))`;

/**
 * SQL: the instant of the recipient's first click if the campaign stops on a click, or else null.
 */
const firstClickSql = `CASE WHEN c.stops_on_click THEN (SELECT min(e.occurred_at) FROM events e
  WHERE e.recipient_id = r.id AND e.kind = 'clicked' AND ${isEventByPersonSql("e")}) END`;

/** SQL: JSON of the `StepTiming` of the step `s`. */
const stepTimingSql = (
  s: string,
) => `json_object('delayDays', ${s}.delay_days, 'delayHours', ${s}.delay_hours,
  'delayBusinessDays', ${s}.delay_business_days, 'weekdays', json(${s}.weekdays), 'sendTimeHour', ${s}.send_time_hour)`;

/** SQL: the pause of the outreach of the agent who created campaign `c`, or null. */
const agentPauseSql = `(SELECT json_object('agent', a.name, 'pausedBy', b.name) FROM agents a
  LEFT JOIN agents b ON b.tenant_id = a.tenant_id AND b.agent_id = a.paused_by
  WHERE a.tenant_id = c.tenant_id AND a.agent_id = c.created_by AND a.paused_at IS NOT NULL)`;

/**
 * The column `stopRules`: the exit statuses, the stopping click, whether a reply is undecided, and
 * the pause of the agent.
 */
type StopRules = [string[], number | null, number, AgentPause | null];

const followingStepSql = nextStepSql("r.next_step");

const candidateSql = `
SELECT
  r.id, r.tenant_id AS tenantId, r.campaign_id AS campaignId, r.sender_id AS senderId, r.property_id AS propertyId, r.email, r.name, r.contact_key AS contactKey,
  coalesce(r.time_zone, c.time_zone, t.time_zone) AS timeZone, r.status, r.next_step AS nextStep,
  r.due_at AS dueAt, r.scheduled_at AS scheduledAt, r.lease, r.last_sent_at AS lastSentAt, r.send_now AS sendNow, r.data,
  r.snoozed_until AS snoozedUntil, r.allows_late AS allowsLate, r.created_at AS addedAt, r.consent, r.source, r.source_date AS sourceDate,
  json_array(json(t.source_rules), json(t.max_fact_age_days), json(${ageLimitedVariablesSql}),
    json(${unattestedWordingsSql}), (SELECT json_group_array(key) FROM json_each(t.claim_attestations))) AS officeRules,
  c.status AS campaignStatus, c.type AS campaignType, c.reply_to AS replyTo, c.send_window AS sendWindow, c.start_at AS startAt,
  c.end_at AS endAt, c.jitter_minutes AS jitterMinutes, c.skips_holidays AS skipsHolidays, t.holidays,
  iif(c.unknown_policy = 'office', t.unknown_policy, c.unknown_policy) AS unknownPolicy, c.recall_until AS recallUntil, c.max_lateness_hours AS maxLatenessHours,
  ${campaignRunningSinceSql} AS runningSince, c.paused_at AS pausedAt, c.launched_at AS launchedAt, c.ignores_collisions AS ignoresCollisions,
  ${otherCampaignColumnsSql}, ${lastNoteAtSql} AS lastNoteAt, t.last_note_days AS lastNoteDays,
  json_array(json(c.exit_statuses), ${firstClickSql}, ${hasUndecidedReplySql}, json(${agentPauseSql})) AS stopRules, c.approval, t.stopped_at IS NOT NULL AS isTenantStopped,
  p.listing, p.listing_revision AS listingRevision, p.changed_at AS propertyChangedAt, t.listing_guard AS listingGuard,
  p.standard_status AS propertyStatus, p.list_price AS listPrice, p.list_price_at AS listPriceAt, p.price_changed_at AS priceChangedAt,
  ${hostFactsSql} AS hostFacts,
  s.kind AS stepKind, s.task, s.template_id AS templateId, s.template_version AS templateVersion,
  ${stepTimingSql("s")} AS timing, s.conditions,
  json_array(json(s.variants), s.winner->>'variant') AS wordings, s.removed_at IS NOT NULL AS stepIsRemoved, c.steps_version AS stepsVersion,
  (SELECT json_set(${stepTimingSql("f")}, '$.stepNumber', f.step_number, '$.kind', f.kind)
    FROM campaign_steps f WHERE f.campaign_id = r.campaign_id AND f.step_number = ${followingStepSql}) AS following,
  n.is_paused AS senderIsPaused, ${accountCallableAtSql("n")} AS accountFreeAt, ${senderPaceColumnsSql("n")},
  CASE WHEN n.domain_daily_cap IS NULL THEN 0 ELSE coalesce((SELECT d.slots FROM sender_domain_days d
    WHERE d.sender_id = n.id AND d.domain = substr(r.email, instr(r.email, '@') + 1) AND d.day = n.cap_day), 0)
  END AS domainSlots,
  ${isHomeOnDoNotSolicitListSql} AS isHomeListed,
  EXISTS (SELECT 1 FROM suppressions x WHERE x.tenant_id = r.tenant_id AND x.email = r.email) AS isSuppressed,
  k.opened_at AS taskOpenedAt, k.expires_at AS taskExpiresAt, k.closed_at AS taskClosedAt,
  (SELECT max(o.closed_at) FROM tasks o WHERE o.recipient_id = r.id AND o.step_number <> r.next_step
    AND o.step_number > ${replyTaskStepNumber}) AS previousTaskClosedAt,
  m.status AS messageStatus, json_array(m.attempts, m.variant) AS tries, m.resends, m.attempted_at AS attemptedAt, m.sent_at AS sentAt,
  m.failure_reason AS failureReason, m.provider_account_id AS accountId,
  (SELECT a.provider FROM provider_accounts a WHERE a.id = m.provider_account_id) AS accountProvider,
  CASE WHEN m.status IN ('sending', 'unknown') THEN EXISTS (
    SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.step_number = r.next_step AND e.kind NOT IN ('failed', 'unknown')
  ) ELSE 0 END AS hasEvidence,
  (SELECT json_array(e.step_number, e.emails) FROM (
    SELECT b.step_number, count(*) OVER () AS emails FROM messages b
    WHERE b.recipient_id = r.id AND b.step_number <> r.next_step AND b.status IN ('sent', 'unknown')
    ORDER BY coalesce(b.sent_at, b.attempted_at) DESC, b.step_number DESC LIMIT 1) e) AS earlierEmails,
  CASE WHEN s.conditions <> '{}' THEN (
    SELECT json_group_array(json_object('stepNumber', b.step_number, 'sentAt', coalesce(b.sent_at, b.attempted_at),
      'openedAt', ${firstEventSql("opened")}, 'clickedAt', ${firstEventSql("clicked")}))
    FROM messages b WHERE b.recipient_id = r.id AND b.step_number <> r.next_step AND b.status IN ('sent', 'unknown')
  ) END AS engagement
FROM json_each(?1) wanted
JOIN campaign_recipients r ON r.id = wanted.value
JOIN campaigns c ON c.id = r.campaign_id
JOIN tenants t ON t.id = r.tenant_id
JOIN senders n ON n.id = r.sender_id
LEFT JOIN campaign_steps s ON s.campaign_id = r.campaign_id AND s.step_number = r.next_step
LEFT JOIN messages m ON m.recipient_id = r.id AND m.step_number = r.next_step
LEFT JOIN tasks k ON k.recipient_id = r.id AND k.step_number = r.next_step
LEFT JOIN properties p ON p.tenant_id = r.tenant_id AND p.property_id = r.property_id
WHERE ?2 IS NULL OR r.tenant_id = ?2`;

/**
 * Returns the facts that `decideNextStep` needs about the given recipients. Leaves out recipients
 * that do not exist.
 * @param tenantId the tenant of a person's request; null only for the Worker's own runs, which
 * handle the recipients of all tenants
 */
export async function loadCandidates(
  db: Database,
  recipientIds: readonly number[],
  tenantId: number | null,
): Promise<Candidate[]> {
  if (recipientIds.length === 0) return [];
  const { results } = await db.$client
    .prepare(candidateSql)
    .bind(JSON.stringify(recipientIds), tenantId)
    .all<CandidateRow>();
  return results.map(toCandidate);
}

function toCandidate(row: CandidateRow): Candidate {
  const [sourceRules, maxFactAgeDays, readFacts, unattestedWordings, attestedClaims] = JSON.parse(
    row.officeRules,
  ) as OfficeRules;
  const [previousStepNumber, emailsSent] = JSON.parse(row.earlierEmails ?? "[null,0]") as [
    number | null,
    number,
  ];
  const [exitStatuses, stoppingClickAt, hasUndecidedReply, agentPause] = JSON.parse(
    row.stopRules,
  ) as StopRules;
  return {
    recipient: {
      id: row.id,
      tenantId: row.tenantId,
      campaignId: row.campaignId,
      senderId: row.senderId,
      propertyId: row.propertyId,
      email: row.email,
      name: row.name,
      contactKey: row.contactKey,
      timeZone: row.timeZone,
      status: row.status,
      nextStep: row.nextStep,
      dueAt: row.dueAt,
      scheduledAt: row.scheduledAt,
      lease: row.lease,
      lastSentAt: row.lastSentAt,
      sendNow: row.sendNow,
      snoozedUntil: row.snoozedUntil,
      allowsLate: row.allowsLate === 1,
      addedAt: row.addedAt,
      source: row.source,
      sourceDate: row.sourceDate,
      consent: row.consent === null ? null : (JSON.parse(row.consent) as Consent),
      data: JSON.parse(row.data) as Candidate["recipient"]["data"],
    },
    campaign: {
      status: row.campaignStatus,
      type: row.campaignType,
      replyTo: row.replyTo,
      sendWindow: row.sendWindow === null ? null : (JSON.parse(row.sendWindow) as SendWindow | null),
      startAt: row.startAt,
      endAt: row.endAt,
      jitterMinutes: row.jitterMinutes,
      skipsHolidays: row.skipsHolidays === 1,
      holidays: JSON.parse(row.holidays) as string[],
      recallUntil: row.recallUntil,
      maxLatenessHours: row.maxLatenessHours,
      runningSince: row.runningSince,
      pausedAt: row.pausedAt,
      launchedAt: row.launchedAt,
      ignoresCollisions: row.ignoresCollisions === 1,
      exitStatuses,
      approval: row.approval === null ? null : (JSON.parse(row.approval) as CampaignApproval),
      unknownPolicy: row.unknownPolicy,
      stepsVersion: row.stepsVersion,
    },
    step: toStep(row),
    isStepRemoved: row.stepIsRemoved === 1,
    following: row.following === null ? null : (JSON.parse(row.following) as Candidate["following"]),
    sender: {
      isPaused: row.senderIsPaused === 1,
      ...parseSenderPaceRow(row),
      domainSlots: row.domainSlots,
    },
    accountFreeAt: row.accountFreeAt,
    elsewhere: toOtherCampaigns(row),
    lastNote: { sentAt: row.lastNoteAt, days: row.lastNoteDays },
    isSuppressed: row.isSuppressed === 1,
    hasUndecidedReply: hasUndecidedReply === 1,
    isHomeListed: row.isHomeListed === 1,
    isTenantStopped: row.isTenantStopped === 1,
    agentPause,
    listing: {
      stored: parseListing(row.propertyStatus, row.listing, row.propertyChangedAt),
      settings: JSON.parse(row.listingGuard) as ListingGuardSettings,
      revision: row.listingRevision ?? 0,
    },
    message: toMessage(row),
    task:
      row.taskOpenedAt === null
        ? null
        : { openedAt: row.taskOpenedAt, expiresAt: row.taskExpiresAt, closedAt: row.taskClosedAt },
    previousTaskClosedAt: row.previousTaskClosedAt,
    propertyPrice: { listPrice: row.listPrice, namedAt: row.listPriceAt, changedAt: row.priceChangedAt },
    hostFacts: JSON.parse(row.hostFacts) as HostFacts,
    previousStepNumber,
    emailsSent,
    sourceRules,
    maxFactAgeDays,
    readFacts: [...new Set(readFacts)],
    unattestedWordings,
    attestedClaims,
    stoppingClickAt,
    engagement: row.engagement === null ? [] : (JSON.parse(row.engagement) as EarlierEmail[]),
  };
}

function toStep(row: CandidateRow): Candidate["step"] {
  if (row.stepKind === null) return null;
  const timing = JSON.parse(row.timing) as StepTiming;
  const base = { ...timing, conditions: JSON.parse(row.conditions) as StepConditions };
  if (row.task !== null) return { ...base, kind: "task", task: JSON.parse(row.task) as StepTask };
  const [stored, winner] = JSON.parse(row.wordings) as [StoredWording[], number | null];
  return {
    ...base,
    kind: "email",
    templateId: row.templateId,
    templateVersion: row.templateVersion,
    ...splitWordings(stored),
    winner,
  };
}

function toMessage(row: CandidateRow): Candidate["message"] {
  if (row.messageStatus === null) return null;
  const [attempts, variant] = JSON.parse(row.tries) as [number, number | null];
  return {
    status: row.messageStatus,
    attempts,
    variant,
    resends: row.resends,
    attemptedAt: row.attemptedAt,
    sentAt: row.sentAt,
    failureReason: row.failureReason,
    accountId: row.accountId,
    accountProvider: row.accountProvider,
    hasEvidence: row.hasEvidence === 1,
  };
}
