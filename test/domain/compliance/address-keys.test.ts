import { describe, expect, test } from "vitest";
import {
  findStreetAddress,
  listDoNotSolicitEntryKeys,
  listHomeKeys,
  type StreetAddress,
} from "../../../worker/domain/compliance/address-keys.ts";

const address = (street: string | null, more: Partial<StreetAddress> = {}): StreetAddress => ({
  street,
  unit: null,
  city: "Brooklyn",
  state: "NY",
  postalCode: "11215",
  ...more,
});
const matches = (entry: StreetAddress, home: StreetAddress) => {
  const keys = listHomeKeys(home);
  return listDoNotSolicitEntryKeys(entry).some((key) => keys.includes(key));
};

describe("an address on a list", () => {
  test.each([
    ["123 East 5th Street", "123 E 5 St."],
    ["123 E. Fifth Street", "123 east 5TH st"],
    ["34-10 94th Avenue", "3410 94 Ave"],
    ["12 Saint Mark's Place", "12 St Marks Pl"],
    ["9 Martin Luther King Boulevard", "9 MARTIN LUTHER KING BLVD"],
    ["77 Río Vista Dr", "77 Rio Vista Drive"],
  ])("%s matches the home %s", (entry, home) => {
    expect(matches(address(entry), address(home))).toBe(true);
  });

  test.each([
    ["123 E 5th St", "123 W 5th St"],
    ["123 E 5th St", "124 E 5th St"],
    ["123 5th Ave", "123 5th St"],
    ["12 Park Pl", "12 Park Plz"],
  ])("%s does not match the home %s", (entry, home) => {
    expect(matches(address(entry), address(home))).toBe(false);
  });

  test("matches by the ZIP code, or by the city if the list has no ZIP code", () => {
    const home = address("1 Main St");
    expect(matches(address("1 Main St", { postalCode: null }), home)).toBe(true);
    expect(matches(address("1 Main St", { postalCode: "11216" }), home)).toBe(false);
    expect(matches(address("1 Main St", { postalCode: "11215-1234" }), home)).toBe(true);
    expect(matches(address("1 Main St", { postalCode: null, city: "Bronx" }), home)).toBe(false);
    expect(matches(address("1 Main St", { state: "NJ" }), home)).toBe(false);
  });

  test("with a unit matches that unit, and any unit if the home's unit is unknown", () => {
    const entry = address("1 Main St Apt 4-B");
    expect(matches(entry, address("1 Main St", { unit: "#4B" }))).toBe(true);
    expect(matches(entry, address("1 Main St, Unit 4B"))).toBe(true);
    expect(matches(entry, address("1 Main St", { unit: "5B" }))).toBe(false);
    expect(matches(entry, address("1 Main St"))).toBe(true);
    expect(matches(address("1 Main St"), address("1 Main St", { unit: "5B" }))).toBe(true);
  });

  test("without a street matches a whole ZIP code or a whole city", () => {
    const home = address("1 Main St");
    expect(matches(address(null), home)).toBe(true);
    expect(matches(address(null, { postalCode: "11216" }), home)).toBe(false);
    expect(matches(address(null, { postalCode: null }), home)).toBe(true);
    expect(matches(address(null, { postalCode: null, city: "Bronx" }), home)).toBe(false);
  });
});

describe("the address of a property", () => {
  const expected = address("123 Main St", { city: "Denver", state: "CO", postalCode: "80203" });
  test.each<[string, Record<string, unknown>]>([
    [
      "in RESO's parts",
      {
        streetNumber: "123",
        streetName: "Main",
        streetSuffix: "St",
        city: "Denver",
        stateOrProvince: "CO",
        postalCode: "80203",
      },
    ],
    [
      "in an address object",
      { address: { street: "123 Main St", city: "Denver", state: "Colorado", zip: 80203 } },
    ],
    ["in one line", { unparsedAddress: "123 Main St, Denver, CO 80203" }],
    ["in plain fields", { streetAddress: "123 Main St", city: "Denver", state: "CO", zip: "80203" }],
  ])("is read from a record %s", (_, property) => {
    const found = findStreetAddress(property);
    expect(found && listHomeKeys(found)).toEqual(listHomeKeys(expected));
  });

  test("is unknown without a state", () => {
    expect(findStreetAddress({ streetAddress: "123 Main St" })).toBeNull();
    expect(findStreetAddress({ unparsedAddress: "somewhere" })).toBeNull();
  });
});
