import { beforeEach, describe, expect, test } from "vitest";
import { maskAddress } from "../../worker/domain/receive/opt-out-undo.ts";
import {
  buildOwners,
  createLaunchedCampaign,
  listRecipientIds,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

/* Tests the page that an email's unsubscribe link opens. */

let app: App;
let id = 0;
let spouse = 0;
let path = "";
const second = 1000;

beforeEach(async () => {
  app = await openApp();
  const campaign = await createLaunchedCampaign(app.api, { recipients: buildOwners(2), recallSeconds: 0 });
  await app.run();
  [id = 0, spouse = 0] = await listRecipientIds(campaign.id);
  const sent = app.calls.find(({ to }) => to.email === "owner-0@example.com");
  path = /\/u\/[\w-]+/.exec(sent?.html ?? "")?.[0] ?? "";
});

const look = () => app.api.get(path, { token: null });
const press = (body: string) =>
  app.api.call("POST", path, {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    raw: body,
  });
const unsubscribe = () => press("List-Unsubscribe=One-Click");
const statusOf = async (recipientId: number) =>
  (
    await bindings.DB.prepare("SELECT status FROM campaign_recipients WHERE id = ?")
      .bind(recipientId)
      .first<{ status: string }>()
  )?.status;
const count = async (table: string) =>
  (await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;
const countUnsubscribed = async () =>
  (
    await bindings.DB.prepare("SELECT sum(value) AS n FROM step_stats WHERE name = 'unsubscribed'").first<{
      n: number | null;
    }>()
  )?.n ?? 0;

test("names the office and the address in part, and says what will happen", async () => {
  const { text } = await look();
  expect(text).toContain("Unsubscribe from Brokerage 1");
  expect(text).toContain("o•••@example.com");
  expect(text).not.toContain("owner-0@example.com");
  expect(text).toContain("no agent of Brokerage 1 sends these emails to this address again");
});

test.each([
  ["jane.doe@example.com", "j•••@example.com"],
  ["j@example.com", "j•••@example.com"],
  ["odd@name@example.com", "o•••@example.com"],
])("%s is shown as %s", (email, masked) => expect(maskAddress(email)).toBe(masked));

describe("an opt-out", () => {
  test("can be undone for a minute: everybody whom it stopped goes on, as if it had not been", async () => {
    await unsubscribe();
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["stopped", "stopped"]);
    expect(await countUnsubscribed()).toBe(1);
    app.advance(50 * second);
    expect((await look()).text).toContain("Undo");
    const undone = await press("choice=undo");
    expect([undone.status, undone.text.includes("You are subscribed again")]).toEqual([200, true]);
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["active", "active"]);
    expect([await count("suppressions"), await count("refusals"), await countUnsubscribed()]).toEqual([
      0, 0, 0,
    ]);
    const { json } = await app.api.get(`/api/recipients/${id}`);
    expect(json.outcome).not.toBe("unsubscribed");
    const log = await bindings.DB.prepare("SELECT actor, subject FROM audit_log WHERE action = ?")
      .bind("recipient.optOutUndone")
      .all();
    expect(log.results).toEqual([{ actor: "recipient", subject: `recipients/${id}` }]);
  });

  test("stays after the minute, and says so", async () => {
    await unsubscribe();
    app.advance(61 * second);
    expect((await look()).text).not.toContain("Undo");
    const late = await press("choice=undo");
    expect([late.status, late.text.includes("too late")]).toEqual([409, true]);
    expect([await statusOf(id), await count("suppressions")]).toEqual(["stopped", 1]);
  });

  test("holds again if it is pressed again after an undo", async () => {
    await unsubscribe();
    await press("choice=undo");
    await unsubscribe();
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["stopped", "stopped"]);
    expect([await count("suppressions"), await count("refusals"), await countUnsubscribed()]).toEqual([
      1, 1, 1,
    ]);
  });

  test("that was there before the link was pressed can't be undone by the link", async () => {
    await suppressAddress("owner-0@example.com");
    const before = await count("suppressions");
    const { text } = await unsubscribe();
    expect([before, text.includes("Undo")]).toEqual([1, false]);
    expect((await press("choice=undo")).status).toBe(409);
    expect(await count("suppressions")).toBe(1);
  });

  test("gives way, once undone, to the no that an agent had recorded before", async () => {
    await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "notSelling" });
    await unsubscribe();
    await press("choice=undo");
    const kept = await bindings.DB.prepare("SELECT kind FROM refusals").all();
    expect(kept.results).toEqual([{ kind: "notSelling" }]);
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["stopped", "stopped"]);
  });

  test("that nobody made can't be undone", async () => {
    expect((await press("choice=undo")).status).toBe(409);
    expect(await statusOf(id)).toBe("active");
  });
});

describe("the wrong person", () => {
  test("closes only this address for this property", async () => {
    const { status, text } = await press("choice=wrongPerson");
    expect([status, text.includes("Thank you")]).toEqual([200, true]);
    expect([await statusOf(id), await statusOf(spouse), await count("suppressions")]).toEqual([
      "stopped",
      "active",
      0,
    ]);
    const { results } = await bindings.DB.prepare("SELECT property_id, email, kind FROM refusals").all();
    expect(results).toEqual([{ property_id: "p-1", email: "owner-0@example.com", kind: "wrongPerson" }]);
    const again = { recipients: [{ email: "owner-0@example.com", propertyId: "p-1" }], status: "active" };
    await expect(createLaunchedCampaign(app.api, again)).rejects.toThrow("has refused");
  });

  test("may still unsubscribe from everything", async () => {
    await press("choice=wrongPerson");
    await unsubscribe();
    expect(await count("suppressions")).toBe(1);
  });

  test("is not asked about if the email belongs to no property", async () => {
    await bindings.DB.prepare("UPDATE campaign_recipients SET property_id = NULL").run();
    expect((await look()).text).not.toContain("wrong person");
    expect((await press("choice=wrongPerson")).status).toBe(410);
  });
});

test("an office's name stands on the page as text", async () => {
  await bindings.DB.prepare("UPDATE tenants SET licensed_name = '<b>Smith & Co' WHERE id = 1").run();
  const { text } = await look();
  expect(text).toContain("&lt;b&gt;Smith &amp; Co");
  expect(text).not.toContain("<b>Smith");
});

test("a link still unsubscribes its address when the recipient is gone", async () => {
  await bindings.DB.prepare("DELETE FROM campaign_recipients").run();
  expect((await look()).text).toContain("o•••@example.com");
  expect((await unsubscribe()).text).toContain("Undo");
  expect((await press("choice=undo")).status).toBe(200);
  expect(await count("suppressions")).toBe(0);
});
