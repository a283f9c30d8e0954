import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestFailure, type RequestFailureCode } from "../../plugin/data/api.ts";
import { type Contact, toApiProperty, toContacts } from "../../plugin/host/mapping.ts";
import { addReceiptTime, type DatedHostRecord } from "../../plugin/session/given-record.ts";
import {
  buildRecordWithStatusTime,
  getStatusTime,
  pickListingFields,
} from "../../plugin/session/listing-report.ts";
import { startListingReports } from "../../plugin/session/listing-reporter.ts";
import type { AcceptedReport } from "../../plugin/session/remembered-state.ts";
import type { Session } from "../../plugin/session/state.ts";
import { type PropertyStatusInput, propertyStatusInput } from "../../shared/property.ts";
import type { Role } from "../../shared/vocabulary.ts";
import { day, hour, minute } from "../support/time.ts";

const start = Date.UTC(2026, 10, 2, 15);
beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(1_000);
const toFields = (record: Record<string, unknown>) => toApiProperty(record, "p-1");

/**
 * Creates the session of a tab that shows one property, with a fake Worker. A test can make the
 * requests to the Worker fail.
 */
function openTab(role: Role = "agent") {
  const sent: PropertyStatusInput[] = [];
  const told: RequestFailureCode[] = [];
  const worker = { failsWith: null as RequestFailureCode | null, stopped: 0 };
  const property = signal(toFields({}));
  const contacts = signal<Contact[]>([]);
  const given = signal<DatedHostRecord | null>(null);
  const isVisible = vi.fn(() => true);
  const session = {
    propertyId: "p-1",
    property,
    contacts,
    given,
    reported: signal<AcceptedReport | null>(null),
    epoch: signal(0),
    isVisible,
    tokens: { now: () => Date.now(), role: () => role },
    noteFailure: ({ code }: RequestFailure) => void told.push(code),
    api: {
      reportProperty: async (_: string, body: PropertyStatusInput) => {
        sent.push(body);
        if (worker.failsWith) throw new RequestFailure(worker.failsWith, "No.");
        return { stopped: worker.stopped };
      },
    },
  } as unknown as Session;
  /** Sets a record, as the host's page does. */
  const give = (record: Record<string, unknown>) => {
    property.value = toFields(record);
    given.value = addReceiptTime(given.peek(), record, property.peek(), Date.now());
  };
  const giveContacts = (records: Record<string, unknown>[]) => {
    contacts.value = toContacts(records);
  };
  return {
    ...{ session, sent, told, worker, give, giveContacts, isVisible },
    start: () => startListingReports(session),
  };
}

