import { describe, expect, it } from "vitest";
import { knownVariables } from "../../worker/mail/merge-data/known-variables.ts";
import { buildTemplateData } from "../../worker/mail/merge-data/merge-data.ts";
import { unlicensedSender } from "../support/disclosure.ts";

const sender = { ...unlicensedSender, phone: "555", licenseNumber: "FA.1" };
const tenant = {
  name: "Front Range Realty",
  postalAddress: "900 Grant St",
  license: "EC.1",
  officePhone: null,
};

const dataOf = (recipient: Record<string, unknown>, name = "", property: Record<string, unknown> = {}) =>
  buildTemplateData({
    recipient: { email: "jane@example.com", name, data: { recipient, property } },
    sender,
    tenant,
  });

describe("the greeting's name", () => {
  it.each<[Record<string, unknown>, string]>([
    [{ firstName: "Jane" }, "Jane"],
    [{ firstName: "JANE" }, "Jane"],
    [{ firstName: "MARY ANN" }, "Mary Ann"],
    [{ firstName: "MARY-ANN" }, "Mary-Ann"],
    [{ firstName: "D'ARCY" }, "D'Arcy"],
    [{ firstName: "JOHN & MARY" }, "John and Mary"],
    [{ firstName: "DeShawn" }, "DeShawn"],
    [{ firstName: "AJ" }, "AJ"],
    [{ firstName: "JP" }, "JP"],
    [{ firstName: "AL" }, "Al"],
    [{ firstName: "JO" }, "Jo"],
    [{ firstName: "A.J." }, "A.J."],
    [{ firstName: "Kim", lastName: "Smith" }, "Kim"],
    [{ firstName: "Mrs", fullName: "Jane Whitaker" }, "Jane"],
    [{ salutation: "Dr. Whitaker" }, "Dr. Whitaker"],
    [{ salutation: "Mr.", firstName: "Ed" }, "Ed"],
    [{ salutation: "Dear Ruth," }, "Ruth"],
    [{ salutation: "Hi Ruth!" }, "Ruth"],
    [{ salutation: "Estimada Ana:" }, "Ana"],
    [{ salutation: "Dear Mr. & Mrs. Ames" }, "Mr. and Mrs. Ames"],
    [{ salutation: "Sr. Ibarra" }, "Sr. Ibarra"],
    [{ salutation: "Dear Sir or Madam" }, "there"],
    [{ salutation: "Dear Dr. TBD", firstName: "Ruth" }, "Ruth"],
    [{ salutation: `Dear ${",".repeat(20_000)}x` }, "there"],
    [{ firstName: "RUTH AND IKE" }, "Ruth and Ike"],
    [{ firstName: "Ru\u200bth" }, "Ruth"],
    [{ salutation: "MRS SMITH", firstName: "JANE" }, "Jane"],
    [{ firstName: "  josé  " }, "josé"],
    [{ firstName: "李" }, "there"],
    [{ firstName: "Jane", salutation: "Ms. Whitaker" }, "Ms. Whitaker"],
    [{ fullName: "Jane Whitaker" }, "Jane"],
    [{ fullName: "Jane Q. Whitaker" }, "Jane"],
  ])("for %j is %s", (recipient, salutation) => {
    expect(dataOf(recipient).recipient.salutation).toBe(salutation);
  });

  it.each([
    "MAPLE HOLDINGS LLC",
    "Maple Holdings L.L.C.",
    "The Whitaker Family Trust",
    "Whitaker Trust",
    "ESTATE OF JANE WHITAKER",
    "Whitaker Jane Et Al",
    "Mr. Whitaker",
    "Current Owner",
    "City of Denver",
    "Bank of Maple",
    "",
    "J W",
    "null",
    "Unit 4",
  ])("is never taken from the full name %j", (fullName) => {
    expect(dataOf({ fullName }).recipient.salutation).toBe("there");
    expect(dataOf({}, fullName).recipient.salutation).toBe("there");
    expect(dataOf({ fullName }).recipient.firstName).toBeUndefined();
  });

  it.each([
    "SMITH JOHN & MARY TR",
    "Mrs",
    "MRS SMITH",
    "Dr",
    "Dr. Jane",
    "TBD",
    "no name",
    "First Name",
    "Current",
    "Current Owner",
    "Spouse",
    "Unnamed contact",
    "xxx",
    "Smith & Sons",
    "OWNER",
    "Resident",
    "N/A",
    "undefined",
    "UNK",
    "MD",
    "Mister",
    "Señora",
    "Hello",
    "Executor",
    "Realtor",
    "FNAME",
    "Duplicate",
    "Jane-Deceased",
    "Personal Representative",
    "qwerty",
    "J",
    "123",
    "MAPLE LLC",
    "<b>",
    "{{x}}",
    7,
    null,
    {},
  ])("is never taken from the first name %j", (firstName) => {
    expect(dataOf({ firstName }).recipient.salutation).toBe("there");
    expect(dataOf({ firstName }).recipient).not.toHaveProperty("firstName");
  });
});

