import { beforeEach, describe, expect, test } from "vitest";
import { beginAttempts } from "../../worker/db/messages.ts";
import { day, hour, minute } from "../support/time.ts";
import {
  buildLaunchBody,
  createLaunchedCampaign,
  createTemplate,
  getAccountId,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;
let templateId: number;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

const owner = (property: Record<string, unknown> = {}, more: object = {}) => ({
  email: "jane.doe@example.com",
  firstName: "Jane",
  property,
  ...more,
});
const launch = async (property: Record<string, unknown>, change: object = {}) =>
  app.api.post("/api/campaigns", {
    ...buildLaunchBody(templateId, {
      recallSeconds: 0,
      // These tests move the clock by days. With the default limit, the engine would hold the
      // emails because they are late.
      maxLatenessHours: 24 * 30,
      recipients: [owner(property)],
    }),
    ...change,
  });
const tell = (body: object, propertyId = "p-1") => app.api.post(`/api/properties/${propertyId}/status`, body);
const sent = async () => (await listCapturedEmails()).length;
const admin = async () => ({ token: await signToken({ role: "admin", at: app.api.now() }) });
const detail = async () => {
  const [id = 0] = (
    await bindings.DB.prepare("SELECT id FROM campaign_recipients").all<{ id: number }>()
  ).results.map((row) => row.id);
  return (await app.api.get(`/api/recipients/${id}`)).json;
};

describe("a launch", () => {
  test.each([
    "Active",
    "Coming Soon",
    "ActiveUnderContract",
    "Pending",
    "Hold",
    "Incomplete",
    "Withdrawn",
    "Closed",
  ])(
    "to the owner of a home that is %s is refused with the rule's source and date",
    async (standardStatus) => {
      const { status, json } = await launch({ standardStatus });
      expect(status).toBe(409);
      const [finding] = json.error.findings;
      expect(json.error.fields).toEqual({ "recipients.0.property.standardStatus": finding.message });
      expect(finding).toMatchObject({ propertyId: "p-1", statusSource: "launch", checkedOn: "2026-11-29" });
      expect((await app.api.get("/api/campaigns")).json.items).toEqual([]);
    },
  );

  test("is decided by the newest status, stored or in the launch", async () => {
    await tell({ standardStatus: "Active" });
    app.api.advance(minute);
    const asOf = new Date(app.api.now() - hour).toISOString();
    expect((await launch({ standardStatus: "Expired", statusAsOf: asOf })).status).toBe(409);
    expect((await launch({})).status).toBe(409);
    expect((await launch({ standardStatus: "Expired" })).status).toBe(201);
  });

  test("stores the status it contains even if it is refused, so that other campaigns stop", async () => {
    expect((await launch({ standardStatus: "Expired" })).status).toBe(201);
    app.api.advance(minute);
    const other = { recipients: [{ ...owner({ standardStatus: "Active" }), email: "joe@example.com" }] };
    expect((await launch({}, other)).status).toBe(409);
    expect((await detail()).stopReason).toBe("listedElsewhere");
  });

  test("is allowed for buyers, recorded consent, the office's own listing, and an unlisted home", async () => {
    const consent = {
      by: "Jane Doe",
      at: "2025-01-30T17:00:00Z",
      words: "Please write to me",
      to: "Brokerage 1",
    };
    const active = { standardStatus: "Active", listOfficeKey: "OFF-1" };
    expect((await launch(active, { type: "buyerNurture" })).status).toBe(201);
    const willing = { recipients: [owner(active, { email: "b@example.com", consent })] };
    expect((await launch({}, willing)).status).toBe(201);
    const own = {
      recipients: [owner({ ...active, isOwnListing: true }, { email: "c@example.com" })],
      propertyId: "p-3",
    };
    expect((await launch({}, own)).status).toBe(201);
    await app.api.call("PATCH", "/api/tenant", {
      body: { listingGuard: { officeKeys: ["OFF-1"] } },
      ...(await admin()),
    });
    const keyed = { recipients: [owner(active, { email: "d@example.com" })], propertyId: "p-4" };
    expect((await launch({}, keyed)).status).toBe(201);
    const none = {
      recipients: [owner({ standardStatus: "Off Market" }, { email: "e@example.com" })],
      propertyId: "p-5",
    };
    expect((await launch({}, none)).status).toBe(201);
  });

  test("needs a status from the last day, or the agent's statement, which is stored", async () => {
    const old = { standardStatus: "Expired", statusAsOf: new Date(app.api.now() - 2 * day).toISOString() };
    expect((await launch(old)).json.error.findings[0].code).toBe("statusStale");
    expect((await launch({ standardStatus: "Temp off" })).json.error.findings[0].code).toBe(
      "statusUnconfirmed",
    );
    const words = "I called the owner today: no broker";
    expect((await launch({ standardStatus: "Temp off" }, { listingStatement: words })).status).toBe(201);
    const row = await bindings.DB.prepare("SELECT listing FROM properties").first<{ listing: string }>();
    expect(JSON.parse(row?.listing ?? "").confirmation).toEqual({
      by: "agent-1",
      at: app.api.now(),
      status: "Temp off",
      words,
    });
    expect((await launch({ standardStatus: "Active" }, { listingStatement: words })).status).toBe(409);
  });

  test("is checked alike for a draft, an added recipient, a plan and a dry run", async () => {
    const draft = await launch({ standardStatus: "Active" }, { status: "draft" });
    expect(draft.status).toBe(201);
    const path = `/api/campaigns/${draft.json.id}`;
    const start = await app.api.patch(`${path}/status`, { status: "active" });
    expect([start.status, start.json.error.findings[0].code]).toEqual([409, "listedElsewhere"]);
    const [item] = (await app.api.post(`${path}/preflight`, {})).json.items;
    expect(item).toMatchObject({
      verdict: "blocked",
      reason: "listedElsewhere",
      listing: { status: "Active" },
    });
    const going = await launch(
      {},
      { propertyId: null, recipients: [owner({}, { email: "x@example.com", propertyId: "p-2" })] },
    );
    const added = await app.api.post(`/api/campaigns/${going.json.id}/recipients`, {
      recipients: [owner({ standardStatus: "Pending" }, { email: "y@example.com", propertyId: "p-9" })],
    });
    expect([added.status, Object.keys(added.json.error.fields)]).toEqual([
      409,
      ["recipients.0.property.standardStatus"],
    ]);
    const plan = await app.api.post("/api/campaigns/plan", {
      presetId: "expiredListing",
      recipients: [{ propertyId: "p-1" }, { property: { standardStatus: "Expired" } }],
    });
    expect(
      plan.json.items.map((one: { listing: { code: string } | null }) => one.listing?.code ?? null),
    ).toEqual(["listedElsewhere", null]);
  });
});

describe("a running campaign", () => {
  test("stops at once when the owner lists with another broker, and shows why", async () => {
    const { json } = await launch({ standardStatus: "Expired" });
    app.api.advance(minute);
    expect((await tell({ standardStatus: "Active", source: "tab" })).json.stopped).toBe(1);
    const answer = await detail();
    expect(answer).toMatchObject({ status: "stopped", stopReason: "listedElsewhere" });
    expect(answer.listing.message).toMatch(
      /^This home has been listed \(Active\) with another brokerage since /,
    );
    expect((await app.api.get(`/api/campaigns/${json.id}`)).json.status).toBe("completed");
    await app.run();
    expect(await sent()).toBe(0);
  });

  test("sends no email to a home that becomes Active between the tick and the call", async () => {
    await launch({ standardStatus: "Expired" });
    await app.tick();
    app.api.advance(1000);
    await tell({ standardStatus: "Active" });
    await app.deliver();
    expect(await sent()).toBe(0);
  });

  test("can't start a call that was decided with an older status", async () => {
    await launch({ standardStatus: "Expired" });
    await app.tick();
    const row = await bindings.DB.prepare("SELECT id, lease FROM campaign_recipients").first<{
      id: number;
      lease: number;
    }>();
    const request = {
      recipientId: row?.id ?? 0,
      stepNumber: 1,
      lease: row?.lease ?? 0,
      subject: "x",
      variant: null,
      accountId: getAccountId(1),
      saysLast: false,
      record: null,
    };
    const begin = (listingRevision: number) =>
      beginAttempts(app.ctx.db, [{ ...request, listingRevision }], 5, app.api.now());
    expect((await begin(0)).size).toBe(0);
    expect((await begin(1)).size).toBe(1);
  });

  test("holds later emails until an agent confirms once that all homes are still not listed", async () => {
    await launch({ standardStatus: "Expired" });
    const second = {
      propertyId: "p-2",
      recipients: [owner({ standardStatus: "Canceled" }, { email: "joe@example.com" })],
    };
    await launch({}, second);
    await app.run();
    expect(await sent()).toBe(2);
    app.api.advance(9 * day);
    await app.run();
    expect(await sent()).toBe(2);
    expect((await detail()).whyNotYet).toMatchObject({ reason: "statusStale", until: null });
    const checks = (await app.api.get("/api/listing-checks")).json;
    expect(checks.owners).toBe(2);
    expect(checks.items.map((one: { status: string }) => one.status)).toEqual(["Expired", "Canceled"]);
    const propertyIds = checks.items.map((one: { propertyId: string }) => one.propertyId);
    const answered = await app.api.post("/api/listing-checks", {
      propertyIds,
      answer: "notListed",
      words: "Checked",
    });
    expect(answered.json).toEqual({ items: [], owners: 0 });
    await app.run();
    expect(await sent()).toBe(4);
  });

  test("continues when an agent looks at the property or the host sends its status", async () => {
    await launch({ standardStatus: "Expired" });
    await app.run();
    app.api.advance(9 * day);
    await app.run();
    expect(await sent()).toBe(1);
    await tell({ isLook: true, source: "tab" });
    await app.run();
    expect(await sent()).toBe(2);
  });

  test("continues at once when the owner's consent is recorded", async () => {
    await launch({ standardStatus: "Expired" });
    await app.run();
    app.api.advance(9 * day);
    await app.run();
    expect((await detail()).whyNotYet.reason).toBe("statusStale");
    const at = new Date(app.api.now()).toISOString();
    const consent = { by: "Jane Doe", at, words: "Yes, email me.", to: "Brokerage 1" };
    const { id } = await detail();
    expect((await app.api.patch(`/api/recipients/${id}`, { consent })).status).toBe(200);
    await app.run();
    expect(await sent()).toBe(2);
  });

  test("ends when an agent answers that a home is listed", async () => {
    await launch({ standardStatus: "Expired" });
    await app.run();
    await app.api.post("/api/listing-checks", {
      propertyIds: ["p-1"],
      answer: "listed",
      words: "Sign in the yard",
    });
    expect((await detail()).stopReason).toBe("listedElsewhere");
    const outsider = { token: await signToken({ prop: ["p-7"], at: app.api.now() }) };
    const body = { propertyIds: ["p-1"], answer: "notListed", words: "Checked" };
    expect((await app.api.call("POST", "/api/listing-checks", { body, ...outsider })).status).toBe(403);
  });

  test("writes no row for a repeated status", async () => {
    await createLaunchedCampaign(app.api, { recipients: [owner({ standardStatus: "Expired" })] });
    const before = await bindings.DB.prepare("SELECT listing, listing_revision FROM properties").first();
    app.api.advance(minute);
    await tell({ standardStatus: "Expired", source: "tab", isLook: true });
    app.api.advance(minute);
    const again = await bindings.DB.prepare("SELECT listing, listing_revision FROM properties").first();
    await tell({ standardStatus: "expired", source: "tab", isLook: true });
    expect(await bindings.DB.prepare("SELECT listing, listing_revision FROM properties").first()).toEqual(
      again,
    );
    expect(before?.listing_revision).toBe(again?.listing_revision);
  });

  test("holds the email for a withdrawn listing until the listing has expired", async () => {
    await launch({ standardStatus: "Expired" });
    const [id = 0] = await listRecipientIds(
      (await bindings.DB.prepare("SELECT id FROM campaigns").first<{ id: number }>())?.id ?? 0,
    );
    app.api.advance(1000);
    const expirationDate = new Date(app.api.now() + 2 * day).toISOString().slice(0, 10);
    expect((await tell({ standardStatus: "Withdrawn", expirationDate })).json.stopped).toBe(0);
    await app.run();
    expect(await sent()).toBe(0);
    expect((await readRow("campaign_recipients", id)).status).toBe("active");
    expect((await detail()).listing.message).toMatch(/contract runs through/);
    app.api.advance(4 * day);
    await app.run();
    expect(await sent()).toBe(1);
  });
});

test("an office can't loosen the listing guard", async () => {
  const body = { listingGuard: { closedDays: 30 } };
  const { status, json } = await app.api.call("PATCH", "/api/tenant", { body, ...(await admin()) });
  expect([status, Object.keys(json.error.fields)]).toEqual([400, ["listingGuard.closedDays"]]);
});
