import type { Campaign, CampaignStep, CampaignSummary } from "../shared/campaign.ts";
import type { CampaignRecipient, TimelineMessage } from "../shared/recipient.ts";
import type { Sender } from "../shared/sender.ts";
import type { EmailTemplate } from "../shared/template.ts";
import type { StepVariantRow } from "./db/campaign-steps.ts";
import type { CampaignFacts, CampaignSummaryFacts } from "./db/campaigns.ts";
import type { RecipientRow } from "./db/recipients.ts";
import { paceOfSender } from "./db/sender-pace.ts";
import type { SenderRow } from "./db/senders.ts";
import type { TemplateRow } from "./db/templates.ts";
import type { EventRow, Fact, MessageRow } from "./db/timelines.ts";
import { statsOf } from "./domain/analytics.ts";
import { outcomeOf } from "./domain/event.ts";
import { effectiveDailyCap, nextFreeSlotAt, rateOf, slotsTaken } from "./domain/pacing.ts";
import { dayOf } from "./domain/schedule.ts";
import { variantName } from "./domain/variant.ts";

/* Rows as the API shows them: milliseconds become ISO 8601, and what is stored for the engine alone stays behind. */

export function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

export function summaryView({ campaign, figures }: CampaignSummaryFacts): CampaignSummary {
  const { sent, delivered, opened, clicked, replied, bounced, unsubscribed } = statsOf(figures.stats);
  return {
    id: campaign.id,
    name: campaign.name,
    type: campaign.type,
    status: campaign.status,
    propertyId: campaign.propertyId,
    stepCount: figures.stepCount,
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
    tags: campaign.tags,
    steps: facts.steps.map((step): CampaignStep => ({ ...step, variants: step.variants.map(variantView) })),
  };
}

function variantView(variant: StepVariantRow, index: number): CampaignStep["variants"][number] {
  return { variant: variantName(index), ...variant };
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
    outcome: outcomeOf(facts, row.lastSentAt !== null),
    nextStepNumber: hasEnded || row.nextStep > row.stepCount ? null : row.nextStep,
    nextSendAt: isDue ? isoOrNull(plannedAt) : null,
    lastSentAt: isoOrNull(row.lastSentAt),
    snoozedUntil: isSnoozed ? isoOrNull(row.snoozedUntil) : null,
    createdAt: iso(row.createdAt),
  };
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

export function templateView(row: TemplateRow): EmailTemplate {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    subject: row.subject,
    bodyHtml: row.bodyHtml,
    bodyText: row.bodyText,
    variables: row.variables,
    tags: row.tags,
    presetKey: row.presetKey,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

export function senderView(row: SenderRow, now: number): Sender {
  const pace = paceOfSender(row);
  return {
    id: row.id,
    fromName: row.fromName,
    fromEmail: row.fromEmail,
    replyTo: row.replyTo,
    ratePerSecond: rateOf(row.intervalMs),
    minGapSeconds: row.minGapSeconds,
    dailyCap: row.dailyCap,
    ramp: row.ramp,
    domainDailyCap: row.domainDailyCap,
    timeZone: row.timeZone,
    phone: row.phone,
    license: row.license,
    isPaused: row.isPaused,
    slotsToday: slotsTaken(pace, now),
    effectiveDailyCap: effectiveDailyCap(pace, dayOf(now, row.timeZone)),
    nextSlotAt: iso(nextFreeSlotAt(pace, now)),
  };
}
