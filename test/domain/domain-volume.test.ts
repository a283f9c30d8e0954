import { describe, expect, test } from "vitest";
import { findOrganizationalDomain, sumDomainVolumes } from "../../worker/domain/send/domain-volume.ts";

const now = Date.UTC(2026, 9, 6, 2);
const sender = (fromEmail: string, slotsToday: number, change: object = {}) => ({
  fromEmail,
  timeZone: "America/New_York",
  capDay: "2026-10-05",
  slotsToday,
  ...change,
});

describe("the email volume of a domain", () => {
  test.each([
    ["ann@acme.com", "acme.com"],
    ["ann@Mail.Acme.com", "acme.com"],
    ["ann@a.b.acme.com", "acme.com"],
    ["ann@mail.acme.co.uk", "acme.co.uk"],
    ["ann@acme.realtor", "acme.realtor"],
    // Different offices can have domains with the same ending.
    ["ann@mail.acme.co.ke", "acme.co.ke"],
    ["ann@acme.com.ph", "acme.com.ph"],
    ["ann@mail.acme.uk.com", "acme.uk.com"],
    ["ann@co.uk", "co.uk"],
  ])("counts emails from %s for %s", (address, domain) => {
    expect(findOrganizationalDomain(address)).toBe(domain);
  });

  test("is the sum of all its senders, each by the day in the sender's time zone", () => {
    const senders = [
      sender("a@acme.com", 3000),
      sender("b@mail.acme.com", 999),
      // In London it is already October 6, so this sender's emails of October 5 don't count.
      sender("c@acme.com", 500, { timeZone: "Europe/London" }),
      sender("d@other.com", 10),
    ];
    const counted = sumDomainVolumes(senders, now);
    expect(counted.map(({ domain, emailsToday, isNearLimit }) => [domain, emailsToday, isNearLimit])).toEqual(
      [
        ["acme.com", 3999, false],
        ["other.com", 10, false],
      ],
    );
    const [more] = sumDomainVolumes([...senders, sender("e@acme.com", 1)], now);
    expect(more).toMatchObject({ emailsToday: 4000, bulkLimit: 5000, isNearLimit: true });
  });
});