describe("the data that templates see", () => {
  it("has the recipient, property, sender and brokerage, and the host's own fields", () => {
    const data = dataOf({ firstName: "JANE", lastName: "MCDONALD", leadSource: "web" }, "", {
      city: "Denver",
      hoa: { dues: 5 },
    });
    expect(data).toEqual({
      recipient: {
        ...{ firstName: "Jane", lastName: "McDonald", fullName: "Jane McDonald", salutation: "Jane" },
        ...{ email: "jane@example.com", leadSource: "web" },
      },
      property: { city: "Denver", hoa: { dues: 5 } },
      sender: { fromName: "Dana Reyes", fromEmail: "dana@example.com", phone: "555", license: "FA.1" },
      brokerage: { name: "Front Range Realty", postalAddress: "900 Grant St", license: "EC.1" },
    });
  });

  it("leaves out empty values so that fallbacks apply, and keeps zero and false", () => {
    const data = buildTemplateData({
      recipient: {
        email: null,
        name: " ",
        data: { recipient: { a: "", b: null, c: 0, d: false }, property: { city: " " } },
      },
      sender: { ...sender, phone: null, licenseNumber: "" },
      tenant: { ...tenant, license: null },
    });
    expect(data.recipient).toEqual({ c: 0, d: false, salutation: "there" });
    expect(data.property).toEqual({});
    expect(Object.keys(data.sender)).toEqual(["fromName", "fromEmail"]);
    expect(Object.keys(data.brokerage)).toEqual(["name", "postalAddress"]);
  });

  it("keeps a county record's name in its own form", () => {
    expect(dataOf({}, "SMITH JOHN & MARY TR").recipient.fullName).toBe("SMITH JOHN & MARY TR");
    expect(dataOf({}, "JANE WHITAKER III").recipient.fullName).toBe("Jane Whitaker III");
  });

  it("is safe from keys with a meaning in JavaScript", () => {
    const data = dataOf(JSON.parse('{"__proto__":{"firstName":"Eve"},"constructor":"x"}'));
    expect(data.recipient.firstName).toBeUndefined();
    expect(Object.getPrototypeOf(data.recipient)).toBe(Object.prototype);
  });
});

