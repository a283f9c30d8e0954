import { describe, expect, it } from "vitest";
import { toContacts } from "../../plugin/host/mapping.ts";
import { buildConsent } from "../../plugin/session/consent.ts";
import { listLaunchCandidates, type PropertyContactHistory } from "../../plugin/session/launch-candidates.ts";
import { createLaunchDraft } from "../../plugin/session/launch-draft.ts";
import { createLaunchIdempotencyKeys, generateUuid } from "../../plugin/session/launch-idempotency-keys.ts";
import { buildLaunchRequest, buildPlanRequest } from "../../plugin/session/launch-request.ts";
import { describeCandidateCounts, matchesCandidate } from "../../plugin/words/candidate.ts";
import { describeAnswer, describeRefusal } from "../../plugin/words/contact-history.ts";
import { campaignCreate } from "../../shared/campaign.ts";
import { campaignPlanInput } from "../../shared/campaign-plan.ts";
import type { ContactAnswer, ContactFacts } from "../../shared/contact-history.ts";
import type { Preset } from "../../shared/preset.ts";
import type { Refusal } from "../../shared/refusal.ts";
import type { Sender } from "../../shared/sender.ts";

const contacts = toContacts([
  { ContactKey: "K1", FirstName: "Mary", LastName: "Ellison", Email: "mary@example.com" },
  { ContactKey: "K2", FullName: "Ellison Family Trust" },
  { ContactKey: "K3", FullName: "M. Ellison", Email: "MARY@example.com" },
  { ContactKey: "K4", FullName: "Rob Ellison", Email: "rob@" },
]);
const draft = createLaunchDraft("sellerOutreach");

const format = { date: (iso: string) => iso.slice(0, 10) };

const nothing: ContactFacts = {
  suppressed: null,
  refusedHere: null,
  answered: null,
  emailed: null,
  otherCampaign: null,
  bounced: false,
  undecidedElsewhere: null,
  isClosed: false,
};
const answer: ContactAnswer = {
  name: "Mary Ellison",
  email: "mary@example.com",
  answeredAt: "2026-11-03T15:00:00.000Z",
  firstWords: "Call me on Thursday.",
  campaignId: 7,
  campaignName: "Just sold",
};
const refusal: Refusal = {
  kind: "unsubscribed",
  name: "Mary Ellison",
  email: "mary@example.com",
  refusedAt: "2026-11-03T15:00:00.000Z",
  note: null,
  replyText: null,
  recipientId: 1,
};

/**
 * Builds the history of a property. `mary` has the known facts about the contact Mary, such as
 * earlier emails and refusals.
 */
const remember = (
  mary: Partial<ContactFacts> = {},
  part: Partial<PropertyContactHistory> = {},
): PropertyContactHistory => ({
  closedBy: [],
  answers: [],
  mayOverride: false,
  marks: new Map([["K1", { ...nothing, ...mary }]]),
  ...part,
});

