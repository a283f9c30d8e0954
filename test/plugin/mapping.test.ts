import { describe, expect, it } from "vitest";
import { toApiProperty, toCamelCase, toContacts } from "../../plugin/host/mapping.ts";

describe("names", () => {
  it.each([
    ["StreetNumber", "streetNumber"],
    ["street_number", "streetNumber"],
    ["streetNumber", "streetNumber"],
    ["MLSStatus", "mlsStatus"],
    ["ID", "id"],
    ["HomeAddress1", "homeAddress1"],
  ])("%s is %s", (given, expected) => expect(toCamelCase(given)).toBe(expected));
});

describe("a property", () => {
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

  it("gets it from the whole address where there are no parts", () => {
    expect(toApiProperty({ UnparsedAddress: "9 Elm Ave, Denver, CO" }, "p1").streetAddress).toBe("9 Elm Ave");
  });

  it("has numbers where the host gives text, and keeps what it does not know", () => {
    const mapped = toApiProperty(
      { ListPrice: "$685,000", YearBuilt: "1961", lot_sqft: 7200, Zoning: null },
      "p1",
    );
    expect(mapped).toEqual({ propertyId: "p1", listPrice: 685_000, yearBuilt: 1961, lotSqft: 7200 });
  });

  it("is never another than the element's", () => {
    expect(toApiProperty({ PropertyId: "other" }, "p1").propertyId).toBe("p1");
    expect(toApiProperty(null, "p1")).toEqual({ propertyId: "p1" });
  });

  it("carries only what JSON can", () => {
    const loop: Record<string, unknown> = { City: "Denver", refresh: () => 1, price: Number.NaN };
    loop.self = loop;
    expect(() => JSON.stringify(toApiProperty(loop, "p1"))).not.toThrow();
    expect(toApiProperty(loop, "p1").refresh).toBeUndefined();
  });
});

describe("contacts", () => {
  it.each([
    [{ Source: "County records" }, "countyRecords", null],
    [{ source: "pre-foreclosure", source_date: "2026-10-02T00:00:00Z" }, "preForeclosure", "2026-10-02"],
    [{ Source: "OPENHOUSE", SourceDate: new Date("2026-11-01T09:00:00Z") }, "openHouse", "2026-11-01"],
    [{ Source: "Zillow", SourceDate: "last spring" }, "host", null],
    [{ Source: 7, SourceDate: "2026-99-99" }, "host", null],
    [{}, "host", null],
  ])("%o come from %s, on %s", (record, source, sourceDate) => {
    expect(toContacts([record])).toMatchObject([{ source, sourceDate }]);
  });

  it("keep for the templates a source that is not in our list", () => {
    expect(toContacts([{ Source: "Zillow" }])[0]?.data).toEqual({ source: "Zillow" });
  });

  it("come from RESO names, with the rest kept for the templates", () => {
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

  it("without key, email or a real time zone are contacts all the same", () => {
    const [trust] = toContacts([{ FullName: "Ellison Family Trust", Email: "", TimeZone: "Mountain" }]);
    expect(trust).toMatchObject({
      key: "contact-0",
      contactKey: null,
      name: "Ellison Family Trust",
      email: null,
      timeZone: null,
    });
  });

  it("have an address without the characters that nobody sees", () => {
    const [zoe] = toContacts([{ FullName: "Zoe", Email: " Zoe\u200b@Example.com\u2060 " }]);
    expect(zoe?.email).toBe("zoe@example.com");
  });
});
