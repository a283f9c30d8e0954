import { hourMs, minuteMs } from "../../../shared/time-lengths.ts";
import type { CampaignStatus, CollisionPolicy, RecipientStatus } from "../../../shared/vocabulary.ts";

/** A recipient with the same address in another campaign: the same person. */
export type SamePersonRecipient = {
  recipientId: number;
  campaignId: number;
  campaignName: string;
  /** The property that the other campaign is about; null for a campaign about several. */
  campaignPropertyId: string | null;
  campaignStatus: CampaignStatus;
  launchedAt: number | null;
  status: RecipientStatus;
  /** True if the other campaign holds the person because its email lacks a value. */
  isHeldByEmail: boolean;
  nextSendAt: number | null;
  /** When the other campaign last sent, or may have sent, an email to this person. */
  lastSentAt: number | null;
  /**
   * The id of the claim with which a process reserves this person's recipient row in the other
   * campaign, to send an email. Null: no claim. The claim ends at `leaseUntil`.
   */
  lease: number | null;
  leaseUntil: number | null;
};

/** Another active campaign with a recipient at the same property. */
export type SamePropertyCampaign = {
  campaignId: number;
  campaignName: string;
  campaignPropertyId: string | null;
  launchedAt: number | null;
  /**
   * The time of the earliest planned email to a recipient of the other campaign, as far as known.
   */
  nextSendAt: number | null;
};

/** The tenant's other campaigns that reach this person or this property. */
export type OtherCampaigns = {
  collisionPolicy: CollisionPolicy;
  coolOffHours: number;
  people: readonly SamePersonRecipient[];
  properties: readonly SamePropertyCampaign[];
};

/** The other campaign, which continues while this campaign waits. */
export type Collision = {
  by: "person" | "property";
  campaignId: number;
  campaignName: string;
  campaignPropertyId: string | null;
  nextSendAt: number | null;
};

type Launched = { campaignId: number; launchedAt: number | null };
type Own = Launched & { ignoresCollisions: boolean };

/**
 * A stand-in for a campaign that is launched now. Every existing campaign takes precedence over a
 * campaign that is launched now.
 */
export const campaignLaunchedNow = {
  campaignId: Number.MAX_SAFE_INTEGER,
  launchedAt: null,
  ignoresCollisions: false,
};

/**
 * Returns the other campaign, launched earlier, for which the recipient's own campaign must wait;
 * null if there is none. The other campaign must still have the person, or else the property, in
 * its sequence. A person held for a missing value does not count, because such a hold may last
 * forever.
 */
export function findCollision(own: Own, elsewhere: OtherCampaigns): Collision | null {
  const { collisionPolicy, people, properties } = elsewhere;
  if (collisionPolicy === "off" || (collisionPolicy === "hold" && own.ignoresCollisions)) return null;
  const personally = people.filter(
    ({ campaignStatus, status, isHeldByEmail }) =>
      campaignStatus === "active" && !isHeldByEmail && (status === "active" || status === "paused"),
  );
  return findFirstLaunched("person", own, personally) ?? findFirstLaunched("property", own, properties);
}

function findFirstLaunched<Other extends Launched & Omit<Collision, "by">>(
  by: Collision["by"],
  own: Own,
  others: readonly Other[],
): Collision | null {
  const [first] = others
    .filter((other) => isLaunchedBefore(other, own))
    .toSorted((a, b) => (isLaunchedBefore(a, b) ? -1 : 1));
  if (first === undefined) return null;
  const { campaignId, campaignName, campaignPropertyId, nextSendAt } = first;
  return { by, campaignId, campaignName, campaignPropertyId, nextSendAt };
}

/** Tells whether one campaign was launched before another. A draft counts as launched last. */
function isLaunchedBefore(one: Launched, other: Launched): boolean {
  const never = Number.POSITIVE_INFINITY;
  const [at, otherAt] = [one.launchedAt ?? never, other.launchedAt ?? never];
  return at < otherAt || (at === otherAt && one.campaignId < other.campaignId);
}

/**
 * Returns when to check again whether the other campaign has ended. The check follows the other
 * campaign's next email, and is an hour to a day from now.
 */
export function getCollisionRecheckAt({ nextSendAt }: Collision, now: number): number {
  const latest = now + 24 * hourMs;
  return Math.min(Math.max(nextSendAt ?? latest, now + hourMs), latest);
}

/**
 * The time to wait for another campaign's email that is being sent. After this time the email has
 * left, or its claim was given up.
 */
const underWayMs = 5 * minuteMs;

/**
 * Returns the instant until which this person gets no email, or null if an email may leave now.
 * Another campaign may have just written to the person, or be about to write. If several campaigns
 * have claimed an email to the person, the email with the earliest claim leaves.
 */
export function getCoolOffEnd(
  own: { id: number; lease: number | null },
  { coolOffHours, people }: OtherCampaigns,
  now: number,
): number | null {
  if (coolOffHours === 0) return null;
  const lastSentAt = Math.max(...people.map((person) => person.lastSentAt ?? Number.NEGATIVE_INFINITY));
  const until = lastSentAt + coolOffHours * hourMs;
  if (until > now) return until;
  return people.some((person) => isClaimedBefore(person, own, now)) ? now + underWayMs : null;
}

function isClaimedBefore(
  { recipientId, lease, leaseUntil }: SamePersonRecipient,
  own: { id: number; lease: number | null },
  now: number,
) {
  if (lease === null || (leaseUntil ?? 0) <= now) return false;
  return own.lease === null || lease < own.lease || (lease === own.lease && recipientId < own.id);
}
