import { describe, expect, it } from "vitest";
import { toContacts } from "../../plugin/host/mapping.ts";
import { createLaunchKeys, generateUuid } from "../../plugin/session/intent.ts";
import {
  buildLaunchRequest,
  createLaunchDraft,
  listLaunchCandidates,
} from "../../plugin/session/launch-draft.ts";
import { campaignCreate } from "../../shared/campaign.ts";
import type { Preset } from "../../shared/preset.ts";
import type { CampaignRecipient } from "../../shared/recipient.ts";
import type { Sender } from "../../shared/sender.ts";

const contacts = toContacts([
  { ContactKey: "K1", FirstName: "Mary", LastName: "Ellison", Email: "mary@example.com" },
  { ContactKey: "K2", FullName: "Ellison Family Trust" },
  { ContactKey: "K3", FullName: "M. Ellison", Email: "MARY@example.com" },
  { ContactKey: "K4", FullName: "Rob Ellison", Email: "rob@" },
]);
const draft = createLaunchDraft("sellerOutreach");

const earlier = (part: Partial<CampaignRecipient>): CampaignRecipient => ({
  id: 1,
  campaignId: 1,
  campaignName: "Just sold",
  email: "mary@example.com",
  name: "Mary Ellison",
  propertyId: "p1",
  contactKey: "K1",
  timeZone: null,
  timeZoneSource: null,
  status: "completed",
  stopReason: null,
  outcome: "delivered",
  nextStepKind: null,
  taskExpiresAt: null,
  nextStepNumber: null,
  nextSendAt: null,
  lastSentAt: null,
  snoozedUntil: null,
  createdAt: "2026-11-01T00:00:00Z",
  ...part,
});

describe("who is offered", () => {
  const [mary, trust, twin, wrong] = listLaunchCandidates(contacts, draft, []);

  it("has an email: ticked to begin with", () =>
    expect(mary).toMatchObject({ isSelected: true, note: null }));
  it("has none: not ticked, but may be added to wait for one", () => {
    expect(trust).toMatchObject({ isSelected: false, isSelectable: true });
  });
  it("has the address of somebody above: once is enough", () => {
    expect(twin).toMatchObject({ isSelectable: false, note: "Same address as Mary Ellison" });
  });
  it("has an address that can't be one: not selectable, and says why", () => {
    expect(wrong?.isSelectable).toBe(false);
  });

  it("is in a running campaign: not ticked, but the agent may insist", () => {
    const known = [earlier({ status: "active" })];
    expect(listLaunchCandidates(contacts, draft, known)[0]).toMatchObject({
      isSelected: false,
      note: "Already in “Just sold”",
    });
    const insisted = { ...draft, ticked: { K1: true } };
    expect(listLaunchCandidates(contacts, insisted, known)[0]?.isSelected).toBe(true);
  });

  it("has opted out: can't be ticked at all, whatever else is known of them", () => {
    const known = [earlier({ status: "active" }), earlier({ outcome: "unsubscribed", status: "stopped" })];
    const insisted = { ...draft, ticked: { K1: true } };
    expect(listLaunchCandidates(contacts, insisted, known)[0]).toMatchObject({
      isSelectable: false,
      isSelected: false,
    });
  });

  it("finished an earlier campaign: ticked like anybody", () => {
    expect(listLaunchCandidates(contacts, draft, [earlier({})])[0]?.isSelected).toBe(true);
  });
});

describe("a launch", () => {
  const preset: Preset = {
    id: "sellerOutreach",
    name: "Seller outreach",
    description: "",
    type: "sellerOutreach",
    steps: [],
  };
  const sender: Sender = {
    id: 7,
    fromName: "Dana",
    fromEmail: "dana@example.com",
    replyTo: null,
    ratePerSecond: 1,
    minGapSeconds: 0,
    dailyCap: null,
    ramp: null,
    domainDailyCap: null,
    timeZone: "America/Denver",
    phone: null,
    license: null,
    isPaused: false,
    slotsToday: 0,
    effectiveDailyCap: null,
    nextSlotAt: "2026-11-22T10:00:00Z",
  };
  const property = { propertyId: "p1", streetAddress: "1214 Maple Street" };
  const request = buildLaunchRequest({
    preset,
    sender,
    hours: "weekdays",
    skipsHolidays: true,
    recipients: contacts.slice(0, 2),
    property,
    propertyId: "p1",
    ignoresCollisions: true,
  });

  it("is a request the Worker's contract accepts", () => {
    const parsed = campaignCreate.parse(request);
    expect(parsed.status).toBe("active");
    expect(parsed.schedule).toMatchObject({ timeZone: "America/Denver", skipsHolidays: true });
    expect(parsed.ignoresCollisions).toBe(true);
    expect(parsed.recipients.map(({ email }) => email)).toEqual(["mary@example.com", null]);
    expect(parsed.recipients[0]).toMatchObject({ contactKey: "K1", firstName: "Mary", property });
  });

  it("tried again is the same launch; changed, or after it went through, it is another", () => {
    let count = 0;
    const keys = createLaunchKeys(() => `key-${++count}`);
    expect(keys.getKey(request)).toBe("key-1");
    expect(keys.getKey({ ...request })).toBe("key-1");
    expect(keys.getKey({ ...request, name: "Other" })).toBe("key-2");
    keys.forgetKey();
    expect(keys.getKey({ ...request, name: "Other" })).toBe("key-3");
  });

  it("has a key in a form every server knows", () => {
    expect(generateUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(generateUuid()).not.toBe(generateUuid());
  });
});
