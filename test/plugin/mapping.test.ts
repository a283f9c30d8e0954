import { describe, expect, it } from "vitest";
import { toApiProperty, toCamelCase, toContacts } from "../../plugin/host/mapping.ts";

describe("a field name from the host", () => {
  it.each([
    ["StreetNumber", "streetNumber"],
    ["street_number", "streetNumber"],
    ["streetNumber", "streetNumber"],
    ["MLSStatus", "mlsStatus"],
    ["ID", "id"],
    ["HomeAddress1", "homeAddress1"],
  ])("%s becomes %s", (given, expected) => expect(toCamelCase(given)).toBe(expected));
});

describe("a property record", () => {
  it("gets its street line from RESO's parts", () => {
    const record = {
      StreetNumber: 1214,
      StreetDirPrefix: "N",
      StreetName: "Maple",
      StreetSuffix: "St",
      UnitNumber: "4B",
    };
    expect(toApiProperty(record, "p1").streetAddress).toBe("1214 N Maple St #4B");
  });

  it("gets its street line from the whole address if there are no parts", () => {
    expect(toApiProperty({ UnparsedAddress: "9 Elm Ave, Denver, CO" }, "p1").streetAddress).toBe("9 Elm Ave");
  });

  it("has numbers in place of the host's text, and keeps unknown fields", () => {
    const mapped = toApiProperty(
      { ListPrice: "$685,000", YearBuilt: "1961", lot_sqft: 7200, Zoning: null },
      "p1",
    );
    expect(mapped).toEqual({ propertyId: "p1", listPrice: 685_000, yearBuilt: 1961, lotSqft: 7200 });
  });

  it("always has the element's own property id", () => {
    expect(toApiProperty({ PropertyId: "other" }, "p1").propertyId).toBe("p1");
    expect(toApiProperty(null, "p1")).toEqual({ propertyId: "p1" });
  });

  it("keeps only values that JSON can contain", () => {
    const loop: Record<string, unknown> = { City: "Denver", refresh: () => 1, price: Number.NaN };
    loop.self = loop;
    expect(() => JSON.stringify(toApiProperty(loop, "p1"))).not.toThrow();
    expect(toApiProperty(loop, "p1").refresh).toBeUndefined();
  });
});

describe("contact records", () => {
  it.each([
    [{ Source: "County records" }, "countyRecords", null],
    [{ source: "pre-foreclosure", source_date: "2026-10-02T00:00:00Z" }, "preForeclosure", "2026-10-02"],
    [{ Source: "OPENHOUSE", SourceDate: new Date("2026-11-01T09:00:00Z") }, "openHouse", "2026-11-01"],
    [{ Source: "Zillow", SourceDate: "last spring" }, "host", null],
    [{ Source: 7, SourceDate: "2026-99-99" }, "host", null],
    [{}, "host", null],
  ])("%o have the source %s and the date %s", (record, source, sourceDate) => {
    expect(toContacts([record])).toMatchObject([{ source, sourceDate }]);
  });

  it("keep a source that is not in our list as template data", () => {
    expect(toContacts([{ Source: "Zillow" }])[0]?.data).toEqual({ source: "Zillow" });
  });

  it("are read from RESO names, and their other fields are template data", () => {
    const [mary] = toContacts([
      {
        ContactKey: "K1",
        FirstName: " Mary ",
        LastName: "Ellison",
        Email: "Mary@Example.com",
        TimeZone: "America/Denver",
        City: "Boise",
      },
    ]);
    expect(mary).toEqual({
      key: "K1",
      contactKey: "K1",
      name: "Mary Ellison",
      fullName: "Mary Ellison",
      firstName: "Mary",
      lastName: "Ellison",
      email: "mary@example.com",
      source: "host",
      sourceDate: null,
      timeZone: "America/Denver",
      data: { city: "Boise" },
    });
  });

  it("without a key, an email or a valid time zone are still contacts", () => {
    const [trust] = toContacts([{ FullName: "Ellison Family Trust", Email: "", TimeZone: "Mountain" }]);
    expect(trust).toMatchObject({
      key: "contact-0",
      contactKey: null,
      name: "Ellison Family Trust",
      email: null,
      timeZone: null,
    });
  });

  it("have email addresses without invisible characters", () => {
    const [zoe] = toContacts([{ FullName: "Zoe", Email: " Zoe\u200b@Example.com\u2060 " }]);
    expect(zoe?.email).toBe("zoe@example.com");
  });
});
