import { describe, expect, it } from "vitest";
import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";
import {
  type ContactOrigin,
  describeContactReason,
  findPropertyCounty,
} from "../../../worker/domain/compliance/contact-reason.ts";

const origin: ContactOrigin = { source: "host", sourceDate: null, consent: null, county: null };
const office = { brokerage: "Cedar & Main Homes", agent: "Dana Reyes", state: "CO" };
const describeReason = (change: Partial<ContactOrigin>, more: Partial<typeof office> = {}) =>
  describeContactReason({ ...origin, ...change }, { ...office, ...more });

const reasons: Record<RecipientSource, string> = {
  host: "your contact information is in Cedar & Main Homes' records",
  agent: "Dana Reyes added your contact information",
  list: "your contact information is on a list that Cedar & Main Homes obtained",
  countyRecords: "your name is in the county's property records",
  pastListing: "your listing ended on May 3, 2026",
  referral: "someone referred you to Cedar & Main Homes",
  openHouse: "you left your contact information at an open house on May 3, 2026",
  website: "you left your contact information with Cedar & Main Homes online",
  pastClient: "you have been a client of Cedar & Main Homes",
  probate: "your name is in a public record about this property",
  preForeclosure: "your name is in a public record about this property",
  other: "Cedar & Main Homes has your contact information",
};

describe("the reason for an email", () => {
  it.each(recipientSources)("is one true sentence for the source %s", (source) => {
    expect(describeReason({ source, sourceDate: "2026-05-03" })).toBe(
      `You got this email because ${reasons[source]}.`,
    );
  });

  it("leaves out a date that is not recorded", () => {
    expect(describeReason({ source: "pastListing" })).toBe("You got this email because your listing ended.");
  });

  it("is the recorded consent, if there is one", () => {
    const consent = { by: "Jane", at: "2026-05-03T23:30:00Z", words: "Yes", to: "Cedar & Main, Inc." };
    expect(describeReason({ source: "list", consent })).toBe(
      "You got this email because you agreed to emails from Cedar & Main, Inc. on May 3, 2026.",
    );
  });

  it("names neither a death nor a debt", () => {
    for (const source of recipientSources) {
      expect(describeReason({ source, sourceDate: "2026-05-03" })).not.toMatch(
        /probate|estate|deceased|death|foreclos|default|court|debt/i,
      );
    }
  });

  it("ends with one period, even if the office's name ends with a period", () => {
    expect(describeReason({ source: "pastClient" }, { brokerage: "Cedar, Inc." })).toMatch(/[^.]\.$/);
  });
});

describe("the county in the reason for an email", () => {
  it.each([
    ["Denver", "CO", "Denver County's"],
    ["DENVER", "CO", "Denver County's"],
    ["st. louis", "MO", "St. Louis County's"],
    ["Miami-Dade County", "FL", "Miami-Dade County's"],
    ["Orleans", "LA", "Orleans Parish's"],
    ["Orleans Parish", "LA", "Orleans Parish's"],
    ["Richmond City", "VA", "Richmond City's"],
    ["Anchorage", "AK", "the county's"],
    ["Matanuska-Susitna Borough", "AK", "Matanuska-Susitna Borough's"],
    ["08031", "CO", "the county's"],
    ["Denver, CO", "CO", "the county's"],
    ["x".repeat(60), "CO", "the county's"],
    [null, "CO", "the county's"],
  ])("%s in %s is written as %s", (county, state, name) => {
    expect(describeReason({ source: "countyRecords", county }, { state })).toBe(
      `You got this email because your name is in ${name} property records.`,
    );
  });

  it("is read from the host's property record", () => {
    expect(findPropertyCounty({ countyOrParish: "  Denver ", county: "x" })).toBe("Denver");
    expect(findPropertyCounty({ county: "Adams" })).toBe("Adams");
    expect(findPropertyCounty({ county: 31, countyOrParish: " " })).toBeNull();
  });
});
