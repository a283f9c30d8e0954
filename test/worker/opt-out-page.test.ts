import { beforeEach, describe, expect, test } from "vitest";
import { maskAddress } from "../../worker/domain/receive/opt-out-undo.ts";
import {
  buildOwners,
  createLaunchedCampaign,
  listRecipientIds,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, readFigureSums } from "../support/worker/world.ts";

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
const countUnsubscribed = async () => (await readFigureSums()).unsubscribed ?? 0;

test("the page names the office and part of the address, and says what will happen", async () => {
  const { text } = await look();
  expect(text).toContain("Unsubscribe from Brokerage 1");
  expect(text).toContain("o•••@example.com");
  expect(text).not.toContain("owner-0@example.com");
  expect(text).toContain("no agent at Brokerage 1 will send these emails to this address again");
});

test.each([
  ["jane.doe@example.com", "j•••@example.com"],
  ["j@example.com", "j•••@example.com"],
  ["odd@name@example.com", "o•••@example.com"],
])("the address %s is shown as %s", (email, masked) => expect(maskAddress(email)).toBe(masked));

describe("an opt-out", () => {
  test("can be undone for a minute: everybody whom it stopped continues as before", async () => {
    await unsubscribe();
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["stopped", "stopped"]);
    expect(await countUnsubscribed()).toBe(1);
    app.advance(50 * second);
    expect((await look()).text).toContain("Undo");
    const undone = await press("choice=undo");
    expect([undone.status, undone.text.includes("You’re subscribed again")]).toEqual([200, true]);
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

  test("can't be undone after the minute, and the page says so", async () => {
    await unsubscribe();
    app.advance(61 * second);
    expect((await look()).text).not.toContain("Undo");
    const late = await press("choice=undo");
    expect([late.status, late.text.includes("too late")]).toEqual([409, true]);
    expect([await statusOf(id), await count("suppressions")]).toEqual(["stopped", 1]);
  });

  test("takes effect again if the person opts out again after an undo", async () => {
    await unsubscribe();
    await press("choice=undo");
    await unsubscribe();
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["stopped", "stopped"]);
    expect([await count("suppressions"), await count("refusals"), await countUnsubscribed()]).toEqual([
      1, 1, 1,
    ]);
  });

  test("from before the link was used can't be undone with the link", async () => {
    await suppressAddress("owner-0@example.com");
    const before = await count("suppressions");
    const { text } = await unsubscribe();
    expect([before, text.includes("Undo")]).toEqual([1, false]);
    expect((await press("choice=undo")).status).toBe(409);
    expect(await count("suppressions")).toBe(1);
  });

  test("that is undone does not cancel a refusal that an agent recorded before", async () => {
    await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "notSelling" });
    await unsubscribe();
    await press("choice=undo");
    const kept = await bindings.DB.prepare("SELECT kind FROM refusals").all();
    expect(kept.results).toEqual([{ kind: "notSelling" }]);
    expect([await statusOf(id), await statusOf(spouse)]).toEqual(["stopped", "stopped"]);
  });

  test("that was never made can't be undone", async () => {
    expect((await press("choice=undo")).status).toBe(409);
    expect(await statusOf(id)).toBe("active");
  });
});

describe('the answer "wrong person"', () => {
  test("closes only this address at this property", async () => {
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
    await expect(createLaunchedCampaign(app.api, again)).rejects.toThrow(
      "is the wrong person for this property",
    );
  });

  test("still allows an opt-out from everything", async () => {
    await press("choice=wrongPerson");
    await unsubscribe();
    expect(await count("suppressions")).toBe(1);
  });

  test("is not offered if the email belongs to no property", async () => {
    await bindings.DB.prepare("UPDATE campaign_recipients SET property_id = NULL").run();
    expect((await look()).text).not.toContain("wrong person");
    expect((await press("choice=wrongPerson")).status).toBe(410);
  });
});

test("the page shows the office's name as text, not as HTML", async () => {
  await bindings.DB.prepare("UPDATE tenants SET licensed_name = '<b>Smith & Co' WHERE id = 1").run();
  const { text } = await look();
  expect(text).toContain("&lt;b&gt;Smith &amp; Co");
  expect(text).not.toContain("<b>Smith");
});

test("a link still unsubscribes its address after the recipient was deleted", async () => {
  await bindings.DB.prepare("DELETE FROM campaign_recipients").run();
  expect((await look()).text).toContain("o•••@example.com");
  expect((await unsubscribe()).text).toContain("Undo");
  expect((await press("choice=undo")).status).toBe(200);
  expect(await count("suppressions")).toBe(0);
});

describe("the language of the page", () => {
  const lookIn = (acceptLanguage: string, query = "") =>
    app.api.get(`${path}${query}`, { token: null, headers: { "accept-language": acceptLanguage } });

  test.each([
    ["es-MX,es;q=0.9,en;q=0.8", "es"],
    ["es", "es"],
    ["en-US,en;q=0.9,es;q=0.8", "en"],
    ["fr,es;q=0.7,en;q=0.3", "es"],
    ["es;q=0,en", "en"],
    ["est", "en"],
    ["de", "en"],
    ["", "en"],
    [",;q=x,es;q=2;x", "es"],
  ])("is for a browser that accepts %j: %s", async (accepted, language) => {
    const { text } = await lookIn(accepted);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(language === "es" ? "Cancelar la suscripción a" : "Unsubscribe from");
  });

  test("is the letter's, whatever the browser accepts", async () => {
    expect((await lookIn("en-US", "?lang=es")).text).toContain("Cancelar la suscripción a Brokerage 1");
    expect((await lookIn("en-US", "?lang=xx")).text).toContain("Unsubscribe from Brokerage 1");
  });

  test("stays Spanish through the opt-out and its undo, which work as in English", async () => {
    const press = (raw: string) =>
      app.api.call("POST", `${path}?lang=es`, {
        token: null,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        raw,
      });
    const done = await press("List-Unsubscribe=One-Click");
    expect(done.text).toContain("Su suscripción está cancelada");
    expect(await statusOf(id)).toBe("stopped");
    expect((await press("choice=undo")).text).toContain("Su suscripción está activa de nuevo");
    expect((await press("choice=wrongPerson")).text).toContain("Gracias por avisarnos");
  });

  test("is Spanish for a link that leads nowhere", async () => {
    const { status, text } = await app.api.get("/u/nothing?lang=es", { token: null });
    expect([status, text.includes("Este enlace no funciona")]).toEqual([404, true]);
  });
});
