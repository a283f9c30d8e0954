import type { CampaignStatus, CollisionPolicy, RecipientStatus } from "../../../shared/vocabulary.ts";

/** A recipient of another campaign with the same address: the same person. */
export type SamePerson = {
  recipientId: number;
  campaignId: number;
  campaignName: string;
  campaignStatus: CampaignStatus;
  launchedAt: number | null;
  status: RecipientStatus;
  nextSendAt: number | null;
  /** When an email from there last went, or may have gone. */
  lastSentAt: number | null;
  /** The claim that holds them there. Null: none does, or it is over. */
  lease: number | null;
  leaseUntil: number | null;
};

/** Another active campaign that writes to somebody at the same property. */
export type SameProperty = {
  campaignId: number;
  campaignName: string;
  launchedAt: number | null;
  /** When the next email is planned of those there who were looked at. */
  nextSendAt: number | null;
};

/** What else of the tenant's reaches this person and this property. */
export type Elsewhere = {
  collisionPolicy: CollisionPolicy;
  coolOffHours: number;
  people: readonly SamePerson[];
  properties: readonly SameProperty[];
};

/** The campaign that goes on while this one waits. */
export type Collision = {
  by: "person" | "property";
  campaignId: number;
  campaignName: string;
  nextSendAt: number | null;
};

type Launched = { campaignId: number; launchedAt: number | null };
type Own = Launched & { ignoresCollisions: boolean };

const hourMs = 3_600_000;

/**
 * The first campaign that was launched before this one and isn't through with the person, or else the property. The
 * order is fixed, so that of two campaigns never both wait. Owners of one property in the same campaign don't collide.
 */
export function collisionOf(own: Own, elsewhere: Elsewhere): Collision | null {
  const { collisionPolicy, people, properties } = elsewhere;
  if (collisionPolicy === "off" || (collisionPolicy === "hold" && own.ignoresCollisions)) return null;
  const personally = people.filter(
    ({ campaignStatus, status }) =>
      campaignStatus === "active" && (status === "active" || status === "paused"),
  );
  return firstOf("person", own, personally) ?? firstOf("property", own, properties);
}

function firstOf<Other extends Launched & Omit<Collision, "by">>(
  by: Collision["by"],
  own: Own,
  others: readonly Other[],
): Collision | null {
  const [first] = others
    .filter((other) => isBefore(other, own))
    .toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  if (first === undefined) return null;
  const { campaignId, campaignName, nextSendAt } = first;
  return { by, campaignId, campaignName, nextSendAt };
}

/** A draft comes last: were it launched now, every other had been before. */
function isBefore(one: Launched, other: Launched): boolean {
  const never = Number.POSITIVE_INFINITY;
  const [at, otherAt] = [one.launchedAt ?? never, other.launchedAt ?? never];
  return at < otherAt || (at === otherAt && one.campaignId < other.campaignId);
}

/** When the other campaign may be through: after its next email, but neither at every tick nor long after it has ended. */
export function collisionLooksAgainAt({ nextSendAt }: Collision, now: number): number {
  const latest = now + 24 * hourMs;
  return Math.min(Math.max(nextSendAt ?? latest, now + hourMs), latest);
}

/** How long one waits for an email of another campaign that is on its way: by then it has gone, or its claim was given up. */
const underWayMs = 5 * 60_000;

/**
 * Until when this person gets nothing because another campaign has just written to them, or is about to; null where
 * they may be written to. Of those that are claimed at once the one goes that was claimed first.
 */
export function coolOffUntil(
  own: { id: number; lease: number | null },
  { coolOffHours, people }: Elsewhere,
  now: number,
): number | null {
  if (coolOffHours === 0) return null;
  const lastSentAt = Math.max(...people.map((person) => person.lastSentAt ?? Number.NEGATIVE_INFINITY));
  const until = lastSentAt + coolOffHours * hourMs;
  if (until > now) return until;
  return people.some((person) => goesFirst(person, own, now)) ? now + underWayMs : null;
}

function goesFirst(
  { recipientId, lease, leaseUntil }: SamePerson,
  own: { id: number; lease: number | null },
  now: number,
) {
  if (lease === null || (leaseUntil ?? 0) <= now) return false;
  return own.lease === null || lease < own.lease || (lease === own.lease && recipientId < own.id);
}