describe("the contacts offered for a launch", () => {
  const [mary, trust, twin, wrong] = listLaunchCandidates(contacts, draft, remember(), format);
  const ticking = { ...draft, ticked: { K1: true, K2: true } };
  const first = (memory: PropertyContactHistory, chosen: typeof draft = draft) =>
    listLaunchCandidates(contacts, chosen, memory, format)[0];

  it("ticks only the first eight of many contacts, and everybody whom the agent has added", () => {
    const many = toContacts(
      Array.from({ length: 12 }, (_, index) => ({
        ContactKey: `M${index}`,
        FullName: `Owner ${index}`,
        Email: index === 2 ? null : `owner${index}@example.com`,
      })),
    );
    const [typed] = toContacts([{ ContactKey: "T1", FullName: "Ann Typed", Email: "ann@example.com" }]);
    const added = typed === undefined ? [] : [typed];
    const offered = listLaunchCandidates(many, { ...draft, added }, remember(), format);
    const ticked = offered.filter(({ isSelected }) => isSelected).map(({ contact }) => contact.name);
    expect(ticked).toEqual([...[0, 1, 3, 4, 5, 6, 7].map((index) => `Owner ${index}`), "Ann Typed"]);
    expect(describeCandidateCounts(offered)).toBe("8 of 13 selected · 1 without an email address");
    expect(offered.filter((one) => matchesCandidate(one, " TYPED ")).length).toBe(1);
  });

  it("include a contact with an email, selected", () =>
    expect(mary).toMatchObject({ isSelected: true, note: null, history: null }));
  it("include a contact without an email, not selected, who may wait for one", () => {
    expect(trust).toMatchObject({ isSelected: false, isSelectable: true });
  });
  it("include each email address only once", () => {
    expect(twin).toMatchObject({
      isSelectable: false,
      note: "Same email address as Mary Ellison. One email goes to both",
    });
  });
  it("include a couple with one address as one letter that greets both", () => {
    const couple = ["Jane", "John"].map((FirstName) => ({
      FirstName,
      LastName: "Doe",
      Email: "doe@example.com",
    }));
    const [first, second] = listLaunchCandidates(toContacts(couple), draft, remember(), format);
    expect([first?.isSelected, first?.contact.data.salutation]).toEqual([true, "Jane and John"]);
    expect(second?.isSelectable).toBe(false);
    const [alone] = listLaunchCandidates(toContacts(couple.slice(0, 1)), draft, remember(), format);
    expect(alone?.contact.data).not.toHaveProperty("salutation");
  });
  it("include an invalid address, which can't be selected", () => {
    expect(wrong?.isSelectable).toBe(false);
  });

  it.each<[string, Partial<ContactFacts>]>([
    ["Already in “Just sold”", { otherCampaign: { id: 1, name: "Just sold", by: "person" } }],
    ["Replied to “Just sold” on 2026-11-03", { answered: answer }],
    ["An earlier email to this address bounced", { bounced: true }],
  ])("are not selected, but can be, with the note: %s", (note, marks) => {
    expect(first(remember(marks))).toMatchObject({ isSelected: false, isSelectable: true, note });
    expect(first(remember(marks), ticking)?.isSelected).toBe(true);
  });

  it("never allow the selection of a contact on the do-not-email list", () => {
    const suppressed = { reason: "unsubscribed" as const, since: refusal.refusedAt };
    const memory = remember({ suppressed, answered: answer }, { mayOverride: true });
    expect(first(memory, { ...ticking, refusalNote: "She called" })).toMatchObject({
      isSelectable: false,
      isSelected: false,
      note: "They unsubscribed from your emails (2026-11-03)",
    });
  });

  it("show what was sent already, and stay selected", () => {
    const emailed = { count: 3, lastAt: refusal.refusedAt, lastFrom: "Ann" };
    expect(first(remember({ emailed }))).toMatchObject({
      isSelected: true,
      history: "3 emails so far, the last from Ann on 2026-11-03",
    });
  });

  it("are not selected after an answer by anybody at the property, but can be selected", () => {
    const memory = remember({}, { answers: [answer] });
    expect(listLaunchCandidates(contacts, draft, memory, format).some(({ isSelected }) => isSelected)).toBe(
      false,
    );
    expect(first(memory, ticking)?.isSelected).toBe(true);
  });

  it("can't be selected at a closed property until a team lead has started a note", () => {
    const memory = remember({ isClosed: true }, { closedBy: [refusal], mayOverride: true });
    expect(
      listLaunchCandidates(contacts, ticking, memory, format).some(({ isSelectable }) => isSelectable),
    ).toBe(false);
    expect(first(memory, { ...draft, refusalNote: "" })).toMatchObject({
      isSelectable: true,
      isSelected: false,
    });
    expect(first(memory, { ...ticking, refusalNote: "" })?.isSelected).toBe(true);
  });

  it("exclude only the wrong person, and select the others", () => {
    const tom = toContacts([
      { ContactKey: "K1", FullName: "Mary", Email: "mary@example.com" },
      { ContactKey: "K2", FullName: "Tom", Email: "tom@example.com" },
    ]);
    const memory = remember({ isClosed: true, refusedHere: { ...refusal, kind: "wrongPerson" } });
    expect(listLaunchCandidates(tom, draft, memory, format)).toMatchObject([
      { isSelectable: false, note: "Wrong person for this property (2026-11-03)" },
      { isSelected: true, note: null },
    ]);
  });
});

describe("the banner over the contacts", () => {
  it("shows who answered what and when, with the text if the session may see it", () => {
    expect(describeAnswer(answer, format)).toBe(
      "Mary Ellison replied to “Just sold” on 2026-11-03: “Call me on Thursday.”",
    );
    expect(describeAnswer({ ...answer, firstWords: null, name: "" }, format)).toBe(
      "mary@example.com replied to “Just sold” on 2026-11-03.",
    );
  });

  it("shows who refused and when, with an agent's note", () => {
    expect(describeRefusal(refusal, format)).toBe(
      "Mary Ellison opted out of your office’s emails on 2026-11-03.",
    );
    expect(describeRefusal({ ...refusal, kind: "refused", note: "Not selling" }, format)).toBe(
      "Mary Ellison asked for no more emails on 2026-11-03. “Not selling”",
    );
  });
});

