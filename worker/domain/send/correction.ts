import type { Consent } from "../../../shared/consent.ts";
import { sequenceEndStepNumber } from "../../../shared/limits.ts";
import type {
  CampaignStatus,
  RecipientStatus,
  StopReason,
  TimeZoneSource,
} from "../../../shared/vocabulary.ts";
import { hasCampaignEnded, isUnlaunched } from "../campaign.ts";
import { needsConsent } from "../compliance/mailing-country.ts";
import { needsRepresentative } from "../compliance/personal-representative.ts";
import { findRecipientZone, type RecipientZone } from "../recipient.ts";
import type { RecipientTemplateData } from "../recipient-data.ts";
import { findHomeFields, type RecipientHomeFields } from "../recipient-home.ts";
import { planStep } from "../schedule/schedule.ts";
import { convertWallTime } from "../schedule/zone-clock.ts";
import type { Candidate } from "./candidate.ts";
import { applyNewerIdentity } from "./facts-of-day.ts";
import { applyFilledInFields, type FilledInFields } from "./filled-values.ts";

/**
 * The requested changes to a recipient; an absent field leaves the stored value unchanged. If
 * `timeZone` is null, the recipient gets the zone that its addresses show, or else the campaign's
 * zone.
 */
export type RecipientCorrection = FilledInFields & {
  email?: string | undefined;
  timeZone?: string | null | undefined;
  consent?: Consent | undefined;
};

/** The values to store for a corrected recipient. */
export type CorrectedRecipient = {
  email: string | null;
  consent: Consent | null;
  name: string;
  data: RecipientTemplateData;
  /** The new time zone; undefined leaves the stored zone unchanged. */
  zone: RecipientZone | null | undefined;
  home: RecipientHomeFields;
  status: Candidate["recipient"]["status"];
  scheduledAt: number | null;
  dueAt: number | null;
  allowsLate: boolean;
};

/**
 * Returns the values to store for a corrected recipient. The planned time stays unchanged while an
 * email to the recipient is being sent.
 * - Address: a recipient in `waitingForEmail` joins the sequence now. A recipient whose address has
 *   bounced goes on at the planned time, or now if that time is over or missing.
 * - Zone: a planned send moves to the same hour in the new zone. A send that is already due is
 *   checked again at once.
 * - Consent, or a filled-in value: an email that waited for somebody to act is checked again at its
 *   planned time, or now if that time is over or missing.
 * @param zones `source`: the source of the stored zone; `otherwise`: the zone for a recipient whose
 *   own zone is unknown
 * @param random 0 ≤ random < 1, for the jitter
 */
