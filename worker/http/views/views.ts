import type { Campaign, CampaignSummary } from "../../../shared/campaign.ts";
import type { CampaignRecipient, OtherCampaign, TimelineMessage } from "../../../shared/recipient.ts";
import type { Sender } from "../../../shared/sender.ts";
import type { CampaignStep, EmailStep } from "../../../shared/step.ts";
import type { Task } from "../../../shared/task.ts";
import type { EmailTemplate, TemplateVersion } from "../../../shared/template.ts";
import type { StepRow, StepVariantRow } from "../../db/campaign-steps.ts";
import type { CampaignFacts, CampaignSummaryFacts } from "../../db/campaigns.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import { toSenderPace } from "../../db/sender-pace.ts";
import type { SenderRow } from "../../db/senders.ts";
import type { TaskRow } from "../../db/task-list.ts";
import type { TaskKey } from "../../db/tasks.ts";
import type { TemplateVersionRow } from "../../db/template-versions.ts";
import type { TemplateRow } from "../../db/templates.ts";
import type { EventRow, Fact, MessageRow } from "../../db/timelines.ts";
import { sumFigures } from "../../domain/analytics.ts";
import { deriveOutcome } from "../../domain/receive/event.ts";
import { toIsoDay } from "../../domain/schedule/schedule.ts";
import type { Collision } from "../../domain/send/collision.ts";
import { toRatePerSecond } from "../../domain/send/departure.ts";
import { countSlotsToday, findNextFreeSlot, getEffectiveDailyCap } from "../../domain/send/pacing.ts";
import { formatVariantName } from "../../domain/send/variant.ts";

/* Rows as the API shows them: milliseconds become ISO 8601, and what is stored for the engine alone stays behind. */

export function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

export function summaryView({ campaign, figures }: CampaignSummaryFacts): CampaignSummary {
  const { sent, delivered, opened, clicked, replied, bounced, unsubscribed } = sumFigures(figures.stats);
  return {
    id: campaign.id,
    name: campaign.name,
    type: campaign.type,
    status: campaign.status,
    propertyId: campaign.propertyId,
    stepCount: figures.stepCount,
    emailCount: figures.emailCount,
    counts: figures.counts,
    stats: { sent, delivered, opened, clicked, replied, bounced, unsubscribed },
    nextSendAt: isoOrNull(figures.nextSendAt),
    pauseReason: campaign.pauseReason,
    createdAt: iso(campaign.createdAt),
    launchedAt: isoOrNull(campaign.launchedAt),
  };
}

export function campaignView(facts: CampaignFacts): Campaign {
  const { campaign } = facts;
  const summary = summaryView(facts);
  return {
    ...summary,
    recallUntil: isoOrNull(campaign.recallUntil),
    backlog: { sent: summary.stats.sent, ...facts.backlog },
    senderId: campaign.senderId,
    otherSenderIds: campaign.otherSenderIds,
    replyTo: campaign.replyTo,
    sendWindow: campaign.sendWindow,
    schedule: {
      startAt: isoOrNull(campaign.startAt),
      endAt: isoOrNull(campaign.endAt),
      timeZone: campaign.timeZone,
      jitterMinutes: campaign.jitterMinutes,
      skipsHolidays: campaign.skipsHolidays,
    },
    exitStatuses: campaign.exitStatuses,
    maxLatenessHours: campaign.maxLatenessHours,
    ignoresCollisions: campaign.ignoresCollisions,
    tags: campaign.tags,
    steps: facts.steps.map(stepView),
  };
}

function stepView(step: StepRow): CampaignStep {
  if (step.kind === "email") return { ...step, variants: step.variants.map(variantView) };
  const { sendTimeHour: _, ...task } = step;
  return task;
}

function variantView(variant: StepVariantRow, index: number): EmailStep["variants"][number] {
  return { variant: formatVariantName(index), ...variant };
}

