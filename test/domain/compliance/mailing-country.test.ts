import { describe, expect, it } from "vitest";
import { isMailedAbroad } from "../../../worker/domain/compliance/mailing-country.ts";
import { decideNextStep } from "../../../worker/domain/send/eligibility.ts";
import { buildCandidate, mondayAt10InNewYork } from "../../support/candidate.ts";

const isAbroad = (recipient: object, property = {}) =>
  isMailedAbroad({ recipient: { ...recipient }, property });

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
    // A country without "mailing" before it is the person's.
    { country: "Canada" },
    { country: "canada " },
    { countryCode: "GB" },
    { address: { city: "Lyon", country: "France" } },
    { stateOrProvince: "QC", city: "Laval" },
    { mailingAddress: "12 Bay St", city: "Toronto", country: "Canada" },
    // Canada in one line.
    { mailingAddress: "1250, rue Sherbrooke Ouest, Montréal (Québec) H3G 1H1" },
    { mailingAddress: "1250 rue Sherbrooke Ouest, Montréal (Québec)" },
    { mailingAddress: "1250 rue Sherbrooke O, Montréal QC H3G1H1" },
    { mailingAddress: "1250 RUE SHERBROOKE O MONTREAL QC H3G 1H1 CANADA" },
    { mailingAddress: "12 BAY ST TORONTO ON CANADA" },
    { mailingAddress: "12 Bay St, Toronto ON" },
    { mailingAddress: "12 Bay St, Toronto, Ontario" },
    { mailingAddress: "88 Water St, Vancouver, BC, CA" },
    { mailingAddress: "5 Duckworth St, St. John's, Newfoundland and Labrador" },
    { mailingAddress: "12 Bay St, Toronto Canada" },
    { mailingState: "Prince Edward Island" },
    { mailingState: "Que." },
    { mailingPostalCode: "H3G1H1" },
    // France and other countries with the code before the city.
    { mailingAddress: "12 rue de Rivoli, 75001 Paris" },
    { mailingAddress: "12 rue de Rivoli, Paris" },
    { mailingAddress: "12 bis avenue de la République, Lyon" },
    { mailingAddress: "12 rue de Rivoli 75001 Paris France" },
    { mailingAddress: "3 place d’Italie, Paris" },
    { mailingAddress: "12 rue de Rivoli", mailingCity: "Paris" },
    { mailingAddress: "Hauptstraße 4, 10115 Berlin" },
    { mailingAddress: "Hauptstr. 4, D-10115 Berlin" },
    { mailingAddress: "Hauptstr. 4, 10115 Berlin, DE" },
    { mailingAddress: "Herengracht 12, 1015 BK Amsterdam" },
    { mailingAddress: "Via Roma 1, 00184 Roma" },
    { mailingAddress: "Calle Mayor 5, 28013 Madrid" },
    { mailingAddress: "Calle Mayor 5, Madrid" },
    { mailingAddress: "Rua Augusta 12, 1100-053 Lisboa" },
    { mailingAddress: "Drottninggatan 5, 111 51 Stockholm" },
    { mailingAddress: "ul. Nowa 5, 00-001 Warszawa" },
    // Codes of other forms, states and countries of other spellings.
    { mailingAddress: "Av. Paulista 1000, São Paulo - SP, 01310-100" },
    { mailingAddress: "12 MG Road, Bengaluru 560001" },
    { mailingAddress: "4 George St, Sydney NSW 2000" },
    { mailingAddress: "5 Grafton St, Dublin, D02 X285" },
    { mailingAddress: "10 Downing St, London SW1A2AA" },
    { mailingAddress: "Av. Juárez 50, Guadalajara, Jal. 44100" },
    { mailingAddress: "Av. Vallarta 12, Guadalajara, Jalisco" },
    { mailingAddress: "1 High St, Leeds, GB" },
    { mailingAddress: "5 Quay St, Auckland, Nouvelle-Zélande" },
    { mailingAddress: "Calle 10, Medellín, Colombia" },
    { mailingAddress: "Bahnhofstrasse 1, Zürich, Suiza" },
    { mailingAddress: "9 Hill Rd, Mumbai, India" },
    { mailingAddress: "9 Carrera St, Medellín, Colombia" },
    { mailingAddress: "PO Box 5, Dubai, United Arab Emirates" },
    { mailingAddress: "PO Box 5, Berlin, Allemagne" },
    { mailingPostalCode: "01310-100" },
    // A code of four digits after a city that is no US state.
    { mailingAddress: "5 Quay St, Auckland 1010" },
    { mailingAddress: "12 Cuba Street, Te Aro, Wellington 6011" },
    { mailingAddress: "5 Quay St\nAuckland 1010" },
    { mailingAddress: "Flat 2, 9 Long Street, Cape Town 8001" },
    { mailingAddress: "88 Fő utca 3, Budapest 1011" },
    { mailingAddress: "14 O'Connell St, Saint Heliers Bay 1071" },
    { homeCountry: "Canadá" },
    // A line without commas.
    { mailingAddress: "5 Quay St Auckland 1010" },
    { mailingAddress: "12 Cuba Street Te Aro Wellington 6011" },
    { mailingAddress: "9 Long Street Cape Town 8001" },
    { mailingAddress: "40 Rose Rd. Pretoria 1234" },
    { mailingAddress: "7/21 Ocean Parade Nelson 7010" },
    // The same address in fields.
    { mailingAddress: "5 Quay St", mailingCity: "Auckland", mailingPostalCode: "1010" },
  ])("is abroad in the data %j", (data) => expect(isAbroad(data)).toBe(true));

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
    { mailingState: "CO", country: "Canada" },
    { mailingAddress: "740 Larkspur Ct, Denver, CO 80206", country: "Canada" },
    { mailingCountry: "USA", country: "Canada" },
    { country: "USA" },
    { stateOrProvince: "ON THE LAKE" },
    // "CA" as a country that repeats the state, or stands before a ZIP code.
    { mailingState: "CA", mailingCountry: "CA" },
    { mailingState: "California", mailingPostalCode: "94105", mailingCountry: "CA" },
    { mailingPostalCode: "94105", mailingCountry: "CA" },
    { mailingState: "DE", mailingPostalCode: "19801", mailingCountry: "DE" },
    { mailingAddress: "1 Market St, San Francisco, CA" },
    { mailingAddress: "4532 Ocean View Blvd, La Cañada" },
    { mailingAddress: "4532 Ocean View Blvd, La Canada Flintridge, CA 91011" },
    // American places and streets that look foreign.
    { mailingAddress: "123 Rue Royale, New Orleans, LA" },
    { mailingAddress: "123 Rue Dauphine", mailingCity: "Mandeville", mailingState: "LA" },
    { mailingAddress: "123 Rue Dauphine" },
    { mailingAddress: "4418 E Calle Redonda, Phoenix 85018" },
    { mailingAddress: "4418 E Calle Redonda, Phoenix" },
    { mailingAddress: "Calle Luna 12, San Juan, PR 00901" },
    { mailingAddress: "C/O Ann Lee, 12345 Maple Ave" },
    { mailingAddress: "Unit 4, 12345 Maple" },
    { mailingAddress: "Suite 4, 12345 Maple, Denver, CO" },
    { mailingAddress: "PO Box 650448" },
    { mailingAddress: "PO Box 650448, Dallas, TX 75265" },
    { mailingAddress: "8 Oak St, Apt 2, Lebanon" },
    { mailingAddress: "8 Oak St, Apt 2, Durango" },
    { mailingAddress: "8 Oak St, Atlanta, Georgia" },
    { mailingAddress: "12 Main St, Ontario" },
    { mailingAddress: "12 Main St, New York" },
    { mailingAddress: "91-123 Kaileo St, Ewa Beach, HI 96706" },
    { mailingAddress: "PSC 3 Box 40, APO, AE" },
    { mailingAddress: "8 Oak St, Paris, TX 75460, USA" },
    { mailingAddress: "100 N Main St, Suite 2000" },
    // A number of four digits that is no foreign postal code.
    { mailingAddress: "100 N Main St, Ste. 2000" },
    { mailingAddress: "100 N Main St, Lot 1010" },
    { mailingAddress: "100 N Main St, PO Box 1010" },
    { mailingAddress: "Building 4, Highway 1604" },
    { mailingAddress: "12 Ranch Estates, County Road 1010" },
    { mailingAddress: "Lot 3, FM 1960" },
    { mailingAddress: "1 Elm Ct, Space 1204" },
    { mailingAddress: "9 Tech Park, Mail Stop 4021" },
    { mailingAddress: "RR 2, Box 1010" },
    { mailingAddress: "100 N Main St Suite 2000" },
    { mailingAddress: "100 N Main St Lot 1010" },
    { mailingAddress: "4 Main St Cambridge MA 2139" },
    { mailingAddress: "4418 W County Road 1010" },
    { mailingAddress: "12 Elm St Apt 1204" },
    { mailingAddress: "4 Main St, Cambridge, MA 2139" },
    { mailingAddress: "4 Main St, Cambridge MA 2139" },
    { mailingAddress: "4 Main St, Nashua, New Hampshire 3060" },
    { mailingAddress: "4 Main St, Newark, NJ, 7102" },
    { mailingAddress: "1010 Auckland St, Denver, CO 80203" },
    { mailingAddress: "4 Main St", mailingCity: "Cambridge", mailingState: "MA", mailingPostalCode: "2139" },
    { mailingPostalCode: "2139", mailingCity: "Cambridge" },
    { mailingCountry: "États-Unis" },
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
    expect(isAbroad(data)).toBe(false);
  });

  it.each([
    ["MA", "4 Main St, Cambridge 2139"],
    ["MA", "4 Main St Cambridge 2139"],
    ["RI", "9 Hope St, Providence 2906"],
    ["NH", "9 Elm St, Manchester 3101"],
    ["ME", "9 Elm St, Portland 4101"],
    ["VT", "9 Elm St, Burlington 5401"],
    ["CT", "9 Elm St, Hartford 6103"],
    ["NJ", "9 Elm St Newark 7102"],
  ])("without a state is American with a ZIP code of %s that lost its zero: %s", (state, mailingAddress) => {
    expect(isAbroad({ mailingAddress }, { state })).toBe(false);
    // The same code at a home in another state, or in no known state, stays open.
    expect(isAbroad({ mailingAddress }, { state: "CO" })).toBe(true);
    expect(isAbroad({ mailingAddress })).toBe(true);
  });

  it("in fields with a ZIP code that lost its zero is American at a home in the same state", () => {
    const data = { mailingAddress: "4 Main St", mailingCity: "Cambridge", mailingPostalCode: "2139" };
    expect(isAbroad(data, { state: "MA" })).toBe(false);
    expect(isAbroad({ ...data, mailingState: "MA" })).toBe(false);
    expect(isAbroad(data, { state: "TX" })).toBe(true);
  });
});

describe("an email to a person abroad", () => {
  const data = { recipient: { mailingCountry: "Canada" }, property: {} };
  const consent = { by: "Jane Doe", at: "2026-01-01T00:00:00Z", words: "Yes", to: "Cedar & Main" };

  it("waits for a recorded consent", () => {
    const held = buildCandidate({ recipient: { data } });
    expect(decideNextStep(held, mondayAt10InNewYork)).toEqual({
      kind: "hold",
      reason: "needsConsent",
      until: null,
    });
    const free = buildCandidate({ recipient: { data, consent } });
    expect(decideNextStep(free, mondayAt10InNewYork)).toEqual({ kind: "send" });
  });
});
