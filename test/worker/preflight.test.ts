import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import {
  buildCampaignBody,
  buildOwners,
  buildTemplateBody,
  createLaunchedCampaign,
  createTemplate,
  dumpTables,
  getSenderId,
  listRecipientIds,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

const interval = 5000;
let app: App;

beforeEach(async () => {
  app = await openApp({ intervalMs: interval });
});

async function draft(overrides: Record<string, unknown> = {}) {
  const body = buildCampaignBody(await createTemplate(app.api), { recipients: buildOwners(3), ...overrides });
  const { json } = await app.api.post("/api/campaigns", body);
  return json.id as number;
}
const preflight = async (id: number, query = "") =>
  (await app.api.post(`/api/campaigns/${id}/preflight${query}`)).json;

describe("a dry run", () => {
  test("changes nothing, however often it is run", async () => {
    const id = await draft();
    const before = await dumpTables();
    const first = await preflight(id);
    expect(await dumpTables()).toBe(before);
    expect((await preflight(id)).totals).toEqual(first.totals);
  });

  test("shows when each email leaves, at the sender's pace and after the recall window", async () => {
    const id = await draft();
    const { items, totals, firstDay } = await preflight(id);
    expect(totals).toEqual({ willSend: 3, held: 0, blocked: 0 });
    const from = app.api.now() + 10_000;
    const times = items.map((item: { sendAt: string }) => Date.parse(item.sendAt));
    expect(times).toEqual([from, from + interval, from + 2 * interval]);
    expect(firstDay).toMatchObject({ emails: 3, firstAt: new Date(from).toISOString() });
    expect(items[0].message).toBe("This email will go out.");
  });

  test("plans emails beyond a daily cap for the sender's next days", async () => {
    await bindings.DB.prepare("UPDATE senders SET daily_cap = 2").run();
    const { items, firstDay } = await preflight(await draft({ recipients: buildOwners(5) }));
    const days = items.map((item: { sendAt: string }) =>
      Math.floor((Date.parse(item.sendAt) - Date.parse(items[0].sendAt)) / (day / 2)),
    );
    expect(firstDay.emails).toBe(2);
    expect(days.slice(0, 2)).toEqual([0, 0]);
    expect(Date.parse(items[4].sendAt) - Date.parse(items[2].sendAt)).toBe(day);
  });

  test("plans emails beyond a domain's cap for the next days, and other emails before them", async () => {
    await bindings.DB.prepare("UPDATE senders SET domain_daily_cap = 2").run();
    const recipients = ["a@one.example", "b@one.example", "c@one.example", "d@one.example", "e@two.example"];
    const id = await draft({ recipients: recipients.map((email) => ({ email })) });
    const { items, firstDay } = await preflight(id);
    expect(firstDay.emails).toBe(3);
    const first = Date.parse(items[0].sendAt);
    const isLater = items.map(({ sendAt }: { sendAt: string }) => Date.parse(sendAt) - first > day / 2);
    expect(isLater).toEqual([false, false, true, true, false]);
  });

  test("puts due recipients of the sender's other campaigns first", async () => {
    await createLaunchedCampaign(app.api, {
      recallSeconds: 0,
      recipients: buildOwners(4),
      propertyId: "p-2",
    });
    app.api.advance(minute);
    const id = await draft({ recipients: [{ email: "new@elsewhere.example" }], propertyId: "p-3" });
    const { items } = await preflight(id);
    expect(Date.parse(items[0].sendAt)).toBeGreaterThanOrEqual(app.api.now() + 4 * interval);
  });

  test("shows held and blocked recipients with the reason, and each email's missing variables", async () => {
    const { json: template } = await app.api.post(
      "/api/templates",
      buildTemplateBody({ bodyHtml: "<p>{{recipient.dogName}}</p>" }),
    );
    const plain = await createTemplate(app.api);
    const id = await draft({
      propertyId: null,
      steps: [{ templateId: plain }, { templateId: template.id, delayDays: 1 }],
      recipients: [
        { email: "fine@example.com", templateData: { dogName: "Rex" } },
        { email: "dogless@example.com" },
        { email: null, fullName: "No Address" },
        { email: "sold@example.com", propertyId: "p-sold" },
      ],
    });
    await app.api.post("/api/properties/p-sold/status", { standardStatus: "Closed" });
    const { items } = await preflight(id);
    type Item = {
      email: string;
      verdict: string;
      reason: string;
      message: string;
      missingVariables: string[];
    };
    const shown = items.map(({ verdict, reason, missingVariables }: Item) => [
      verdict,
      reason,
      missingVariables,
    ]);
    expect(shown).toEqual([
      ["willSend", null, []],
      ["willSend", null, ["recipient.dogName"]],
      ["held", "waitingForEmail", ["recipient.dogName"]],
      ["blocked", "recentlySold", ["recipient.dogName"]],
    ]);
    expect(items.every((item: Item) => item.message.length > 5)).toBe(true);
  });

  test("of a running campaign shows the next email and its real time", async () => {
    const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0 });
    await app.run();
    const { items } = await preflight(campaign.id);
    expect(items[0]).toMatchObject({ stepNumber: 2, verdict: "willSend" });
    const { json } = await app.api.get(`/api/recipients/${items[0].id}`);
    expect(items[0].sendAt).toBe(json.nextSendAt);
    expect(await listCapturedEmails()).toHaveLength(1);
  });

  test("of a paused sender or a stopped tenant shows everybody as held", async () => {
    const id = await draft();
    await bindings.DB.prepare("UPDATE senders SET is_paused = 1 WHERE id = ?").bind(getSenderId(1)).run();
    expect((await preflight(id)).items[0].reason).toBe("senderPaused");
    await bindings.DB.prepare("UPDATE tenants SET stopped_at = 1").run();
    expect((await preflight(id)).items[0].reason).toBe("tenantStopped");
  });

  test("is paged, and its second page continues the sender's queue after the first", async () => {
    const id = await draft({ recipients: buildOwners(5) });
    const first = await preflight(id, "?limit=3");
    const second = await preflight(id, `?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map((item: { id: number }) => item.id)).toEqual(
      await listRecipientIds(id),
    );
    expect(second.nextCursor).toBeNull();
    const gap = Date.parse(second.items[0].sendAt) - Date.parse(first.items[2].sendAt);
    expect(Math.round(gap / interval)).toBe(1);
    expect((await app.api.post(`/api/campaigns/${id}/preflight?limit=501`)).status).toBe(400);
  });
});
