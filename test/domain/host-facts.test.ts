import { describe, expect, it } from "vitest";
import {
  applyHostFactsReport,
  findContact,
  formatWholeAddress,
  type HostFacts,
  type KnownContact,
  noHostFacts,
  replaceAddress,
} from "../../worker/domain/host-facts.ts";
import { day, hour } from "../support/time.ts";

const now = Date.UTC(2026, 9, 5, 14);
const contact = (contactKey: string | null, email: string | null, fullName: string): KnownContact => ({
  ...{ contactKey, email, at: now },
  name: { fullName },
});
const john = contact("c-1", "home@example.com", "John Doe");
const mary = contact("c-2", "home@example.com", "Mary Doe");

describe("the contact who is a person", () => {
  it("is found by the key, however many have the address", () => {
    expect(findContact([john, mary], { contactKey: "c-2", email: "home@example.com" })).toBe(mary);
  });

  it("is found by the address if the person or the contact has no key", () => {
    expect(findContact([john], { contactKey: null, email: "home@example.com" })).toBe(john);
    const keyless = contact(null, "home@example.com", "John Doe");
    expect(findContact([keyless], { contactKey: "c-7", email: "home@example.com" })).toBe(keyless);
  });

  it("is nobody if the address is a couple's, if the keys differ, or if there is no address", () => {
    expect(findContact([john, mary], { contactKey: null, email: "home@example.com" })).toBeNull();
    expect(findContact([john], { contactKey: "c-7", email: "home@example.com" })).toBeNull();
    expect(findContact([contact("c-1", null, "John Doe")], { contactKey: null, email: null })).toBeNull();
  });
});

describe("a report of a name", () => {
  const report = (contacts: HostFacts["contacts"], at = now) => ({ at, address: null, contacts });

  it("replaces the contact's whole name, and keeps the key and the address that it lacks", () => {
    const known = applyHostFactsReport(noHostFacts, report([john]), now);
    const byAddress = { contactKey: null, email: "home@example.com", at: now, name: { firstName: "Jack" } };
    expect(applyHostFactsReport(known, report([byAddress]), now).contacts).toEqual([
      { ...john, name: { firstName: "Jack" } },
    ]);
  });

  it("by the address of a couple changes neither of them", () => {
    const known: HostFacts = { address: null, contacts: [john, mary] };
    expect(applyHostFactsReport(known, report([contact(null, "home@example.com", "Jack Doe")]), now)).toBe(
      known,
    );
  });

  it("that is known is stored anew once a day", () => {
    const known: HostFacts = { address: null, contacts: [john] };
    expect(applyHostFactsReport(known, report([john], now + hour), now + hour)).toBe(known);
    expect(applyHostFactsReport(known, report([john], now + day), now + day).contacts[0]?.at).toBe(now + day);
  });
});

describe("a newer address", () => {
  const home = {
    streetNumber: "12",
    streetName: "Elm",
    streetSuffix: "St",
    unitNumber: "4",
    city: "Denver",
    stateOrProvince: "CO",
    postalCode: "80203",
    unparsedAddress: "12 Elm St #4, Denver, CO 80203",
    yearBuilt: 1974,
  };
  const write = (given: Parameters<typeof replaceAddress>[1], base: Record<string, unknown> = home) =>
    formatWholeAddress(replaceAddress(base, given));

  it("replaces the whole street line, whichever form the line has", () => {
    expect(write({ streetAddress: "14 Oak Ave" })).toBe("14 Oak Ave, Denver, CO 80203");
    expect(write({ streetNumber: "14", streetName: "Oak" })).toBe("14 Oak, Denver, CO 80203");
    expect(write({ unparsedAddress: "14 Oak Ave, Denver" })).toBe("14 Oak Ave, Denver, CO 80203");
  });

  it("keeps the street if only the city or the ZIP code is new", () => {
    expect(write({ city: "Boulder" })).toBe("12 Elm St #4, Boulder, CO 80203");
    expect(write({ postalCode: "80204" }, { unparsedAddress: "12 Elm St, Denver" })).toBe("12 Elm St, 80204");
  });

  it("leaves the property's other values as they are", () => {
    expect(replaceAddress(home, { city: "Boulder" })).toMatchObject({ yearBuilt: 1974, streetName: "Elm" });
  });

  it("is written with the parts that are known, or not at all", () => {
    expect(formatWholeAddress({ city: "Denver" })).toBe("Denver");
    expect(formatWholeAddress({ yearBuilt: 1974 })).toBeUndefined();
  });
});
