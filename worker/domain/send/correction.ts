import type { Consent } from "../../../shared/consent.ts";
import type { CampaignStatus } from "../../../shared/vocabulary.ts";
import { isUnlaunched } from "../campaign.ts";
import { isMailedAbroad } from "../compliance/mailing-country.ts";
import { findRecipientZone, type RecipientZone } from "../recipient.ts";
import { planStep } from "../schedule/schedule.ts";
import { convertWallTime } from "../schedule/zone-clock.ts";
import type { Candidate } from "./candidate.ts";

/**
 * The requested changes to a recipient; an absent field leaves the stored value unchanged. If
 * `timeZone` is null, the recipient gets the zone of its mailing address, or else the campaign's
 * zone.
 */
export type RecipientCorrection = {
  email?: string | undefined;
  timeZone?: string | null | undefined;
  consent?: Consent | undefined;
};

/** The values to store for a corrected recipient. */
export type CorrectedRecipient = {
  email: string | null;
  consent: Consent | null;
  /** Undefined leaves the stored zone unchanged. */
  zone: RecipientZone | null | undefined;
  status: Candidate["recipient"]["status"];
  scheduledAt: number | null;
  dueAt: number | null;
};

/**
 * Returns the values to store for a corrected recipient. With an address, a recipient in
 * `waitingForEmail` joins the sequence now. With another zone, a planned send moves to the same
 * hour in that zone, and a send that is already due is checked again at once. With a consent, an
 * email that waited for the consent goes as planned, or now. The plan stays
 * unchanged while an email to the recipient is being sent.
 * @param otherwise the zone of a recipient without a zone of its own
 * @param random 0 ≤ random < 1, for the jitter
 */
export function buildCorrectedRecipient(
  candidate: Candidate,
  { email, timeZone, consent }: RecipientCorrection,
  otherwise: string,
  now: number,
  random: number,
): CorrectedRecipient {
  const { recipient, campaign, step } = candidate;
  const zone = timeZone === undefined ? undefined : resolveNewZone(timeZone, candidate);
  const zoneName = zone === undefined ? recipient.timeZone : (zone?.timeZone ?? otherwise);
  const base = { email: email ?? recipient.email, consent: consent ?? recipient.consent, zone };
  if (recipient.status === "waitingForEmail" && base.email !== null) {
    const isPlanned = !isUnlaunched(campaign.status) && step !== null;
    const at = isPlanned ? planStep(now, step, zoneName, campaign, random) : null;
    const scheduledAt = at === null ? null : Math.max(at, campaign.recallUntil ?? at);
    return { ...base, status: "active", scheduledAt, dueAt: getDueAt(campaign.status, scheduledAt) };
  }
  const { status, scheduledAt } = recipient;
  const dueAt = isReleased(candidate, consent) ? Math.max(now, scheduledAt ?? now) : recipient.dueAt;
  const isUnmoved = zoneName === recipient.timeZone || recipient.lease !== null || scheduledAt === null;
  if (isUnmoved) return { ...base, status, scheduledAt, dueAt };
  if (scheduledAt <= now) return { ...base, status, scheduledAt, dueAt: dueAt === null ? null : now };
  const moved = Math.max(
    now,
    convertWallTime(scheduledAt, recipient.timeZone, zoneName),
    recipient.snoozedUntil ?? now,
  );
  return { ...base, status, scheduledAt: moved, dueAt: dueAt === null ? null : moved };
}

/** Tells whether the recipient waited for the consent that is recorded now. */
function isReleased({ recipient, campaign, step }: Candidate, consent: Consent | undefined): boolean {
  return (
    consent !== undefined &&
    recipient.consent === null &&
    recipient.status === "active" &&
    recipient.dueAt === null &&
    campaign.status === "active" &&
    step?.kind === "email" &&
    isMailedAbroad(recipient.data.recipient)
  );
}

function resolveNewZone(timeZone: string | null, { recipient }: Candidate): RecipientZone | null {
  const { recipient: templateData, property } = recipient.data;
  return findRecipientZone({ timeZone: timeZone ?? undefined, templateData, property });
}

function getDueAt(status: CampaignStatus, scheduledAt: number | null): number | null {
  return status === "active" ? scheduledAt : null;
}
