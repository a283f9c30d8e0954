import { describe, expect, test } from "vitest";
import { listingGuardSettings } from "../../shared/listing-guard.ts";
import {
  type CampaignType,
  campaignTypes,
  listingStatusSources,
  propertyStatuses,
} from "../../shared/vocabulary.ts";
import { englishListingTexts, listingRuleSources } from "../../shared/words/listing-guard-texts.ts";
import type { Listing } from "../../worker/domain/compliance/listing.ts";
import { buildListingFinding } from "../../worker/domain/compliance/listing-finding.ts";
import { judgeListing } from "../../worker/domain/compliance/listing-guard.ts";
import {
  addNotListedStatement,
  addReleaseStatement,
  applyListingReport,
  compareListings,
  readListingReport,
  unknownListing,
} from "../../worker/domain/compliance/listing-report.ts";
import {
  completeListingRules,
  interpretListingStatus,
} from "../../worker/domain/compliance/listing-status.ts";
import { decideNextStep } from "../../worker/domain/send/eligibility.ts";
import { forecastSend } from "../../worker/domain/send/forecast.ts";
import { buildCandidate, buildListing, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

const rules = completeListingRules({});
const now = mondayAt10InNewYork;
type Asked = "launch" | "later";

const judge = (
  change: Partial<Listing>,
  asked: Asked = "later",
  type: CampaignType = "sellerOutreach",
  begunAt = now - day,
) =>
  judgeListing(
    {
      campaignType: type,
      hasConsent: false,
      listing: buildListing(change),
      begunAt: asked === "launch" ? null : begunAt,
    },
    rules,
    now,
  );
const codeOf = (...asked: Parameters<typeof judge>) => {
  const verdict = judge(...asked);
  return verdict.kind === "open" ? "open" : verdict.code;
};

/**
 * The expected finding of the listing guard, which prevents emails to the owners of listed homes,
 * for each status that the host has just reported.
 */
const expected: Record<string, string> = {
  Active: "listedElsewhere",
  ActiveUnderContract: "listedElsewhere",
  ComingSoon: "listedElsewhere",
  Hold: "listedElsewhere",
  Incomplete: "listedElsewhere",
  Pending: "listedElsewhere",
  Closed: "recentlySold",
  Withdrawn: "listingWithdrawn",
  Delete: "statusUnconfirmed",
  Canceled: "open",
  Expired: "open",
  none: "open",
  "Office Exclusive": "statusUnconfirmed",
};
const grown = (status: string, age: number, asked: Asked): string => {
  const isOld = asked === "launch" ? age > day : age > 7 * day;
  return expected[status] === "open" && isOld && status !== "none" ? "statusStale" : (expected[status] ?? "");
};

const ages = [0, day - 1, day + 1, 6.9 * day, 7.1 * day];
/**
 * Every RESO status, the absence of a listing, and a host's own word for a status that the office
 * has not mapped.
 */
const statuses = [...propertyStatuses, "none", "Office Exclusive"] as const;
const cases = statuses.flatMap((status) =>
  campaignTypes.flatMap((type) =>
    [false, true].flatMap((isOwnListing) =>
      ages.flatMap((age) =>
        listingStatusSources.flatMap((source) =>
          (["launch", "tick", "call"] as const).map((asked) => ({
            status,
            type,
            isOwnListing,
            age,
            source,
            asked,
          })),
        ),
      ),
    ),
  ),
);

describe("the listing guard", () => {
  test(`decides ${cases.length} cases by one table: status, type, own listing, age, source, moment`, () => {
    const wrong = cases.filter(({ status, type, isOwnListing, age, source, asked }) => {
      const isExempt = type === "buyerNurture" || isOwnListing;
      const wanted = isExempt ? "open" : grown(status, age, asked === "launch" ? "launch" : "later");
      const known = { isOwnListing, source, statusAt: now - age, since: now - age };
      const stored = buildListing({ ...interpretListingStatus(status, { statusMap: {} }), ...known });
      const candidate = buildCandidate({
        campaign: {
          type,
          status: asked === "launch" ? "draft" : "active",
          launchedAt: asked === "launch" ? null : now - 9 * day,
        },
        recipient: { addedAt: now - 9 * day, nextStep: asked === "launch" ? 1 : 2 },
        listing: { stored, settings: {}, revision: 1 },
      });
      if (asked === "launch") {
        const { verdict, reason } = forecastSend(candidate, true, now, null);
        return (verdict === "willSend" ? "open" : reason) !== wanted;
      }
      const slot =
        asked === "tick" ? null : { slotAt: now, place: { day: "2026-10-05", number: 1 }, intervalMs: 1000 };
      const decision = decideNextStep(candidate, now, slot as Parameters<typeof decideNextStep>[2]);
      const found = decision.kind === "stop" || decision.kind === "hold" ? decision.reason : "open";
      return found !== wanted;
    });
    expect(cases).toHaveLength(13 * 5 * 2 * 5 * 4 * 3);
    expect(wrong).toEqual([]);
  });

  test("uses the status given with the recipient until a newer one is known", () => {
    const given = (standardStatus: string) => ({
      recipient: { addedAt: now - day, data: { recipient: {}, property: { standardStatus } } },
    });
    const decide = (standardStatus: string, stored: Partial<Listing>) =>
      decideNextStep(
        buildCandidate({ ...given(standardStatus), listing: { stored: buildListing(stored) } }),
        now,
      );
    expect(decide("Active", { ...unknownListing })).toEqual({ kind: "stop", reason: "listedElsewhere" });
    expect(decide("active under contract", { ...unknownListing }).kind).toBe("stop");
    expect(decide("Expired", { status: "Active", statusAt: now - hour }).kind).toBe("stop");
    expect(decide("Active", { status: "Expired", statusAt: now - hour }).kind).toBe("send");
    expect(decide("Expired", { status: "Active", statusAt: now - 2 * day }).kind).toBe("send");
  });

  test("exempts recorded consent, and the listings of the office's own keys", () => {
    const listing = buildListing({ status: "Active", listOfficeKey: "OFF-1", listAgentKey: "AG-1" });
    const ask = (hasConsent: boolean, settings: object) =>
      judgeListing(
        { campaignType: "followUp", hasConsent, listing, begunAt: null },
        completeListingRules(settings),
        now,
      ).kind;
    expect(ask(true, {})).toBe("open");
    expect(ask(false, {})).toBe("stop");
    expect(ask(false, { officeKeys: ["OFF-1"] })).toBe("open");
    expect(ask(false, { agentKeys: ["AG-1"] })).toBe("open");
    expect(ask(false, { officeKeys: ["AG-1"], agentKeys: ["OFF-1"] })).toBe("stop");
  });

  test.each([
    ["the day of the closing", { closeDate: "2026-10-05" }, "recentlySold"],
    ["180 days after the closing", { closeDate: "2026-04-08" }, "recentlySold"],
    ["182 days after the closing", { closeDate: "2026-04-06" }, "open"],
    ["an unknown closing, known for 179 days", { since: now - 179 * day }, "recentlySold"],
    ["an unknown closing, known for 182 days", { since: now - 182 * day }, "open"],
  ])("decides about a sale: %s", (_name, change, code) => {
    expect(codeOf({ status: "Closed", ...change }, "launch")).toBe(code);
  });

  test("stops a campaign that began before the sale, however long ago the sale was", () => {
    const sale = { status: "Closed" as const, closeDate: "2025-10-05" };
    expect(codeOf(sale, "later", "sellerOutreach", Date.UTC(2025, 9, 1))).toBe("recentlySold");
    expect(codeOf(sale, "later", "sellerOutreach", Date.UTC(2025, 9, 9))).toBe("open");
  });

  test.each([
    ["without an expiration date", {}, "listingWithdrawn"],
    ["that expires today", { expirationDate: "2026-10-05" }, "listingWithdrawn"],
    ["that expired yesterday, which is still today in Hawaii", { expirationDate: "2026-10-04" }, "open"],
    ["that expires next month", { expirationDate: "2026-11-05" }, "listingWithdrawn"],
  ])("decides about a withdrawn listing %s", (_name, change, code) => {
    expect(codeOf({ status: "Withdrawn", ...change })).toBe(code);
  });

  test("holds a withdrawn listing until it expires, or until an agent records a written release", () => {
    expect(judge({ status: "Withdrawn", expirationDate: "2026-11-05" })).toEqual({
      kind: "hold",
      code: "listingWithdrawn",
      until: Date.UTC(2026, 10, 6, 12),
    });
    const statement = { by: "agent-1", at: now, status: "Withdrawn", words: "Released on October 1" };
    expect(codeOf(addReleaseStatement(buildListing({ status: "Withdrawn" }), statement))).toBe("open");
  });

  test("accepts an agent's recent statement about a status that says nothing", () => {
    const statement = (at: number) => ({ by: "agent-1", at, status: "Delete", words: "Not listed anywhere" });
    const unclear = buildListing({ status: null, unmappedStatus: "TOM", statusAt: now - 9 * day });
    expect(codeOf(unclear)).toBe("statusUnconfirmed");
    expect(codeOf(addNotListedStatement(unclear, statement(now - 6 * day)))).toBe("open");
    expect(codeOf(addNotListedStatement(unclear, statement(now - 8 * day)))).toBe("statusStale");
    expect(codeOf(addNotListedStatement(unclear, statement(now - 2 * day)), "launch")).toBe("statusStale");
  });

  test("accepts a recent lookup of the status for later emails, but not for a launch", () => {
    const old = { status: "Expired" as const, statusAt: now - 20 * day, lookedAt: now - 3 * day };
    expect(codeOf(old)).toBe("open");
    expect(codeOf(old, "launch")).toBe("statusStale");
  });

  test("can be made stricter by an office", () => {
    const strict = completeListingRules({ extraBlockedStatuses: ["Expired"], closedDays: 365 });
    const ask = (change: Partial<Listing>) =>
      judgeListing(
        { campaignType: "sellerOutreach", hasConsent: false, listing: buildListing(change), begunAt: null },
        strict,
        now,
      );
    expect(ask({ status: "Expired" })).toEqual({ kind: "stop", code: "officeBlocksStatus" });
    expect(ask({ status: "Closed", closeDate: "2025-12-01" })).toEqual({
      kind: "stop",
      code: "recentlySold",
    });
  });

  test.each([
    ["closedDays", { closedDays: 179 }],
    ["launchStatusHours", { launchStatusHours: 25 }],
    ["laterStatusDays", { laterStatusDays: 8 }],
    ["statusMap.Active", { statusMap: { Active: "none" } }],
    ["statusMap.coming soon", { statusMap: { "coming soon": "Expired" } }],
    ["blockedStatuses", { blockedStatuses: [] }],
  ])("can't be made looser by an office: %s", (field, settings) => {
    const result = listingGuardSettings.safeParse(settings);
    const named = result.error?.issues.map(({ path, ...issue }) =>
      issue.code === "unrecognized_keys" ? issue.keys.join() : path.join("."),
    );
    expect(named).toEqual([field]);
  });

  test("has a sentence, a source and a date for every code", () => {
    for (const [code, source] of Object.entries(listingRuleSources)) {
      expect(Object.keys(englishListingTexts)).toContain(code);
      expect(source.source.length).toBeGreaterThan(10);
      expect(source.checkedOn).toMatch(/^2026-\d\d-\d\d$/);
    }
    const listing = buildListing({ status: "Active", since: Date.UTC(2026, 4, 3, 16) });
    expect(buildListingFinding("listedElsewhere", listing, "America/New_York")).toMatchObject({
      code: "listedElsewhere",
      message: "This home has been listed (Active) with another brokerage since May 3, 2026.",
      status: "Active",
      statusSource: "host",
    });
  });
});

describe("a report about a listing", () => {
  const report = (status: string | null, at: number) => ({ status, at, source: "host" as const });
  const apply = (known: Listing, ...reports: ReturnType<typeof report>[]) =>
    reports.reduce((listing, one) => applyListingReport(listing, one, rules, now), known);

  test("counts if it is the newest, in whatever order the reports arrive", () => {
    const [old, fresh] = [report("Expired", now - 2 * day), report("Active", now - day)];
    expect(apply(unknownListing, old, fresh).status).toBe("Active");
    expect(apply(unknownListing, fresh, old).status).toBe("Active");
    expect(apply(unknownListing, report("Active", now + 9 * day)).statusAt).toBe(now);
  });

  test("about a withdrawn listing with another brokerage or end drops the release from the earlier one", () => {
    const release = { by: "a", at: now - 9 * day, status: "Withdrawn", words: "Released in writing." };
    const withdrawn = {
      ...report("Withdrawn", now - 9 * day),
      listOfficeKey: "B-1",
      expirationDate: "2027-05-01",
    };
    const released = { ...applyListingReport(unknownListing, withdrawn, rules, now), release };
    const again = (change: object) =>
      applyListingReport(released, { ...report("Withdrawn", now), ...change }, rules, now).release;
    expect(again({})).toEqual(release);
    expect(again({ listOfficeKey: "B-1", expirationDate: "2027-05-01" })).toEqual(release);
    expect(again({ listOfficeKey: "B-2" })).toBeNull();
    expect(again({ expirationDate: "2027-11-01" })).toBeNull();
    expect(again({ status: undefined, listOfficeKey: "B-2" })).toBeNull();
  });

  test("keeps the start of a status that stays, and clears the data of the previous listing", () => {
    const first = applyListingReport(
      unknownListing,
      { ...report("Withdrawn", now - 3 * day), expirationDate: "2026-12-01" },
      rules,
      now,
    );
    const again = apply(first, report("Withdrawn", now - day));
    expect(again).toMatchObject({ since: now - 3 * day, statusAt: now - day, expirationDate: "2026-12-01" });
    expect(apply(again, report("Active", now))).toMatchObject({ since: now, expirationDate: null });
    expect(apply(again, report(null, now))).toMatchObject({ status: null, unmappedStatus: null });
  });

  test.each([
    ["Active Under Contract", {}, { status: "ActiveUnderContract", unmappedStatus: null }],
    ["CANCELLED", {}, { status: "Canceled", unmappedStatus: null }],
    ["Off Market", {}, { status: null, unmappedStatus: null }],
    ["off-market", { "OFF MARKET": "Withdrawn" as const }, { status: "Withdrawn", unmappedStatus: null }],
    ["Temp Off", {}, { status: null, unmappedStatus: "Temp Off" }],
    ["", {}, { status: null, unmappedStatus: null }],
  ])("maps the host's word %j", (word, statusMap, meant) => {
    expect(interpretListingStatus(word, { statusMap })).toEqual(meant);
  });

  test("is written only if something changed or an hour has passed", () => {
    const known = buildListing({ status: "Expired", statusAt: now - 2 * hour });
    expect(compareListings(known, { ...known, statusAt: now - 1.5 * hour })).toBe("same");
    expect(compareListings(known, { ...known, statusAt: now })).toBe("times");
    expect(compareListings(known, { ...known, listOfficeKey: "OFF-2" })).toBe("content");
    expect(compareListings(unknownListing, buildListing({ status: null }))).toBe("content");
  });

  test("is read from a host's property record with the record's own time", () => {
    const read = (property: Record<string, unknown>) => readListingReport(property, now);
    expect(read({})).toBeNull();
    expect(read({ standardStatus: 7 })).toBeNull();
    expect(read({ standardStatus: "Expired", closeDate: "soon", listOfficeKey: 12 })).toMatchObject({
      at: now,
      closeDate: undefined,
      listOfficeKey: "12",
    });
    expect(read({ standardStatus: "Expired", statusAsOf: "2026-10-01T00:00:00Z" })?.at).toBe(
      Date.UTC(2026, 9, 1),
    );
    expect(read({ standardStatus: "Expired", statusAsOf: "2027-10-01T00:00:00Z" })?.at).toBe(now);
  });
});
