import { describe, expect, test } from "vitest";
import {
  findCollision,
  getCollisionRecheckAt,
  getCoolOffEnd,
  type OtherCampaigns,
  type SamePersonRecipient,
  type SamePropertyCampaign,
} from "../../worker/domain/send/collision.ts";
import { decideNextStep, explainHold } from "../../worker/domain/send/eligibility.ts";
import { forecastSend } from "../../worker/domain/send/forecast.ts";
import { buildCandidate, monday10 } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

const own = { campaignId: 3, launchedAt: monday10, ignoresCollisions: false };
const person: SamePersonRecipient = {
  recipientId: 70,
  campaignId: 5,
  campaignName: "Expired listing",
  campaignStatus: "active",
  launchedAt: monday10 - day,
  status: "active",
  isHeldByEmail: false,
  nextSendAt: monday10 + 3 * hour,
  lastSentAt: null,
  lease: null,
  leaseUntil: null,
};
const property: SamePropertyCampaign = {
  campaignId: 6,
  campaignName: "Just sold",
  launchedAt: monday10 - 2 * day,
  nextSendAt: null,
};
const elsewhere = (parts: Partial<OtherCampaigns>): OtherCampaigns => ({
  collisionPolicy: "hold",
  coolOffHours: 24,
  people: [],
  properties: [],
  ...parts,
});

describe("of two campaigns that write to one person or property,", () => {
  test("exactly one waits: the one that was launched later", () => {
    const times = [monday10 - hour, monday10, null];
    for (const launchedAt of times) {
      for (const otherLaunchedAt of times) {
        for (const campaignId of [2, 4]) {
          const waits = findCollision(
            { ...own, launchedAt },
            elsewhere({ people: [{ ...person, campaignId, launchedAt: otherLaunchedAt }] }),
          );
          const otherWaits = findCollision(
            { ...own, campaignId, launchedAt: otherLaunchedAt },
            elsewhere({ people: [{ ...person, campaignId: own.campaignId, launchedAt }] }),
          );
          expect([waits, otherWaits].filter((one) => one === null)).toHaveLength(1);
        }
      }
    }
  });

  test("the one that waits names the other, and says whether the person or the property is the same", () => {
    expect(findCollision(own, elsewhere({ people: [person], properties: [property] }))).toEqual({
      by: "person",
      campaignId: 5,
      campaignName: "Expired listing",
      nextSendAt: monday10 + 3 * hour,
    });
    expect(findCollision(own, elsewhere({ properties: [property] }))).toMatchObject({
      by: "property",
      campaignName: "Just sold",
    });
  });

  test.each([
    ["is not active", { campaignStatus: "paused" }],
    ["has completed the person's sequence", { status: "completed" }],
    ["was stopped for the person", { status: "stopped" }],
    ["was launched later", { launchedAt: monday10 + 1 }],
  ] as const)("the one that %s makes nobody wait", (_, change) => {
    expect(findCollision(own, elsewhere({ people: [{ ...person, ...change }] }))).toBeNull();
  });

  test("the later one may ignore the first only if the office allows overrides", () => {
    const verdict = (collisionPolicy: OtherCampaigns["collisionPolicy"], ignoresCollisions: boolean) =>
      findCollision({ ...own, ignoresCollisions }, elsewhere({ collisionPolicy, people: [person] })) !== null;
    expect(verdict("hold", false)).toBe(true);
    expect(verdict("hold", true)).toBe(false);
    expect(verdict("holdAlways", true)).toBe(true);
    expect(verdict("off", false)).toBe(false);
  });

  test("the later one is checked again after the other's next email, in an hour to a day", () => {
    const at = (nextSendAt: number | null) =>
      getCollisionRecheckAt({ ...property, by: "property", nextSendAt }, monday10) - monday10;
    expect(at(monday10 + 3 * hour)).toBe(3 * hour);
    expect(at(monday10 - hour)).toBe(hour);
    expect(at(monday10 + 9 * day)).toBe(day);
    expect(at(null)).toBe(day);
  });

  test("the later one gives the same recheck time whenever it is asked", () => {
    const dueAt = monday10 + 2 * hour;
    const putOff = buildCandidate({
      recipient: { lease: null, dueAt, scheduledAt: monday10 - hour },
      campaign: { launchedAt: monday10 - hour },
      elsewhere: { people: [person] },
    });
    expect(explainHold(putOff, monday10)).toEqual({ reason: "inOtherCampaign", until: dueAt });
    expect(explainHold(putOff, monday10 + hour)).toEqual({ reason: "inOtherCampaign", until: dueAt });
  });

  test("a draft is forecast as held, as if it were launched now", () => {
    const draft = buildCandidate({
      recipient: { lease: null, dueAt: null, scheduledAt: null },
      campaign: { status: "draft", launchedAt: null },
      elsewhere: { people: [person] },
    });
    expect(forecastSend(draft, true, monday10, null)).toMatchObject({
      verdict: "held",
      reason: "inOtherCampaign",
    });
  });
});

describe("two emails to one person from different campaigns", () => {
  const me = { id: 7, lease: 99 };
  const sent = (lastSentAt: number) => ({ ...person, status: "completed" as const, lastSentAt });

  test("are separated by the cool-off, to the millisecond", () => {
    const cooledOffAfter = (lastSentAt: number) =>
      getCoolOffEnd(me, elsewhere({ people: [sent(lastSentAt)] }), monday10);
    expect(cooledOffAfter(monday10 - day + 1)).toBe(monday10 + 1);
    expect(cooledOffAfter(monday10 - day)).toBeNull();
  });

  test("are separated by the cool-off after the newest email of any campaign", () => {
    const people = [sent(monday10 - 9 * day), sent(monday10 - hour), sent(monday10 - 2 * hour)];
    expect(getCoolOffEnd(me, elsewhere({ people }), monday10)).toBe(monday10 + 23 * hour);
  });

  test("that are claimed at once do not both leave: one is sent, the others are checked again soon", () => {
    const claims = [
      { id: 1, lease: 50 },
      { id: 2, lease: 40 },
      { id: 3, lease: 40 },
    ];
    const verdicts = claims.map((claim) => {
      const people = claims
        .filter((other) => other !== claim)
        .map((other) => ({
          ...person,
          recipientId: other.id,
          lease: other.lease,
          leaseUntil: monday10 + hour,
        }));
      return getCoolOffEnd(claim, elsewhere({ people }), monday10);
    });
    expect(verdicts).toEqual([monday10 + 5 * 60_000, null, monday10 + 5 * 60_000]);
  });

  test("do not wait for a claim that has expired", () => {
    const people = [{ ...person, lease: 1, leaseUntil: monday10 }];
    expect(getCoolOffEnd(me, elsewhere({ people }), monday10)).toBeNull();
  });

  test("need no gap if the office has no cool-off, and an override or Send now does not shorten one", () => {
    const people = [sent(monday10 - hour)];
    expect(getCoolOffEnd(me, elsewhere({ people, coolOffHours: 0 }), monday10)).toBeNull();
    const hurried = buildCandidate({
      recipient: { sendNow: 2 },
      campaign: { ignoresCollisions: true },
      elsewhere: { people },
    });
    expect(decideNextStep(hurried, monday10)).toEqual({
      kind: "hold",
      reason: "coolOff",
      until: monday10 + 23 * hour,
    });
  });
});
