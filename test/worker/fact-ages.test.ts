import { beforeEach, describe, expect, test } from "vitest";
import type { MaxFactAgeDays } from "../../shared/fact-age.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { day } from "../support/time.ts";
import { buildLaunchBody, buildTemplateBody, listRecipientIds, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests an office's limits for the age of values in emails. The second email is due after three
 * days. With a limit of two days, the email waits until the host or an agent confirms the value
 * again.
 */
let app: App;
let campaignId: number;
let recipientId: number;

beforeEach(async () => {
  app = await openApp();
});

const jane = {
  email: "jane@example.com",
  contactKey: "c-1",
  fullName: "Jane Doe",
  property: {
    streetAddress: "123 Main St",
    city: "Albany",
    listPrice: 485_000,
    estimate: 510_000,
    cityTax: "1%",
  },
};
const limit = async (maxFactAgeDays: MaxFactAgeDays) => {
  const token = await signToken({ role: "admin", at: app.clock.at });
  expect((await app.api.patch("/api/tenant", { maxFactAgeDays }, { token })).status).toBe(200);
};
const tell = (facts: object = {}) =>
  app.api.post("/api/properties/p-1/status", { standardStatus: "Expired", ...facts });
const read = async () => (await app.api.get(`/api/recipients/${recipientId}`)).json;
const fill = (patch: object) => app.api.patch(`/api/recipients/${recipientId}`, patch);

/**
 * Launches a campaign, sends the first email, and moves the clock to the time of the second email.
 * Then the host reports the home's status, and the engine runs.
 */
async function launchWith(bodyHtml: string, wordings: object[] = []): Promise<void> {
  const { json } = await app.api.post("/api/templates", buildTemplateBody({ subject: "Hello", bodyHtml }));
  const body = buildLaunchBody(json.id, { recipients: [{ ...jane, wordings }], recallSeconds: 0 });
  campaignId = (await app.api.post("/api/campaigns", body)).json.id;
  [recipientId = 0] = await listRecipientIds(campaignId);
  await app.run();
  expect(app.calls).toHaveLength(1);
  app.advance(3 * day);
  await tell();
  await app.run();
}

describe("an email with a value that is older than the office allows", () => {
  const estimate = "<p>Worth {{property.estimate}} in {{property.city}}</p>";

  test("waits, and every view names the value and its age", async () => {
    await limit({ "property.estimate": 2 });
    await launchWith(estimate);
    expect(app.calls).toHaveLength(1);
    const { whyNotYet, oldValues } = await read();
    const message =
      "“Estimate” in this email is 4 days old, and your office’s limit is 2. The email will go out once your CRM reports it again, or you fill it in.";
    expect(whyNotYet).toMatchObject({ reason: "factTooOld", message, until: null });
    expect(oldValues).toEqual([
      expect.objectContaining({
        path: "property.estimate",
        label: "Estimate",
        value: "510000",
        ageDays: 4,
        mostDays: 2,
      }),
    ]);
    const preflight = await app.api.post(`/api/campaigns/${campaignId}/preflight`);
    expect(preflight.json.items[0]).toMatchObject({ verdict: "held", reason: "factTooOld", message });
    const preview = await app.api.get(`/api/recipients/${recipientId}/send-now`);
    expect(preview.json.hold).toMatchObject({ reason: "factTooOld", message });
  });

  test("goes when an agent fills the value in, even if the value stays the same", async () => {
    await limit({ "property.estimate": 2 });
    await launchWith(estimate);
    await tell({ listPrice: 400_000, address: { city: "Troy" } });
    await app.run();
    expect(app.calls).toHaveLength(1);
    const { json } = await fill({ property: { estimate: "510000" } });
    expect(json.oldValues).toEqual([]);
    await app.run();
    expect(app.calls.at(-1)?.text).toContain("Worth $510,000 in Troy");
  });

  test("goes when the office raises the limit or takes it away", async () => {
    await limit({ "property.estimate": 2 });
    await launchWith(estimate);
    await limit({ "property.estimate": 30 });
    await app.run();
    expect(app.calls).toHaveLength(2);
  });

  test("goes when the host reports the address and the name anew, if these were too old", async () => {
    await limit({ default: 2 });
    await launchWith("<p>{{recipient.salutation}} in {{property.city}}</p>");
    const paths = async () => (await read()).oldValues.map(({ path }: { path: string }) => path).toSorted();
    expect(await paths()).toEqual(["property.city", "recipient.salutation"]);
    await tell({ address: { city: "Albany" } });
    await app.run();
    expect(await paths()).toEqual(["recipient.salutation"]);
    await tell({ contacts: [{ contactKey: "c-1", name: { fullName: "Jane Doe" } }] });
    await app.run();
    expect(app.calls).toHaveLength(2);
  });
});

describe("the limit", () => {
  const words = "<p>{{property.city}} at {{property.listPrice}}</p>";

  test("of a variable outweighs the limit of all values that the host keeps current", async () => {
    await limit({ default: 2, "property.city": 30, "property.listPrice": 30 });
    await launchWith(words);
    expect(app.calls).toHaveLength(2);
  });

  test("of all values that the host keeps current leaves the host's other values alone", async () => {
    await limit({ default: 2 });
    await launchWith("<p>Worth {{property.estimate}}</p>");
    expect(app.calls).toHaveLength(2);
  });

  test.each([
    ["a longer name", "<p>{{property.cityTax}}{{property.estimate}}</p>", 2],
    ["a condition", "<p>{{#if property.city}}Hi{{/if}}</p>", 1],
    ["a fallback", '<p>{{default property.city "town"}}</p>', 1],
    ["a section", "<p>{{#with property}}{{city}}{{/with}}</p>", 1],
    ["a tag without spaces", "<p>{{~property.city~}}</p>", 1],
  ])("finds the variable in %s only if it is the variable", async (_, bodyHtml, sent) => {
    await limit({ "property.city": 2 });
    await launchWith(bodyHtml);
    expect(app.calls).toHaveLength(sent);
  });

  test("counts for the words that the agent has changed for one person, not for those replaced", async () => {
    await limit({ "property.city": 2 });
    await launchWith(words, [
      { stepNumber: 2, subject: "Hi", bodyText: "See you at {{property.streetAddress}}." },
    ]);
    expect(app.calls).toHaveLength(2);
    app = await openApp();
    await limit({ "property.streetAddress": 2 });
    await launchWith(words, [
      { stepNumber: 2, subject: "Hi", bodyText: "See you at {{property.streetAddress}}." },
    ]);
    expect(app.calls).toHaveLength(1);
  });

  test("costs an office without limits nothing, and another office a few rows", async () => {
    await launchWith(words);
    const count = async () => {
      const { d1, cost } = meterDatabase(bindings.DB);
      await loadCandidates(openDatabase(d1), [recipientId], 1);
      return cost.rowsRead;
    };
    const without = await count();
    await limit({ "property.city": 2 });
    expect((await count()) - without).toBeLessThanOrEqual(10);
    await limit({ default: 2 });
    expect((await count()) - without).toBeLessThanOrEqual(45);
  });
});

describe("a value that an agent confirms", () => {
  test("is replaced by the host's later report, unlike a value that the agent changed", async () => {
    await launchWith("<p>{{recipient.fullName}} in {{property.city}}</p>");
    await fill({ templateData: { fullName: "Jane Doe" }, property: { city: "Troy" } });
    await tell({
      address: { city: "Utica" },
      contacts: [{ contactKey: "c-1", name: { fullName: "Jane Smith" } }],
    });
    app.advance(5 * day);
    await tell();
    await app.run();
    expect(app.calls.at(-1)?.text).toContain("Jane Smith in Troy");
  });
});