describe("the element's report of the listing", () => {
  it("has the listing of the host's record, and is sent once for records in quick succession", async () => {
    const tab = openTab();
    tab.start();
    tab.give({});
    tab.give({
      StandardStatus: "Expired",
      ListPrice: "$650,000",
      ExpirationDate: "2026-10-31T00:00:00Z",
    });
    await settle();
    expect(tab.sent).toEqual([
      {
        standardStatus: "Expired",
        listPrice: 650_000,
        expirationDate: "2026-10-31",
        source: "tab",
        isLook: true,
      },
    ]);
  });

  it("is not sent without a record from the host, or from a viewer's tab", async () => {
    const tab = openTab();
    tab.start();
    await settle();
    const viewers = openTab("viewer");
    viewers.start();
    viewers.give({ StandardStatus: "Active" });
    await settle();
    expect([...tab.sent, ...viewers.sent]).toEqual([]);
  });

  it("is not sent again for the same record until an hour has passed", async () => {
    const tab = openTab();
    const end = tab.start();
    tab.give({ StandardStatus: "Expired" });
    await settle();
    tab.give({ StandardStatus: "Expired", Note: "Called" });
    await settle();
    end();
    tab.start();
    await settle();
    expect(tab.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(hour);
    tab.give({ StandardStatus: "Expired" });
    await settle();
    expect(tab.sent).toHaveLength(2);
  });

  it("is sent at once for a new status, and reloads the screen if recipients were stopped", async () => {
    const tab = openTab();
    tab.start();
    tab.give({ StandardStatus: "Expired" });
    await settle();
    expect(tab.session.epoch.value).toBe(0);
    tab.worker.stopped = 2;
    tab.give({ StandardStatus: "Active" });
    await settle();
    expect(tab.sent.map(({ standardStatus }) => standardStatus)).toEqual(["Expired", "Active"]);
    expect(tab.session.epoch.value).toBe(1);
  });

  it("reloads the screen once the Worker knows a changed fact, but not for the first report", async () => {
    const { session, give, start: open } = openTab();
    open();
    give({ StandardStatus: "Pending" });
    await settle();
    expect(session.epoch.value).toBe(0);
    give({ StandardStatus: "Temp off" });
    await settle();
    expect(session.epoch.value).toBe(1);
  });

  it("is retried ever more rarely while the Worker can't be reached, and the host is told once", async () => {
    const tab = openTab();
    tab.start();
    tab.worker.failsWith = "offline";
    tab.give({ StandardStatus: "Active" });
    await vi.advanceTimersByTimeAsync(minute);
    expect(tab.sent).toHaveLength(3);
    tab.worker.failsWith = null;
    await vi.advanceTimersByTimeAsync(minute);
    expect(tab.sent).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(30 * minute);
    expect(tab.sent).toHaveLength(4);
    expect(tab.told).toEqual(["offline"]);
  });

  it("is not retried after a refusal, but is sent after the agent reconnects", async () => {
    const tab = openTab();
    tab.start();
    tab.worker.failsWith = "sessionEnded";
    tab.give({ StandardStatus: "Active" });
    await vi.advanceTimersByTimeAsync(hour);
    expect(tab.sent).toHaveLength(1);
    tab.worker.failsWith = null;
    tab.session.epoch.value++;
    await settle();
    expect(tab.sent).toHaveLength(2);
  });

  it("is not sent after the tab is closed", async () => {
    const tab = openTab();
    const end = tab.start();
    tab.give({ StandardStatus: "Active" });
    end();
    tab.give({ StandardStatus: "Pending" });
    await settle();
    expect(tab.sent).toEqual([]);
  });

  it("contains the time of an old record, such as that of a page left open", async () => {
    const tab = openTab();
    tab.give({ StandardStatus: "Expired" });
    await vi.advanceTimersByTimeAsync(day);
    tab.start();
    await settle();
    expect(tab.sent).toMatchObject([{ statusAsOf: new Date(start).toISOString() }]);
  });

  it("from a hidden tab does not count as a look by an agent", async () => {
    const tab = openTab();
    tab.isVisible.mockReturnValue(false);
    tab.start();
    tab.give({ StandardStatus: "Expired" });
    await settle();
    expect(tab.sent).toMatchObject([{ isLook: false }]);
  });
});

describe("the element's report of the address and the names", () => {
  const home = { StandardStatus: "Expired", UnparsedAddress: "12 Elm St, Denver, CO 80203", City: "Denver" };
  const jane = { ContactKey: "c-1", FullName: "Jane Doe", Email: "Jane@Example.com", Salutation: "Jane" };

  it("has both, and is one request while the records are young", async () => {
    const tab = openTab();
    tab.start();
    tab.give(home);
    tab.giveContacts([jane]);
    await settle();
    expect(tab.sent).toEqual([
      {
        standardStatus: "Expired",
        address: {
          unparsedAddress: "12 Elm St, Denver, CO 80203",
          streetAddress: "12 Elm St",
          city: "Denver",
        },
        contacts: [
          {
            contactKey: "c-1",
            email: "jane@example.com",
            name: { fullName: "Jane Doe", salutation: "Jane" },
          },
        ],
        source: "tab",
        isLook: true,
      },
    ]);
  });

  it("is sent for a new name, with the times at which the element got the name and the record", async () => {
    const tab = openTab();
    tab.start();
    tab.give(home);
    tab.giveContacts([jane]);
    await settle();
    await vi.advanceTimersByTimeAsync(hour);
    const renamed = Date.now();
    tab.giveContacts([{ ...jane, FullName: "Jane Smith" }]);
    await settle();
    expect(tab.sent.slice(1)).toMatchObject([
      { standardStatus: "Expired", valuesAsOf: new Date(start).toISOString() },
      {
        contacts: [{ name: { fullName: "Jane Smith" } }],
        valuesAsOf: new Date(renamed).toISOString(),
        source: "tab",
      },
    ]);
    expect(tab.sent[2]).not.toHaveProperty("isLook");
  });

  it("keeps the time of names that the host sets again on a page left open", async () => {
    const tab = openTab();
    tab.start();
    tab.give(home);
    tab.giveContacts([jane]);
    await settle();
    await vi.advanceTimersByTimeAsync(2 * hour);
    tab.giveContacts([jane]);
    await settle();
    expect(tab.sent.slice(1)).toMatchObject([{}, { valuesAsOf: new Date(start).toISOString() }]);
  });

  const hostile = [
    [{ ContactKey: "k".repeat(101), FullName: "Jane" }],
    [{ ContactKey: "c-1", FullName: "Jane\r\nBcc: x@example.com" }, { ContactKey: "c-2" }],
    [
      { FullName: "x".repeat(201), Email: "jane@example.com" },
      { FullName: "Jane", Email: "no address" },
    ],
    Array.from({ length: 30 }, (_, index) => ({ ContactKey: `c-${index}`, FirstName: 12, LastName: "Doe" })),
  ];
  it.each(hostile)("is always accepted by the Worker, whatever the contacts are %#", async (...records) => {
    const tab = openTab();
    tab.start();
    tab.give({ ...home, StreetNumber: 12, UnitNumber: { of: 4 }, City: "x".repeat(400) });
    tab.giveContacts(records);
    await settle();
    expect(tab.sent).toHaveLength(1);
    expect(tab.sent.map((body) => propertyStatusInput.safeParse(body).error)).toEqual([undefined]);
    expect(tab.sent[0]?.address).not.toHaveProperty("city");
  });

  it("leaves out an address without a street", async () => {
    const tab = openTab();
    tab.start();
    tab.give({ StandardStatus: "Expired", StreetNumber: "12", City: "Denver" });
    await settle();
    expect(tab.sent[0]).not.toHaveProperty("address");
  });
});

describe("the time of a listing's status", () => {
  const expired = toFields({ StandardStatus: "Expired" });
  const given = addReceiptTime(null, expired, expired, start);
  /** Builds the input for a report. The server's clock is five minutes slow. */
  const source = (fields: typeof expired) => ({
    property: signal(fields),
    given: signal<DatedHostRecord | null>(addReceiptTime(null, fields, fields, start)),
    tokens: { now: () => Date.now() - 5 * minute } as Session["tokens"],
  });

  it("is when the element got the record, by the server's clock, and does not change", async () => {
    await vi.advanceTimersByTimeAsync(2 * day);
    const tab = source(expired);
    const time = new Date(start - 5 * minute).toISOString();
    expect(buildRecordWithStatusTime(tab)).toEqual({ ...expired, statusAsOf: time });
    tab.tokens.now = () => 0;
    expect(getStatusTime(tab)).toBe(time);
  });

  it("is the host's own time if the record has a valid one", () => {
    const own = toFields({ StandardStatus: "Expired", StatusAsOf: "2026-11-01T02:00:00+02:00" });
    expect(buildRecordWithStatusTime(source(own))).toMatchObject({ statusAsOf: "2026-11-01T00:00:00.000Z" });
    const broken = toFields({ StandardStatus: "Expired", StatusAsOf: "yesterday" });
    expect(getStatusTime(source(broken))).toBe(new Date(start - 5 * minute).toISOString());
  });

  it("is left out without a status", () => {
    expect(buildRecordWithStatusTime(source(toFields({ StatusAsOf: "2026-11-01" })))).toEqual({
      propertyId: "p-1",
    });
  });

  it("stays the first record's if the host sets the same record again, or an equal one soon", () => {
    const later = addReceiptTime(given, expired, expired, start + 3 * day);
    expect(later.learnedAt).toBe(start);
    const equal = { ...expired };
    expect(addReceiptTime(given, equal, equal, start + minute).learnedAt).toBe(start);
    expect(addReceiptTime(given, equal, equal, start + 2 * hour).learnedAt).toBe(start + 2 * hour);
  });

  it("is new for new content, even if the host changed its record in place", () => {
    const active = toFields({ StandardStatus: "Active" });
    expect(addReceiptTime(given, expired, active, start + minute).learnedAt).toBe(start + minute);
  });
});

describe("the listing in a host's record", () => {
  const hostile = [
    { StandardStatus: " ", CloseDate: "soon", ListPrice: -1, ListOfficeKey: 12 },
    { StandardStatus: "Active\r\nUnder Contract", ListAgentKey: "k".repeat(300) },
    { StandardStatus: `${"x".repeat(49)}  and more`, ExpirationDate: "2026-02-30", ListPrice: 1e15 },
    { StandardStatus: { value: "Active" }, CloseDate: "2026-13-45", IsOwnListing: "yes" },
    { standard_status: "Hold", closeDate: new Date(start), IsOwnListing: true },
  ];
  it.each(hostile)("is always accepted by the Worker as a report: %j", (record) => {
    const listing = pickListingFields(toFields(record));
    expect(propertyStatusInput.safeParse({ ...listing, source: "tab", isLook: true }).error).toBeUndefined();
  });

  it("leaves out invalid statuses, prices, days and keys", () => {
    expect(hostile.map((record) => pickListingFields(toFields(record)))).toEqual([
      { listOfficeKey: "12" },
      { standardStatus: "Active Under Contract", listAgentKey: "k".repeat(100) },
      { standardStatus: "x".repeat(49) },
      {},
      { standardStatus: "Hold", closeDate: "2026-11-02", isOwnListing: true },
    ]);
  });
});