describe("a street address", () => {
  it.each<[Record<string, unknown>, string | undefined]>([
    [{ streetAddress: "1420 Maple Street" }, "1420 Maple Street"],
    [{ streetAddress: "1420 N 3RD ST NW UNIT 4B" }, "1420 N 3rd St NW Unit 4B"],
    [{ streetAddress: "PO BOX 12" }, "PO Box 12"],
    [{ streetAddress: "12 MLK JR BLVD" }, "12 MLK Jr Blvd"],
    [{ streetAddress: "400 JFK PKWY" }, "400 JFK Pkwy"],
    [{ streetAddress: "9 KING SR CT" }, "9 King Sr Ct"],
    [{ streetAddress: "2200 SR 20 E" }, "2200 SR 20 E"],
    [{ streetAddress: "RR 2 BOX 5" }, "RR 2 Box 5"],
    [{ streetAddress: "31 RFK-FDR BRIDGE" }, "31 RFK-FDR Bridge"],
    [{ streetAddress: "40 COURT OF THE BIRDS" }, "40 Court of the Birds"],
    [{ streetAddress: "40 THE ALAMEDA" }, "40 The Alameda"],
    [{ streetAddress: "6 AR HWY 7" }, "6 AR Hwy 7"],
    [{ streetAddress: "7 HENRY II CT" }, "7 Henry II Ct"],
    [{ streetAddress: "55 MC DONALD RD APT 3" }, "55 Mc Donald Rd Apt 3"],
    [{ streetAddress: "18 LYNN SPGS TRL" }, "18 Lynn Spgs Trl"],
    [{ unparsedAddress: "Lot 5, 123 Main St, Denver" }, "Lot 5, 123 Main St"],
    [{ unparsedAddress: "Unit 4B, 9 Elm Ave, Denver, CO" }, "Unit 4B, 9 Elm Ave"],
    [{ unparsedAddress: "9 Elm Ave, Apt 4B, Denver, CO" }, "9 Elm Ave, Apt 4B"],
    [{ unparsedAddress: "9 Elm Ave, #4B, Denver, CO" }, "9 Elm Ave, #4B"],
    [{ unparsedAddress: "123, Main Street, Denver" }, "123 Main Street"],
    [{ unparsedAddress: "Lot 8, Blk 3, 77 Fir Rd, Boise" }, "Lot 8, Blk 3, 77 Fir Rd"],
    [{ unparsedAddress: "77 Fir Rd, Bldg C, Apt 9, Boise" }, "77 Fir Rd, Bldg C, Apt 9"],
    [{ unparsedAddress: "Lot 8, Boise, ID" }, "Lot 8"],
    [{ unparsedAddress: "The Larches, 77 Fir Rd, Boise" }, "77 Fir Rd"],
    [{ unparsedAddress: "77 Fir Rd\nBoise, ID" }, "77 Fir Rd"],
    [{ unparsedAddress: "Fir Rd, 83702" }, "Fir Rd"],
    [{ unparsedAddress: "9 Elm Ave, Lotus, CO" }, "9 Elm Ave"],
    [{ streetNumber: 9, streetName: "Elm", unitNumber: "4B" }, "9 Elm #4B"],
    [{ streetNumber: 9, streetName: "Elm", unitNumber: "Apt 4B" }, "9 Elm Apt 4B"],
    [{ streetNumber: 9, streetName: "Elm", unitNumber: "#4B" }, "9 Elm #4B"],
    [{ streetAddress: "9 O'BRIEN'S WAY" }, "9 O'Brien's Way"],
    [{ unparsedAddress: "1420 Maple Street, Denver, CO 80205" }, "1420 Maple Street"],
    [{ streetNumber: 1420, streetName: "Maple", streetSuffix: "St" }, "1420 Maple St"],
    [{ streetNumber: "1420" }, undefined],
    [{ streetAddress: "  ", unparsedAddress: " , Denver" }, undefined],
  ])("of %j is %s", (property, street) => {
    expect(dataOf({}, "", property).property.streetAddress).toBe(street);
  });
});

it("every known variable is below one of the four objects and has a label and an example", () => {
  expect(new Set(knownVariables.map(({ path }) => path)).size).toBe(knownVariables.length);
  for (const { path, label, example } of knownVariables) {
    expect(path).toMatch(/^(recipient|property|sender|brokerage)\.[a-z][A-Za-z]+$/);
    expect([label, example]).not.toContain("");
  }
});