describe("a launch request", () => {
  const preset: Preset = {
    id: "sellerOutreach",
    language: "en",
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
    licensedName: null,
    licenseType: null,
    licenseNumber: null,
    licenseState: null,
    otherLicenses: [],
    isPaused: false,
    slotsToday: 0,
    effectiveDailyCap: null,
    nextSlotAt: "2026-11-22T10:00:00Z",
  };
  const property = { propertyId: "p1", streetAddress: "1214 Maple Street" };
  const launch: Parameters<typeof buildLaunchRequest>[0] = {
    preset,
    sender,
    timing: createLaunchDraft("sellerOutreach"),
    recipients: contacts.slice(0, 2),
    property,
    propertyId: "p1",
    ignoresCollisions: true,
    unknownPolicy: "office",
    refusalNote: "Tom called",
    listingStatement: null,
    nearbySale: null,
    status: "active",
    wordings: {},
  };
  const request = buildLaunchRequest(launch);

  it("is accepted by the Worker's contract", () => {
    const parsed = campaignCreate.parse(request);
    expect(parsed.status).toBe("active");
    expect(parsed.schedule).toMatchObject({ timeZone: "America/Denver", skipsHolidays: true });
    expect(parsed.ignoresCollisions).toBe(true);
    expect(parsed.refusalNote).toBe("Tom called");
    expect(parsed.recipients.map(({ email }) => email)).toEqual(["mary@example.com", null]);
    expect(parsed.recipients[0]).toMatchObject({ contactKey: "K1", firstName: "Mary", property });
  });

  it("with a first day starts when that day begins for the sender", () => {
    const timing = { ...draft, startOn: "2026-11-30" };
    const scheduled = buildLaunchRequest({ ...launch, timing, refusalNote: null, status: "draft" });
    expect(campaignCreate.parse(scheduled)).toMatchObject({
      status: "draft",
      schedule: { startAt: "2026-11-30T07:00:00.000Z" },
    });
  });

  it("contains the consents that the agent has recorded, as the plan of its dates does", () => {
    const now = Date.parse("2026-11-24T09:00:00Z");
    const typed = { by: " Mary Ellison", words: "Please email me.", to: "Alder Ridge Realty" };
    expect(buildConsent({ ...typed, on: "2026-11-25" }, now)).toBe(null);
    expect(buildConsent({ ...typed, words: " ", on: "2026-11-03" }, now)).toBe(null);
    expect(buildConsent({ ...typed, on: "2026-11-24" }, now)?.at).toBe("2026-11-24T00:00:00.000Z");
    const consent = buildConsent({ ...typed, on: "2026-11-03" }, now);
    if (consent === null) throw new Error("no consent");
    expect(consent).toEqual({ ...typed, by: "Mary Ellison", at: "2026-11-03T12:00:00.000Z" });
    const people = contacts.slice(0, 2).map((one, index) => (index === 0 ? { ...one, consent } : one));
    const parsed = campaignCreate.parse(buildLaunchRequest({ ...launch, recipients: people }));
    expect(parsed.recipients.map((one) => one.consent)).toEqual([consent, null]);
    const planned = buildPlanRequest({ preset, sender, timing: draft }, people, property, "p1");
    expect(campaignPlanInput.parse(planned).recipients.map((one) => one.consent)).toEqual([consent, null]);
  });

  it("has the same key when it is repeated, and a new key when it is changed or has succeeded", () => {
    let count = 0;
    const keys = createLaunchIdempotencyKeys(() => `key-${++count}`);
    expect(keys.getKey(request)).toBe("key-1");
    expect(keys.getKey({ ...request })).toBe("key-1");
    expect(keys.getKey({ ...request, name: "Other" })).toBe("key-2");
    keys.forgetKey();
    expect(keys.getKey({ ...request, name: "Other" })).toBe("key-3");
  });

  it("has a UUID as its key", () => {
    expect(generateUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(generateUuid()).not.toBe(generateUuid());
  });
});

describe("the timing of a launch", () => {
  const hours = [{ days: [2], startTime: "10:00", endTime: "12:00" }];
  const rules = {
    ...{ sendWindow: hours, skipsHolidays: false, exitStatuses: [], stopsOnClick: false },
    endsAfterDays: null,
  };
  const plan = (own: typeof rules | undefined, change: Partial<typeof draft> = {}) => {
    const preset = own === undefined ? { id: "12" } : { id: "12", rules: own };
    const request = buildPlanRequest({ preset, sender: null, timing: { ...draft, ...change } }, [], {}, "p1");
    return { hours: request.sendWindow, skipsHolidays: request.schedule?.skipsHolidays };
  };

  it("is the sequence's, unless the agent chooses hours or holidays for this launch", () => {
    expect(plan(rules)).toEqual({ hours, skipsHolidays: false });
    expect(plan(rules, { hours: "anytime" })).toEqual({ hours: null, skipsHolidays: false });
    expect(plan(rules, { skipsHolidays: true })).toEqual({ hours, skipsHolidays: true });
  });

  it("is on weekdays without holidays if the sequence says nothing", () => {
    const weekdays = [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }];
    expect(plan(undefined)).toEqual({ hours: weekdays, skipsHolidays: true });
  });
});