export function recipientView(row: RecipientRow, facts: readonly Fact[], now: number): CampaignRecipient {
  const isSnoozed = row.snoozedUntil !== null && row.snoozedUntil > now;
  const hasEnded = row.status === "completed" || row.status === "stopped";
  // While claimed, due_at is the lease's end and not when anything goes.
  const plannedAt = row.lease === null ? row.dueAt : row.scheduledAt;
  const isInTime = row.campaignEndAt === null || (plannedAt ?? 0) < row.campaignEndAt;
  const isDue = row.status === "active" && row.campaignStatus === "active" && row.dueAt !== null && isInTime;
  return {
    id: row.id,
    campaignId: row.campaignId,
    campaignName: row.campaignName,
    email: row.email,
    name: row.name,
    propertyId: row.propertyId,
    contactKey: row.contactKey,
    timeZone: row.timeZone,
    timeZoneSource: row.timeZoneSource,
    status: row.status,
    stopReason: row.stopReason,
    outcome: deriveOutcome(facts, row.lastSentAt !== null),
    nextStepNumber: hasEnded || row.nextStep > row.stepCount ? null : row.nextStep,
    nextStepKind: hasEnded ? null : row.nextStepKind,
    nextSendAt: isDue && row.taskExpiresAt === null ? isoOrNull(plannedAt) : null,
    taskExpiresAt: hasEnded ? null : isoOrNull(row.taskExpiresAt),
    lastSentAt: isoOrNull(row.lastSentAt),
    snoozedUntil: isSnoozed ? isoOrNull(row.snoozedUntil) : null,
    createdAt: iso(row.createdAt),
  };
}

export function otherCampaignView({ by, campaignId, campaignName }: Collision): OtherCampaign {
  return { id: campaignId, name: campaignName, by };
}

export function timelineView(
  messages: readonly MessageRow[],
  events: readonly EventRow[],
): TimelineMessage[] {
  return messages.map((message) => ({
    ...message,
    sentAt: isoOrNull(message.sentAt),
    events: events
      .filter((event) => event.stepNumber === message.stepNumber)
      .map(({ kind, occurredAt, isMachine, data }) => ({
        kind,
        occurredAt: iso(occurredAt),
        isMachine,
        bounceClass: data.bounceClass ?? null,
        url: data.url ?? null,
        text: data.text ?? null,
      })),
  }));
}

export function taskId({ recipientId, stepNumber }: TaskKey): string {
  return `${recipientId}-${stepNumber}`;
}

export function taskView(row: TaskRow): Task {
  const { campaignStatus, recipientStatus, ...task } = row;
  return {
    ...task,
    id: taskId(row),
    openedAt: iso(row.openedAt),
    expiresAt: iso(row.expiresAt),
    isPaused: campaignStatus === "paused" || recipientStatus === "paused",
    closedAt: isoOrNull(row.closedAt),
  };
}

/** Rows from before fallbacks were told have none. */
const variableView = (variable: TemplateRow["variables"][number]) => ({
  ...variable,
  fallback: variable.fallback ?? null,
});

export function templateVersionView(row: TemplateVersionRow): TemplateVersion {
  return { ...row, variables: row.variables.map(variableView), createdAt: iso(row.createdAt) };
}

export function templateView(row: TemplateRow): EmailTemplate {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    subject: row.subject,
    preheader: row.preheader,
    bodyHtml: row.bodyHtml,
    bodyText: row.bodyText,
    variables: row.variables.map(variableView),
    tags: row.tags,
    presetKey: row.presetKey,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

export function senderView(row: SenderRow, now: number): Sender {
  const pace = toSenderPace(row);
  return {
    id: row.id,
    fromName: row.fromName,
    fromEmail: row.fromEmail,
    replyTo: row.replyTo,
    ratePerSecond: toRatePerSecond(row.intervalMs),
    minGapSeconds: row.minGapSeconds,
    dailyCap: row.dailyCap,
    ramp: row.ramp,
    domainDailyCap: row.domainDailyCap,
    timeZone: row.timeZone,
    phone: row.phone,
    license: row.license,
    isPaused: row.isPaused,
    slotsToday: countSlotsToday(pace, now),
    effectiveDailyCap: getEffectiveDailyCap(pace, toIsoDay(now, row.timeZone)),
    nextSlotAt: iso(findNextFreeSlot(pace, now)),
  };
}
