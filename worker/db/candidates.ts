import type { SendWindow, StepConditions } from "../../shared/campaign.ts";
import type {
  CampaignStatus,
  FailureReason,
  MessageStatus,
  RecipientStatus,
} from "../../shared/vocabulary.ts";
import type { Candidate } from "../domain/eligibility.ts";
import type { StepTiming } from "../domain/schedule.ts";
import type { Database } from "./scope.ts";

type CandidateRow = {
  id: number;
  tenantId: number;
  campaignId: number;
  senderId: number;
  email: string | null;
  name: string;
  timeZone: string;
  status: RecipientStatus;
  nextStep: number;
  dueAt: number | null;
  scheduledAt: number | null;
  lease: number | null;
  lastSentAt: number | null;
  sendNow: number;
  data: string;
  campaignStatus: CampaignStatus;
  replyTo: string | null;
  sendWindow: string | null;
  startAt: number | null;
  unknownPolicy: "assumeSent" | "resend";
  templateId: number | null;
  templateVersion: number;
  delayDays: number;
  delayHours: number;
  sendTimeHour: number | null;
  conditions: string;
  followingStep: number | null;
  followingDelayDays: number;
  followingDelayHours: number;
  followingSendTimeHour: number | null;
  senderIsPaused: number;
  intervalMs: number;
  dailyCap: number | null;
  senderTimeZone: string;
  nextSlotAt: number;
  capDay: string;
  slotsToday: number;
  isSuppressed: number;
  messageStatus: MessageStatus | null;
  attempts: number;
  attemptedAt: number | null;
  sentAt: number | null;
  failureReason: FailureReason | null;
  hasEvidence: number;
  previousStep: number | null;
  previousOpened: number;
  previousClicked: number;
};

/*
 * Every join and probe below is on a whole primary key or its prefix, so the rows read per recipient (about 12) do not
 * grow with any table. The previous email is found first, since two probes hang on it.
 */
const candidateSql = `
WITH chosen AS (
  SELECT r.*, (
    SELECT max(p.step_number) FROM messages p
    WHERE p.recipient_id = r.id AND p.step_number < r.next_step AND p.status = 'sent'
  ) AS previous_step
  FROM json_each(?1) wanted JOIN campaign_recipients r ON r.id = wanted.value
)
SELECT
  r.id, r.tenant_id AS tenantId, r.campaign_id AS campaignId, r.sender_id AS senderId, r.email, r.name,
  coalesce(r.time_zone, c.time_zone, t.time_zone) AS timeZone, r.status, r.next_step AS nextStep,
  r.due_at AS dueAt, r.scheduled_at AS scheduledAt, r.lease, r.last_sent_at AS lastSentAt, r.send_now AS sendNow, r.data,
  c.status AS campaignStatus, c.reply_to AS replyTo, c.send_window AS sendWindow, c.start_at AS startAt,
  c.unknown_policy AS unknownPolicy,
  s.template_id AS templateId, s.template_version AS templateVersion, s.delay_days AS delayDays,
  s.delay_hours AS delayHours, s.send_time_hour AS sendTimeHour, s.conditions,
  f.step_number AS followingStep, f.delay_days AS followingDelayDays, f.delay_hours AS followingDelayHours,
  f.send_time_hour AS followingSendTimeHour,
  n.is_paused AS senderIsPaused, n.interval_ms AS intervalMs, n.daily_cap AS dailyCap, n.time_zone AS senderTimeZone,
  n.next_slot_at AS nextSlotAt, n.cap_day AS capDay, n.slots_today AS slotsToday,
  EXISTS (SELECT 1 FROM suppressions x WHERE x.tenant_id = r.tenant_id AND x.email = r.email) AS isSuppressed,
  m.status AS messageStatus, m.attempts, m.attempted_at AS attemptedAt, m.sent_at AS sentAt,
  m.failure_reason AS failureReason,
  CASE WHEN m.status IN ('sending', 'unknown') THEN EXISTS (
    SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.step_number = r.next_step AND e.kind NOT IN ('failed', 'unknown')
  ) ELSE 0 END AS hasEvidence,
  r.previous_step AS previousStep,
  EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.step_number = r.previous_step
    AND e.kind = 'opened' AND e.is_machine = 0) AS previousOpened,
  EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.step_number = r.previous_step
    AND e.kind = 'clicked' AND e.is_machine = 0) AS previousClicked
FROM chosen r
JOIN campaigns c ON c.id = r.campaign_id
JOIN tenants t ON t.id = r.tenant_id
JOIN senders n ON n.id = r.sender_id
LEFT JOIN campaign_steps s ON s.campaign_id = r.campaign_id AND s.step_number = r.next_step
LEFT JOIN campaign_steps f ON f.campaign_id = r.campaign_id AND f.step_number = r.next_step + 1
LEFT JOIN messages m ON m.recipient_id = r.id AND m.step_number = r.next_step
WHERE ?2 IS NULL OR r.tenant_id = ?2`;

/**
 * What `decide` needs, for these recipients; ids that are not there are left out.
 * @param tenantId given wherever a person asks; null only for the engine, whose claims span tenants by design
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
  return {
    recipient: {
      id: row.id,
      tenantId: row.tenantId,
      campaignId: row.campaignId,
      senderId: row.senderId,
      email: row.email,
      name: row.name,
      timeZone: row.timeZone,
      status: row.status,
      nextStep: row.nextStep,
      dueAt: row.dueAt,
      scheduledAt: row.scheduledAt,
      lease: row.lease,
      lastSentAt: row.lastSentAt,
      sendNow: row.sendNow === 1,
      data: JSON.parse(row.data) as Candidate["recipient"]["data"],
    },
    campaign: {
      status: row.campaignStatus,
      replyTo: row.replyTo,
      sendWindow: row.sendWindow === null ? null : (JSON.parse(row.sendWindow) as SendWindow | null),
      startAt: row.startAt,
      unknownPolicy: row.unknownPolicy,
    },
    step: stepOf(row),
    following: followingOf(row),
    sender: {
      isPaused: row.senderIsPaused === 1,
      intervalMs: row.intervalMs,
      dailyCap: row.dailyCap,
      timeZone: row.senderTimeZone,
      nextSlotAt: row.nextSlotAt,
      capDay: row.capDay,
      slotsToday: row.slotsToday,
    },
    isSuppressed: row.isSuppressed === 1,
    message: messageOf(row),
    previous:
      row.previousStep === null
        ? null
        : {
            stepNumber: row.previousStep,
            opened: row.previousOpened === 1,
            clicked: row.previousClicked === 1,
          },
  };
}

function stepOf(row: CandidateRow): Candidate["step"] {
  if (row.templateId === null) return null;
  return {
    templateId: row.templateId,
    templateVersion: row.templateVersion,
    delayDays: row.delayDays,
    delayHours: row.delayHours,
    sendTimeHour: row.sendTimeHour,
    conditions: JSON.parse(row.conditions) as StepConditions,
  };
}

function followingOf(row: CandidateRow): StepTiming | null {
  if (row.followingStep === null) return null;
  return {
    delayDays: row.followingDelayDays,
    delayHours: row.followingDelayHours,
    sendTimeHour: row.followingSendTimeHour,
  };
}

function messageOf(row: CandidateRow): Candidate["message"] {
  if (row.messageStatus === null) return null;
  return {
    status: row.messageStatus,
    attempts: row.attempts,
    attemptedAt: row.attemptedAt,
    sentAt: row.sentAt,
    failureReason: row.failureReason,
    hasEvidence: row.hasEvidence === 1,
  };
}
