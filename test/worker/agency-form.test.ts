import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import { createLaunchedCampaign, exampleOwner, listRecipientIds, readRow } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { buildEvent } from "../support/worker/event.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests the agency forms that Texas and Maine require after a person has answered an email about a
 * home.
 */

let app: App;

beforeEach(async () => {
  app = await openApp();
  await bindings.DB.prepare(
    "UPDATE tenants SET iabs_link = 'https://b.example/iabs.pdf', relationship_form_link = 'https://b.example/me.pdf'",
  ).run();
});

/**
 * Launches a campaign to an owner in the state, sends the first email, and lets the Worker receive
 * the owner's reply `times` times. Returns the recipient's id.
 */
async function reply(stateOrProvince: string, times = 1): Promise<number> {
  const recipients = [{ ...exampleOwner, property: { ...exampleOwner.property, stateOrProvince } }];
  const { id: campaignId } = await createLaunchedCampaign(app.api, { recipients, recallSeconds: 0 });
  await app.run();
  const [recipientId = 0] = await listRecipientIds(campaignId);
  for (let index = 0; index < times; index += 1) await takeReply(recipientId, `answer-${index}`);
  return recipientId;
}

async function takeReply(recipientId: number, dedupeKey: string): Promise<void> {
  const ctx = createContext(bindings, { now: app.api.now });
  const events = [buildEvent({ kind: "replied", recipientId, dedupeKey, data: { text: "Tell me more." } })];
  await ingestEvents(ctx, {
    kind: "events",
    tenantId: 1,
    source: "inbound",
    receivedAt: app.api.now(),
    events,
  });
}

const openTasks = async () => (await app.api.get("/api/tasks")).json.items;

describe("a reply about a specific home", () => {
  test.each([
    ["TX", "Information About Brokerage Services"],
    ["ME", "Real Estate Brokerage Relationships Form"],
  ])("in %s opens one task to send the form, however often the owner answers", async (state, form) => {
    const id = await reply(state, 2);
    const tasks = await openTasks();
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      id: `${id}-0`,
      kind: "agencyForm",
      instructions: `Send the ${form} before you discuss the home.`,
      expiresAt: null,
      propertyId: "p-1",
    });
    expect((await app.api.get("/api/tasks?propertyId=p-1")).json.items).toHaveLength(1);
    expect((await app.api.get(`/api/recipients/${id}`)).json.tasks).toHaveLength(1);
  });

  test("in another state opens no task", async () => {
    await reply("NY");
    expect(await openTasks()).toEqual([]);
  });

  test("opens no second task after the first was closed, which leaves the sequence unchanged", async () => {
    const id = await reply("TX");
    const before = await readRow("campaign_recipients", id);
    expect(before.status).toBe("stopped");
    const done = await app.api.post(`/api/tasks/${id}-0/done`, { note: "Sent with my answer" });
    expect([done.status, done.json.outcome, done.json.note]).toEqual([200, "done", "Sent with my answer"]);
    expect((await app.api.post(`/api/tasks/${id}-0/done`, {})).status).toBe(200);
    expect((await app.api.post(`/api/tasks/${id}-0/skip`, {})).status).toBe(409);
    expect(await readRow("campaign_recipients", id)).toEqual(before);
    await takeReply(id, "answer-later");
    expect(await openTasks()).toEqual([]);
  });

  test("keeps its task open when everybody at the property is stopped", async () => {
    await reply("TX");
    await app.api.post("/api/properties/p-1/stop", {});
    expect(await openTasks()).toHaveLength(1);
  });
});
