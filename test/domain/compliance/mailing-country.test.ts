import { describe, expect, it } from "vitest";
import { isMailedAbroad } from "../../../worker/domain/compliance/mailing-country.ts";
import { decideNextStep } from "../../../worker/domain/send/eligibility.ts";
import { buildCandidate, monday10 } from "../../support/candidate.ts";

describe("a person's mailing address", () => {
  it.each([
    { mailingCountry: "Canada" },
    { mailingCountry: "MX", mailingState: "JA" },
    { homeCountry: "Deutschland" },
    { mailingState: "ON", mailingPostalCode: "M5V 2T6" },
    { mailingStateOrProvince: "Québec" },
    { mailingPostalCode: "SW1A 1AA" },
    { mailingAddress: { street: "1 King St", country: "United Kingdom" } },
    { mailingAddress: "12 Bay St, Toronto, ON M5V 2T6" },
    { mailingAddress: "12 Bay St, Toronto, Canada" },
    { mailingAddress: "12 Bay St\nToronto ON M5V 2T6\nCanada" },
    { mailingAddress: "12 Bay St, Toronto ON M5V 2T6 Canada" },
    { mailingAddress: "Calle 5 #20, Guadalajara, Mexico" },
    { mailingAddress: "1 High St, Leeds, LS1 4AP, UK" },
    { mailingAddress: "Hauptstr. 4, 10115 Berlin, Germany" },
    { mailingState: "Baja California", mailingPostalCode: "22000" },
    { mailingState: "Scotland" },
    { mailingCountry: "CA" },
  ])("is abroad in the data %j", (data) => expect(isMailedAbroad(data)).toBe(true));

  it.each([
    {},
    { mailingCountry: "USA" },
    { mailingCountry: "U.S." },
    { mailingCountry: "Puerto Rico" },
    { mailingState: "NE", mailingPostalCode: "68102" },
    { mailingAddress: "740 Larkspur Ct, Denver, CO 80206" },
    { mailingAddress: "12 Canada Way, Ontario, CA 91761" },
    { mailingAddress: "4 England St, Mexico, MO 65265-1234" },
    { mailingAddress: { state: "TX", postalCode: "78701" } },
    { country: "Canada" },
    { mailingAddress: "5 Canyon Rd, Santa Fe, New Mexico" },
    { mailingAddress: "5 Canyon Rd, Santa Fe, New Mexico 87501" },
    { mailingAddress: "8 Oak St, Mexico" },
    { mailingAddress: "8 Oak St, Peru, Indiana" },
    { mailingAddress: "120 Jamaica Ave, Jamaica, NY" },
    { mailingCountry: "N/A", mailingState: "CO" },
    { mailingCountry: "-" },
    { mailingCountry: "United States of America" },
    { mailingCountry: "United States of America (USA)" },
    { mailingCountry: "Estados Unidos de América" },
    { mailingCountry: "EE. UU." },
    { mailingCountry: "U.S. Virgin Islands" },
    { mailingCountry: "Virgin Islands (U.S.)" },
    { mailingCountry: "American Samoa" },
    { mailingCountry: "Northern Mariana Islands" },
    { mailingCountry: "PRI" },
    { mailingAddress: "PSC 3 Box 40, APO AE 09012" },
    { mailingState: "D.C.", mailingPostalCode: "20001" },
  ])("is not abroad in the data %j", (data) => {
    expect(isMailedAbroad(data)).toBe(false);
  });
});

describe("an email to a person abroad", () => {
  const data = { recipient: { mailingCountry: "Canada" }, property: {} };
  const consent = { by: "Jane Doe", at: "2026-01-01T00:00:00Z", words: "Yes", to: "Cedar & Main" };

  it("waits for a recorded consent", () => {
    const held = buildCandidate({ recipient: { data } });
    expect(decideNextStep(held, monday10)).toEqual({ kind: "hold", reason: "needsConsent", until: null });
    const free = buildCandidate({ recipient: { data, consent } });
    expect(decideNextStep(free, monday10)).toEqual({ kind: "send" });
  });
});
