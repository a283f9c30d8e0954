import type { Consent } from "../../../shared/consent.ts";
import { sequenceEndStepNumber } from "../../../shared/limits.ts";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import type { RecipientEventFacts } from "../../db/timelines.ts";
import { deriveRecipientOutcome } from "../../domain/receive/event.ts";
import { toIsoDay } from "../../domain/schedule/schedule.ts";
import { getSendNowRecallEnd } from "../../domain/send/send-now.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

/** The facts of a recipient that has no events. */
export const emptyRecipientEventFacts: RecipientEventFacts = {
  events: [],
  awayUntil: null,
  hasOpenQuestion: false,
};

export function toRecipientView(
  row: RecipientRow,
  facts: RecipientEventFacts,
  now: number,
): CampaignRecipient {
  const isSnoozed = row.sendNow === 0 && row.snoozedUntil !== null && row.snoozedUntil > now;
  const hasEnded = row.status === "completed" || row.status === "stopped";
  // While a tick (the Worker's run every minute) has claimed the recipient, `due_at` is the end of
  // the claim's lease, not the planned time.
  const claimedPlan = row.sendNow > 0 ? now : row.scheduledAt;
  const plannedAt = row.lease === null ? row.dueAt : claimedPlan;
  const isInTime = row.campaignEndAt === null || (plannedAt ?? 0) < row.campaignEndAt;
  const isDue = row.status === "active" && row.campaignStatus === "active" && row.dueAt !== null && isInTime;
  const outcome = deriveRecipientOutcome(facts.events, {
    certain: row.lastSentAt !== null,
    uncertain: row.uncertainEmails > 0,
  });
  const isAway = !hasEnded && (facts.awayUntil ?? "") >= toIsoDay(now, row.timeZone ?? "UTC");
  return {
    id: row.id,
    campaignId: row.campaignId,
    campaignName: row.campaignName,
    email: row.email,
    name: row.name,
    propertyId: row.propertyId,
    contactKey: row.contactKey,
    source: row.source,
    sourceDate: row.sourceDate,
    consent: row.consent === null ? null : (JSON.parse(row.consent) as Consent),
    timeZone: row.timeZone,
    timeZoneSource: row.timeZoneSource,
    status: row.status,
    stopReason: row.stopReason,
    outcome,
    heldFor: row.heldFor,
    uncertainEmails: row.uncertainEmails,
    hasOpenQuestion: facts.hasOpenQuestion && outcome !== "unsubscribed" && outcome !== "complained",
    awayUntil: isAway ? facts.awayUntil : null,
    nextStepNumber: hasEnded || row.nextStep >= sequenceEndStepNumber ? null : row.nextStep,
    nextStepPosition: hasEnded ? null : row.nextStepPosition,
    nextStepKind: hasEnded ? null : row.nextStepKind,
    nextSendAt: isDue && row.taskExpiresAt === null ? toIsoOrNull(plannedAt) : null,
    taskExpiresAt: hasEnded ? null : toIsoOrNull(row.taskExpiresAt),
    lastSentAt: toIsoOrNull(row.lastSentAt),
    sendNowRecallUntil: toIsoOrNull(getSendNowRecallEnd(row, now)),
    snoozedUntil: isSnoozed ? toIsoOrNull(row.snoozedUntil) : null,
    createdAt: toIso(row.createdAt),
  };
}
