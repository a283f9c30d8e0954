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
import { buildCandidate, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

const own = { campaignId: 3, launchedAt: mondayAt10InNewYork, ignoresCollisions: false };
const person: SamePersonRecipient = {
  recipientId: 70,
  campaignId: 5,
  campaignName: "Expired listing",
  campaignPropertyId: "p-2",
  campaignStatus: "active",
  launchedAt: mondayAt10InNewYork - day,
  status: "active",
  isHeldByEmail: false,
  nextSendAt: mondayAt10InNewYork + 3 * hour,
  lastSentAt: null,
  lease: null,
  leaseUntil: null,
};
const property: SamePropertyCampaign = {
  campaignId: 6,
  campaignName: "Just sold",
  campaignPropertyId: null,
  launchedAt: mondayAt10InNewYork - 2 * day,
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
    const times = [mondayAt10InNewYork - hour, mondayAt10InNewYork, null];
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
      campaignPropertyId: "p-2",
      nextSendAt: mondayAt10InNewYork + 3 * hour,
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
    ["was launched later", { launchedAt: mondayAt10InNewYork + 1 }],
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
      getCollisionRecheckAt({ ...property, by: "property", nextSendAt }, mondayAt10InNewYork) -
      mondayAt10InNewYork;
    expect(at(mondayAt10InNewYork + 3 * hour)).toBe(3 * hour);
    expect(at(mondayAt10InNewYork - hour)).toBe(hour);
    expect(at(mondayAt10InNewYork + 9 * day)).toBe(day);
    expect(at(null)).toBe(day);
  });

  test("the later one gives the same recheck time whenever it is asked", () => {
    const dueAt = mondayAt10InNewYork + 2 * hour;
    const putOff = buildCandidate({
      recipient: { lease: null, dueAt, scheduledAt: mondayAt10InNewYork - hour },
      campaign: { launchedAt: mondayAt10InNewYork - hour },
      elsewhere: { people: [person] },
    });
    expect(explainHold(putOff, mondayAt10InNewYork)).toEqual({ reason: "inOtherCampaign", until: dueAt });
    expect(explainHold(putOff, mondayAt10InNewYork + hour)).toEqual({
      reason: "inOtherCampaign",
      until: dueAt,
    });
  });

  test("a draft is forecast as held, as if it were launched now", () => {
    const draft = buildCandidate({
      recipient: { lease: null, dueAt: null, scheduledAt: null },
      campaign: { status: "draft", launchedAt: null },
      elsewhere: { people: [person] },
    });
    expect(forecastSend(draft, true, mondayAt10InNewYork, null)).toMatchObject({
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
      getCoolOffEnd(me, elsewhere({ people: [sent(lastSentAt)] }), mondayAt10InNewYork);
    expect(cooledOffAfter(mondayAt10InNewYork - day + 1)).toBe(mondayAt10InNewYork + 1);
    expect(cooledOffAfter(mondayAt10InNewYork - day)).toBeNull();
  });

  test("are separated by the cool-off after the newest email of any campaign", () => {
    const people = [
      sent(mondayAt10InNewYork - 9 * day),
      sent(mondayAt10InNewYork - hour),
      sent(mondayAt10InNewYork - 2 * hour),
    ];
    expect(getCoolOffEnd(me, elsewhere({ people }), mondayAt10InNewYork)).toBe(
      mondayAt10InNewYork + 23 * hour,
    );
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
          leaseUntil: mondayAt10InNewYork + hour,
        }));
      return getCoolOffEnd(claim, elsewhere({ people }), mondayAt10InNewYork);
    });
    expect(verdicts).toEqual([mondayAt10InNewYork + 5 * 60_000, null, mondayAt10InNewYork + 5 * 60_000]);
  });

  test("do not wait for a claim that has expired", () => {
    const people = [{ ...person, lease: 1, leaseUntil: mondayAt10InNewYork }];
    expect(getCoolOffEnd(me, elsewhere({ people }), mondayAt10InNewYork)).toBeNull();
  });

  test("need no gap if the office has no cool-off, and an override or Send now does not shorten one", () => {
    const people = [sent(mondayAt10InNewYork - hour)];
    expect(getCoolOffEnd(me, elsewhere({ people, coolOffHours: 0 }), mondayAt10InNewYork)).toBeNull();
    const hurried = buildCandidate({
      recipient: { sendNow: 2 },
      campaign: { ignoresCollisions: true },
      elsewhere: { people },
    });
    expect(decideNextStep(hurried, mondayAt10InNewYork)).toEqual({
      kind: "hold",
      reason: "coolOff",
      until: mondayAt10InNewYork + 23 * hour,
    });
  });
});