export function buildCorrectedRecipient(
  candidate: Candidate,
  correction: RecipientCorrection,
  zones: { source: TimeZoneSource | null; otherwise: string },
  now: number,
  random: number,
): CorrectedRecipient {
  const { recipient, campaign, step } = candidate;
  const { email, timeZone, consent, name = recipient.name } = correction;
  const data = applyFilledInFields(candidate, correction, now);
  const zone = findNewZone(timeZone, zones.source, { before: recipient.data, after: data });
  const zoneName = zone === undefined ? recipient.timeZone : (zone?.timeZone ?? zones.otherwise);
  const base = {
    email: email ?? recipient.email,
    consent: consent ?? recipient.consent,
    name,
    data,
    zone,
    home: findHomeFields(
      applyNewerIdentity({ ...candidate, recipient: { ...recipient, data } }).data.property,
    ),
    allowsLate: recipient.allowsLate,
  };
  if (recipient.status === "waitingForEmail" && base.email !== null) {
    const isPlanned = !isUnlaunched(campaign.status) && step !== null;
    const at = isPlanned ? planStep(now, step, zoneName, campaign, random) : null;
    const scheduledAt = at === null ? null : Math.max(at, campaign.recallUntil ?? at);
    return { ...base, status: "active", scheduledAt, dueAt: getDueAt(campaign.status, scheduledAt) };
  }
  const { status, scheduledAt } = recipient;
  if (status === "stopped") {
    const at = Math.max(now, scheduledAt ?? now);
    // A campaign that was completed without this recipient becomes active again.
    return { ...base, status: "active", scheduledAt: at, dueAt: campaign.status === "paused" ? null : at };
  }
  const dueAt = isReleased(candidate, correction) ? Math.max(now, scheduledAt ?? now) : recipient.dueAt;
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

/**
 * Tells whether the address of a recipient can be replaced so that the sequence goes on. The
 * address must have bounced, the campaign must not be over, and a step must be left.
 */
export function isAddressReplaceable(
  recipient: {
    status: RecipientStatus;
    stopReason: StopReason | null;
    nextStep: number;
    campaignStatus: CampaignStatus;
    campaignEndAt: number | null;
  },
  now: number,
): boolean {
  const { status, stopReason, nextStep, campaignStatus, campaignEndAt } = recipient;
  return (
    status === "stopped" &&
    stopReason === "bounced" &&
    nextStep < sequenceEndStepNumber &&
    ["active", "paused", "completed"].includes(campaignStatus) &&
    !hasCampaignEnded({ endAt: campaignEndAt }, now)
  );
}

/**
 * Tells whether the recipient's email has to be checked again because of the correction. A consent
 * lifts the holds of the listing guard and of a mailing address abroad. A value that is filled in
 * may replace an old one, correct the address, or say that the person represents an estate.
 */
function isReleased(
  { recipient, campaign, step, readFacts }: Candidate,
  given: RecipientCorrection,
): boolean {
  const hasNewConsent = given.consent !== undefined && recipient.consent === null;
  const isFilledIn = [given.name, given.templateData, given.property].some((value) => value !== undefined);
  const waitsForValue =
    readFacts.length > 0 || needsRepresentative(recipient) || needsConsent(recipient.consent, recipient.data);
  return (
    (hasNewConsent || (isFilledIn && waitsForValue)) &&
    recipient.status === "active" &&
    recipient.dueAt === null &&
    campaign.status === "active" &&
    step?.kind === "email"
  );
}

/**
 * Returns `change` with the values that release a recipient that was held because of its email. The
 * recipient becomes active, and is due now if the campaign is active. The agent has just looked at
 * the recipient, so the email may go, however late the email is.
 */
export function releaseHeldRecipient(
  change: CorrectedRecipient,
  { campaign }: Candidate,
  now: number,
): CorrectedRecipient {
  return { ...change, status: "active", allowsLate: true, dueAt: getDueAt(campaign.status, now) };
}

/**
 * Tells whether the recipient waits only for values that its email lacks. The Worker paused such a
 * recipient when the Worker could not render the email; no person paused the recipient.
 */
export const isPausedForMissingValues = (candidate: PausedCandidate): boolean =>
  isPausedByEmail(candidate) && candidate.message?.failureReason === "missingVariables";

/**
 * Tells whether the Worker paused the recipient because of the next email: the email lacks a value,
 * or can't be sent with the recipient's values. A change of the email or of a value may mend both.
 */
export const isPausedByEmail = ({ recipient, message }: PausedCandidate): boolean =>
  recipient.status === "paused" &&
  message?.status === "retrying" &&
  (message.failureReason === "missingVariables" || message.failureReason === "contentRefused");

type PausedCandidate = Pick<Candidate, "recipient" | "message">;

/**
 * Returns the zone to store; undefined leaves the stored zone unchanged. A corrected address
 * changes a zone that was found by the address, but never a zone that somebody has given.
 */
function findNewZone(
  given: RecipientCorrection["timeZone"],
  source: TimeZoneSource | null,
  data: { before: RecipientTemplateData; after: RecipientTemplateData },
): RecipientZone | null | undefined {
  const find = ({ recipient: templateData, property }: RecipientTemplateData) =>
    findRecipientZone({ timeZone: given ?? undefined, templateData, property });
  const zone = find(data.after);
  if (given !== undefined) return zone;
  return source === "given" || find(data.before)?.timeZone === zone?.timeZone ? undefined : zone;
}

function getDueAt(status: CampaignStatus, scheduledAt: number | null): number | null {
  return status === "active" ? scheduledAt : null;
}
