import { beforeEach, describe, expect, test } from "vitest";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { storePropertyReports } from "../../worker/receive/property-reports.ts";
import { day, hour } from "../support/time.ts";
import {
  buildLaunchBody,
  buildTemplateBody,
  createTenant,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { toReadablePreview, toReadableSentEmail } from "../support/worker/same-letter.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests a host that reports new names and addresses after a launch. The follow-ups contain the
 * newest values from the host. Values that an agent has corrected by hand stay.
 */
let app: App;

beforeEach(async () => {
  app = await openApp();
});

const bodyHtml = `<p>{{recipient.fullName}}, called {{recipient.salutation}}: {{property.streetAddress}}, {{property.city}}.</p>
<p>{{property.unparsedAddress}} at {{property.listPrice}}</p>`;
const jane = {
  email: "jane@example.com",
  contactKey: "c-1",
  firstName: "Jane",
  lastName: "Doe",
  fullName: "Jane Doe",
  property: {
    streetAddress: "123 Main St",
    city: "Albany",
    stateOrProvince: "NY",
    postalCode: "12207",
    unparsedAddress: "123 Main St, Albany, NY 12207",
    listPrice: 485_000,
  },
};
const john = {
  ...jane,
  email: "john@example.com",
  contactKey: "c-2",
  fullName: "John Roe",
  firstName: "John",
};
const atLaunch = ["Jane Doe, called Jane: 123 Main St, Albany.", "123 Main St, Albany, NY 12207 at $485,000"];

async function launch(recipients: readonly object[] = [jane], html = bodyHtml): Promise<number[]> {
  const { json } = await app.api.post("/api/templates", buildTemplateBody({ bodyHtml: html }));
  const body = buildLaunchBody(json.id, { recipients, recallSeconds: 0 });
  const campaign = await app.api.post("/api/campaigns", body);
  expect(campaign.status).toBe(201);
  await app.run();
  return await listRecipientIds(campaign.json.id);
}

const report = (facts: object, options = {}) =>
  app.api.post("/api/properties/p-1/status", { standardStatus: "Expired", ...facts }, options);
const married = { contacts: [{ contactKey: "c-1", name: { firstName: "Jane", lastName: "Smith" } }] };
const moved = { address: { streetAddress: "125 Main St" } };

async function sendNext(): Promise<string[]> {
  app.advance(4 * day);
  await report({});
  await app.run();
  return readLines();
}
const readLines = (email = jane.email) =>
  (app.calls.findLast((call) => call.to.email === email)?.text ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, 2);

describe("a follow-up", () => {
  test("names the person and the home as the host last reported them", async () => {
    await launch();
    expect(readLines()).toEqual(atLaunch);
    expect((await report({ ...married, ...moved })).status).toBe(200);
    expect(await sendNext()).toEqual([
      "Jane Smith, called Jane: 125 Main St, Albany.",
      "125 Main St, Albany, NY 12207 at $485,000",
    ]);
    expect(app.calls.at(-1)?.to).toEqual({ email: jane.email, name: "Jane Smith" });
  });

  test("takes a contact by the host's key, or by the address if a key is missing", async () => {
    await launch([
      jane,
      john,
      { ...jane, email: "ann@example.com", contactKey: undefined, fullName: "Ann Roe" },
    ]);
    const name = { fullName: "Mary Poe" };
    await report({
      contacts: [
        { contactKey: "c-1", email: john.email, name: { fullName: "Janet Doe" } },
        { email: "ann@example.com", name: { fullName: "Anna Roe" } },
        { contactKey: "c-9", email: john.email, name },
      ],
    });
    await sendNext();
    expect(
      [jane.email, john.email, "ann@example.com"].map((email) => readLines(email)[0]?.split(",")[0]),
    ).toEqual([...["Janet Doe", "John Roe", "Anna Roe"]]);
  });

  test("keeps the greeting of the launch if the host reports the same name again", async () => {
    await launch([{ ...jane, templateData: { salutation: "Jane and John" } }]);
    await report({ contacts: [{ contactKey: "c-1", name: { fullName: "Jane Doe" } }] });
    expect((await sendNext())[0]).toBe("Jane Doe, called Jane and John: 123 Main St, Albany.");
  });

  test("stays as the launch view showed it if the host reports the same address again", async () => {
    const { unparsedAddress: _, ...property } = jane.property;
    await launch([{ ...jane, property }], `<p>{{default property.unparsedAddress "Your home"}}</p>`);
    await report({ address: { streetAddress: " 123  Main St", city: "Albany" } });
    expect((await sendNext())[0]).toBe("Your home");
  });

  test("takes nothing that another office reports about a property with the same id", async () => {
    await createTenant(2);
    await launch();
    const token = await signToken({ tenantId: 2, at: app.clock.at });
    expect((await report({ ...married, ...moved }, { token })).status).toBe(200);
    expect(await sendNext()).toEqual(atLaunch);
  });

  test("is read in the tab as it is sent, byte for byte", async () => {
    const [id] = await launch();
    await report({ ...married, ...moved, listPrice: 449_000 });
    const { json } = await app.api.get(`/api/recipients/${id}/steps/2/letter`);
    await sendNext();
    const sent = app.calls.at(-1);
    expect(sent && toReadableSentEmail(sent)).toEqual(toReadablePreview(json));
    expect(json.text).toContain("Jane Smith, called Jane: 125 Main St");
  });
});

describe("an older observation", () => {
  test("never replaces a newer one, of a price, an address or a name", async () => {
    await launch();
    app.advance(2 * hour);
    const later = new Date(app.clock.at - hour / 2).toISOString();
    const earlier = new Date(app.clock.at - hour).toISOString();
    await report({ ...married, ...moved, listPrice: 449_000, valuesAsOf: later });
    const old = { contactKey: "c-1", name: { fullName: "Jane Old" } };
    const { json } = await report({
      ...{ valuesAsOf: earlier, listPrice: 999_000 },
      ...{ address: { streetAddress: "9 Old Rd" }, contacts: [old] },
    });
    expect(json).toMatchObject({ listPrice: 449_000, previousListPrice: null, addressAt: later });
    expect(await sendNext()).toEqual([
      "Jane Smith, called Jane: 125 Main St, Albany.",
      "125 Main St, Albany, NY 12207 at $449,000",
    ]);
  });

  test("from before the launch does not replace the launch's own values", async () => {
    const before = new Date(app.clock.at - day).toISOString();
    await launch();
    await report({ ...married, ...moved, listPrice: 449_000, valuesAsOf: before });
    expect(await sendNext()).toEqual(atLaunch);
  });

  test("is what a report from the future becomes once a newer report comes", async () => {
    await launch();
    const future = new Date(app.clock.at + 300 * day).toISOString();
    await report({ ...moved, valuesAsOf: future });
    app.advance(hour);
    await report({ address: { streetAddress: "127 Main St" } });
    expect((await sendNext())[0]).toContain("127 Main St");
  });
});

describe("a value that an agent corrected by hand", () => {
  const correct = (id: number | undefined, patch: object) => app.api.patch(`/api/recipients/${id}`, patch);

  test("stays if it is a name or a part of the address, whatever the host reports later", async () => {
    const [id] = await launch();
    expect((await correct(id, { name: "Janet Right", property: { city: "Troy" } })).status).toBe(200);
    await report({
      ...married,
      address: { streetAddress: "125 Main St", city: "Albany", postalCode: "12208" },
    });
    expect(await sendNext()).toEqual([
      "Janet Right, called Janet: 125 Main St, Troy.",
      "125 Main St, Troy, NY 12208 at $485,000",
    ]);
  });

  test("is replaced if it is a price and the host has observed a newer one, but by no older one", async () => {
    const [id] = await launch();
    await report({ listPrice: 449_000 });
    app.advance(hour);
    await correct(id, { property: { listPrice: 470_000 } });
    expect((await sendNext())[1]).toContain("at $470,000");
    await report({ listPrice: 430_000 });
    expect((await sendNext())[1]).toContain("at $430,000");
  });
});

describe("a report", () => {
  const name = { fullName: "Jane Doe" };
  test.each([
    ["an address without a field", { address: {} }, "address"],
    ["a house number without a street", { address: { streetNumber: "12" } }, "address"],
    ["a field that no address has", { address: { planet: "Mars" } }, "address"],
    ["a field of 301 characters", { address: { city: "x".repeat(301) } }, "address.city"],
    ["a line break", { address: { city: "Troy\r\nBcc: x@example.com" } }, "address.city"],
    ["a contact without key and address", { contacts: [{ name }] }, "contacts.0.contactKey"],
    [
      "a contact without a name",
      { contacts: [{ contactKey: "c-1", name: { salutation: "Jane" } }] },
      "contacts.0.name",
    ],
    ["a contact with other fields", { contacts: [{ contactKey: "c-1", name, phone: "1" }] }, "contacts.0"],
    ["no contact", { contacts: [] }, "contacts"],
    [
      "21 contacts",
      { contacts: Array.from({ length: 21 }, (_, index) => ({ contactKey: `c-${index}`, name })) },
      "contacts",
    ],
    ["a time that is none", { ...moved, valuesAsOf: "yesterday" }, "valuesAsOf"],
  ])("with %s is refused, with the field named", async (_, facts, field) => {
    const { status, json } = await report(facts);
    expect([status, Object.keys(json.error.fields).some((one) => one.startsWith(field))]).toEqual([
      400,
      true,
    ]);
  });

  test("needs the right to the property, like a report of the status", async () => {
    const token = await signToken({ prop: ["p-2"], at: app.clock.at });
    expect((await report(moved, { token })).status).toBe(404);
    const viewer = await signToken({ role: "viewer", at: app.clock.at });
    expect((await report(moved, { token: viewer })).status).toBe(403);
  });

  test("is answered with all that is known, and is in the audit log without names", async () => {
    await report(moved);
    const { json } = await report(married);
    expect(json).toMatchObject({
      address: { streetAddress: "125 Main St" },
      contacts: [{ contactKey: "c-1", email: null, name: { firstName: "Jane", lastName: "Smith" } }],
    });
    const { results } = await bindings.DB.prepare("SELECT data FROM audit_log ORDER BY id").all();
    expect(JSON.stringify(results)).toContain("hasAddress");
    expect(JSON.stringify(results)).not.toMatch(/Main|Smith/);
  });

  test("is kept if other reports come at the same moment", async () => {
    await Promise.all([report(married), report(moved), report({ listPrice: 1 })]);
    const { json } = await report({});
    expect(json).toMatchObject({ listPrice: 1, address: { streetAddress: "125 Main St" } });
    expect(json.contacts).toHaveLength(1);
  });

  test("keeps the names of the 20 contacts that were reported last", async () => {
    const contacts = (from: number) =>
      Array.from({ length: 20 }, (_, index) => ({ contactKey: `c-${from + index}`, name }));
    await report({ contacts: contacts(0) });
    const { json } = await report({ contacts: contacts(15) });
    expect(json.contacts.map(({ contactKey }: { contactKey: string }) => contactKey).toSorted()).toEqual(
      contacts(15)
        .map(({ contactKey }) => contactKey)
        .toSorted(),
    );
  });

  test("writes the property's row and the audit entry, and only the entry if nothing is new", async () => {
    const ids = await launch([jane, john]);
    const { d1, cost } = meterDatabase(bindings.DB);
    const scope = createScope(openDatabase(d1), 1);
    const store = async (at: number) => {
      const before = { ...cost };
      const facts = { at, address: moved.address, contacts: [{ contactKey: "c-1", email: null, name }] };
      const news = { propertyId: "p-1", report: { at, source: "host" as const }, listPrice: null, facts };
      const audit = { id: at, actor: "host", action: "property.changed", subject: "properties/p-1", at };
      await storePropertyReports(
        scope,
        [{ ...news, owners: null, people: [], opensProperty: false }],
        {},
        audit,
      );
      return { read: cost.rowsRead - before.rowsRead, written: cost.rowsWritten - before.rowsWritten };
    };
    const countReads = async () => {
      const before = cost.rowsRead;
      const candidates = await loadCandidates(openDatabase(d1), ids, 1);
      return {
        read: cost.rowsRead - before,
        contacts: candidates.map((one) => one.hostFacts.contacts.length),
      };
    };
    const unreported = await countReads();
    await store(app.clock.at);
    const unchanged = await store(app.clock.at + hour);
    const renewed = await store(app.clock.at + 2 * day);
    expect([unchanged.written, renewed.written]).toEqual([1, 2]);
    expect(renewed.read).toBeLessThanOrEqual(21);

    const reported = await countReads();
    expect(reported.contacts).toEqual([1, 0]);
    // For each recipient, the update may read two more rows: the property's row, and the row of the
    // property's only contact.
    expect(reported.read - unreported.read).toBeLessThanOrEqual(2 * ids.length);
  });
});
