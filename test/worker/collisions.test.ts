import { beforeEach, describe, expect, test } from "vitest";
import type { TenantPatch } from "../../shared/tenant.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { beginAttempts } from "../../worker/db/messages.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { day, hour, minute } from "../support/time.ts";
import {
  buildOwners,
  createLaunchedCampaign,
  exampleOwner,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { openEngine } from "../support/worker/engine.ts";
import { bindings, listCapturedEmails, worldIds } from "../support/worker/world.ts";

const oneStep = (templateId = 0) => [{ templateId }];

let app: App;

beforeEach(async () => {
  app = await openApp();
});

async function setRules(patch: TenantPatch): Promise<void> {
  const token = await signToken({ role: "admin", at: app.api.now() });
  const { status } = await app.api.patch("/api/tenant", patch, { token });
  expect(status).toBe(200);
}

const launched = (name: string, overrides: Record<string, unknown> = {}) =>
  createLaunchedCampaign(app.api, { name, recallSeconds: 0, recipients: [exampleOwner], ...overrides });

async function whyNotYet(campaignId: number) {
  const [id = 0] = await listRecipientIds(campaignId);
  return (await app.api.get(`/api/recipients/${id}`)).json.whyNotYet;
}

/** Returns the name of the campaign of each sent email, in the order of sending. */
async function sentBy(...campaigns: readonly { id: number; name: string }[]): Promise<string[]> {
  const names = new Map<number, string>();
  for (const { id, name } of campaigns) for (const one of await listRecipientIds(id)) names.set(one, name);
  return (await listCapturedEmails()).map(({ recipientId }) => names.get(recipientId) ?? "?");
}

async function addSender(fromEmail: string): Promise<number> {
  const token = await signToken({ role: "admin", at: app.api.now() });
  const sender = {
    fromName: "Ben",
    fromEmail,
    timeZone: "America/New_York",
    ratePerSecond: 50,
    licenseType: "Licensed Salesperson",
    licenseNumber: "NY 1",
  };
  return (await app.api.post("/api/senders", sender, { token })).json.id;
}

describe("a person in two campaigns", () => {
  test("gets the first campaign's emails; the second campaign waits, shows why, and continues later", async () => {
    const first = await launched("Expired listing");
    const second = await launched("Just sold");
    await app.run();
    await app.run();
    expect(await sentBy(first, second)).toEqual(["Expired listing"]);
    const why = await whyNotYet(second.id);
    expect(why).toMatchObject({
      reason: "inOtherCampaign",
      otherCampaign: { id: first.id, name: "Expired listing", by: "person" },
    });
    expect(why.message).toContain("“Expired listing”");
    const [id = 0] = await listRecipientIds(first.id);
    await app.api.post(`/api/recipients/${id}/stop`);
    for (let step = 0; step < 3; step += 1) {
      app.api.advance(day);
      await app.run();
    }
    expect((await sentBy(first, second)).slice(0, 2)).toEqual(["Expired listing", "Just sold"]);
  });

  test("also waits if another campaign writes to the property; co-owners in one campaign do not", async () => {
    const first = await launched("Expired listing", { recipients: buildOwners(2) });
    const second = await launched("Just sold", {
      recipients: [{ ...exampleOwner, email: "son@example.com" }],
    });
    await app.run();
    expect(await sentBy(first, second)).toEqual(["Expired listing", "Expired listing"]);
    expect(await whyNotYet(second.id)).toMatchObject({
      reason: "inOtherCampaign",
      otherCampaign: { name: "Expired listing", by: "property" },
    });
  });

  test("gets both campaigns' emails if the launch allows it, separated by the cool-off", async () => {
    const first = await launched("Expired listing");
    const second = await launched("Just sold", { ignoresCollisions: true });
    expect(second.ignoresCollisions).toBe(true);
    await app.run();
    await app.run();
    expect(await sentBy(first, second)).toHaveLength(1);
    app.api.advance(day + hour);
    await app.run();
    expect((await sentBy(first, second)).toSorted()).toEqual(["Expired listing", "Just sold"]);
  });

  test("is no longer held after a resume with the override", async () => {
    await setRules({ coolOffHours: 0 });
    const first = await launched("Expired listing");
    const second = await launched("Just sold");
    await app.run();
    const path = `/api/campaigns/${second.id}/status`;
    expect((await app.api.patch(path, { status: "active", ignoresCollisions: true })).status).toBe(409);
    await app.api.patch(path, { status: "paused" });
    expect((await app.api.patch(path, { status: "active", ignoresCollisions: true })).json).toMatchObject({
      ignoresCollisions: true,
    });
    await app.run();
    expect(await sentBy(first, second)).toEqual(["Expired listing", "Just sold"]);
  });

  test("is always held if the tenant says so: the override is refused with its field", async () => {
    const draft = await launched("Draft", { status: "draft", ignoresCollisions: true });
    await setRules({ collisionPolicy: "holdAlways" });
    const refused = {
      code: "invalidRequest",
      fields: { ignoresCollisions: "Your office always holds people who are in another campaign." },
    };
    const created = await app.api.post("/api/campaigns", {
      name: "No",
      type: "followUp",
      senderId: draft.senderId,
      steps: oneStep(draft.steps[0].templateId),
      ignoresCollisions: true,
    });
    expect(created.json.error).toMatchObject(refused);
    const path = `/api/campaigns/${draft.id}/status`;
    expect((await app.api.patch(path, { status: "active" })).json.error).toMatchObject(refused);
    const launchedAll = await app.api.patch(path, { status: "active", ignoresCollisions: false });
    expect(launchedAll.json).toMatchObject({ status: "active", ignoresCollisions: false });
  });

  test("is named in the preflight, with the campaign that holds the email", async () => {
    await launched("Expired listing");
    const draft = await launched("Just sold", {
      status: "draft",
      recipients: [exampleOwner, ...buildOwners(1)],
    });
    const { json } = await app.api.post(`/api/campaigns/${draft.id}/preflight`);
    expect(json.items[0]).toMatchObject({
      verdict: "held",
      reason: "inOtherCampaign",
      otherCampaign: { name: "Expired listing", by: "person" },
    });
    expect(json.items[1]).toMatchObject({ verdict: "held", otherCampaign: { by: "property" } });
    expect(json.totals).toEqual({ willSend: 0, held: 2, blocked: 0 });
  });

  test("does not name the campaign to a session that may not see the campaign's property", async () => {
    const other = { ...exampleOwner, propertyId: "p-2" };
    const first = await launched("Secret deal on Elm Street", { propertyId: "p-2", recipients: [other] });
    const second = await launched("Just sold");
    const [id = 0] = await listRecipientIds(second.id);
    const [otherId = 0] = await listRecipientIds(first.id);
    await app.run();
    const ask = async (prop: unknown) => {
      const token = await signToken({ prop, at: app.api.now() });
      const recipients = [{ email: exampleOwner.email, propertyId: "p-1" }];
      const contacts = [{ contactKey: "c-1", email: exampleOwner.email }];
      const answers = await Promise.all([
        app.api.post("/api/collisions", { recipients }, { token }),
        app.api.post("/api/properties/p-1/contact-history", { contacts }, { token }),
        app.api.get(`/api/recipients/${id}`, { token }),
        app.api.get(`/api/recipients/${id}/send-now`, { token }),
        app.api.get("/api/campaigns?propertyId=p-1", { token }),
        app.api.post(`/api/campaigns/${second.id}/preflight`, {}, { token }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      return answers.map(({ text }) => text).join();
    };
    const expectHidden = async () => {
      expect(await ask("*")).toContain("Elm Street");
      const seen = await ask(["p-1"]);
      for (const text of ["Elm Street", `"id":${first.id}`, `"campaignId":${first.id}`])
        expect(seen).not.toContain(text);
    };
    await expectHidden();
    await app.hear({ kind: "replied", recipientId: otherId, data: { text: "Call me about Elm Street." } });
    await expectHidden();
  });

  test("costs no more reads per check if ten thousand people share the property", async () => {
    const first = await launched("Expired listing", { recipients: buildOwners(3) });
    const second = await launched("Just sold", {
      recipients: [{ ...exampleOwner, email: "son@example.com" }],
    });
    const [id = 0] = await listRecipientIds(second.id);
    const readsFor = async (one: number) => {
      const { d1, cost } = meterDatabase(bindings.DB);
      await loadCandidates(openDatabase(d1), [one], 1);
      return cost.rowsRead;
    };
    const before = await readsFor(id);
    const [template = 0] = await listRecipientIds(first.id);
    for (const campaignId of [first.id, second.id]) {
      await bindings.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, property_id, email, data, created_at)
         SELECT (SELECT first_recipient_id + 1000 FROM campaigns WHERE id = ?1) + i, tenant_id, ?1, sender_id, property_id,
           'many' || i || '@example.com', data, created_at FROM n, campaign_recipients WHERE id = ?2`,
      )
        .bind(campaignId, template)
        .run();
    }
    expect(await readsFor(id)).toBeLessThan(before + 60);
  });
});

describe("of two emails to one person from two campaigns", () => {
  const both = async () => {
    await setRules({ collisionPolicy: "off" });
    const other = await addSender("ben@cedar.example");
    const first = await launched("Expired listing", {
      steps: undefined,
      presetId: "expiredListing",
      type: undefined,
    });
    const second = await launched("Just sold", {
      senderId: other,
      presetId: "justSold",
      nearbySale: { address: "131 Main St", role: "listingSide", closedOn: "2025-09-21" },
      steps: undefined,
      type: undefined,
    });
    return [first, second] as const;
  };

  test("that are due in one tick, one is sent now and the other after the cool-off", async () => {
    const [first, second] = await both();
    await app.run();
    expect(await sentBy(first, second)).toHaveLength(1);
    app.api.advance(6 * minute);
    await app.run();
    expect(await sentBy(first, second)).toHaveLength(1);
    const [gone] = await sentBy(first, second);
    expect(await whyNotYet(gone === "Just sold" ? first.id : second.id)).toMatchObject({ reason: "coolOff" });
    app.api.advance(day);
    await app.run();
    expect((await sentBy(first, second)).slice(0, 2).toSorted()).toEqual(["Expired listing", "Just sold"]);
  });

  test("and one sender, only one is sent if both are claimed at once", async () => {
    await setRules({ collisionPolicy: "off" });
    const campaigns = [await launched("One"), await launched("Two"), await launched("Three")];
    await app.run();
    expect(await sentBy(...campaigns)).toHaveLength(1);
  });

  test.each([1, 2, 3, 4, 5])("only one is sent by overlapping ticks and batches (run %d)", async () => {
    const [first, second] = await both();
    const engines = [await openEngine({ clock: app.clock }), await openEngine({ clock: app.clock })];
    await Promise.all(engines.map(({ tick }) => tick()));
    const jobs = engines.flatMap(({ queue }) => queue.take());
    await Promise.all(engines.map(({ deliver }) => deliver(jobs)));
    expect(await sentBy(first, second)).toHaveLength(1);
  });

  /**
   * Claims both recipients for sending, as after a race: both recipients were checked before either
   * was claimed.
   */
  async function bothClaimed() {
    const [first, second] = await both();
    const rows = await Promise.all(
      [first, second].map(async ({ id }) =>
        readRow("campaign_recipients", (await listRecipientIds(id))[0] ?? 0),
      ),
    );
    const entries = rows.map((row, index) => ({
      accountId: worldIds.account,
      recipientId: Number(row.id),
      stepNumber: 1,
      lease: 900 - index,
      subject: "Hello",
      saysLast: false,
      record: null,
      variant: null,
      listingRevision: 0,
    }));
    const leaseUntil = app.api.now() + 10 * minute;
    await bindings.DB.batch(
      entries.map(({ recipientId, lease }) =>
        bindings.DB.prepare("UPDATE campaign_recipients SET lease = ?1, due_at = ?2 WHERE id = ?3").bind(
          lease,
          leaseUntil,
          recipientId,
        ),
      ),
    );
    return entries;
  }

  test("the one that was claimed first is sent, if both were checked before", async () => {
    const entries = await bothClaimed();
    const db = openDatabase(bindings.DB);
    const first = entries[1]?.recipientId ?? 0;
    expect([...(await beginAttempts(db, entries, 1, app.api.now())).keys()]).toEqual([first]);
    expect([...(await beginAttempts(db, entries, 2, app.api.now())).keys()]).toEqual([]);
  });

  test("the one claimed first waits if the other's call has already begun", async () => {
    const entries = await bothClaimed();
    const db = openDatabase(bindings.DB);
    const [later, first] = [entries.slice(0, 1), entries.slice(1)];
    // Simulates that the engine checked the later recipient before the engine claimed the first
    // recipient.
    await bindings.DB.prepare("UPDATE campaign_recipients SET lease = NULL WHERE id = ?1")
      .bind(first[0]?.recipientId)
      .run();
    expect((await beginAttempts(db, later, 1, app.api.now())).size).toBe(1);
    await bindings.DB.prepare("UPDATE campaign_recipients SET lease = ?1 WHERE id = ?2")
      .bind(first[0]?.lease, first[0]?.recipientId)
      .run();
    expect((await beginAttempts(db, first, 2, app.api.now())).size).toBe(0);
    await bindings.DB.prepare("UPDATE messages SET status = 'unknown'").run();
    expect((await beginAttempts(db, first, 3, app.api.now())).size).toBe(0);
    // The message waits for another try, but the first try may have succeeded.
    await bindings.DB.prepare("UPDATE messages SET status = 'retrying'").run();
    await bindings.DB.prepare("UPDATE campaign_recipients SET lease = NULL WHERE id = ?1")
      .bind(later[0]?.recipientId)
      .run();
    expect((await beginAttempts(db, first, 4, app.api.now())).size).toBe(0);
    // The service deferred the message, so this email was not sent, and the other campaign's email
    // may be sent.
    await bindings.DB.prepare("UPDATE messages SET failure_reason = 'deferred'").run();
    expect((await beginAttempts(db, first, 5, app.api.now())).size).toBe(1);
  });

  test("neither is sent early by Send now, unless the tenant has no cool-off", async () => {
    const [first, second] = await both();
    await app.run();
    const [gone] = await sentBy(first, second);
    const waiting = gone === "Just sold" ? first : second;
    const [id = 0] = await listRecipientIds(waiting.id);
    app.api.advance(6 * minute);
    await app.api.post(`/api/recipients/${id}/send-now`, { recallSeconds: 0 });
    await app.run();
    expect(await sentBy(first, second)).toHaveLength(1);
    await setRules({ coolOffHours: 0 });
    await app.api.post(`/api/recipients/${id}/send-now`, { recallSeconds: 0 });
    await app.run();
    expect(await sentBy(first, second)).toHaveLength(2);
  });
});
