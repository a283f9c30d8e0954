import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import { exampleOwner, listRecipientIds, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

async function launch(name: string, bodyHtml: string): Promise<number> {
  const template = { name, subject: "Your home", bodyHtml };
  const templateId = (await app.api.post("/api/templates", template)).json.id;
  const steps = [{ templateId }];
  const body = {
    name,
    type: "sellerOutreach",
    senderId: 101,
    steps,
    status: "active",
    recallSeconds: 0,
    // In this test, the Worker runs only once a day, and the engine treats such a gap as an outage.
    // With the default limit, the engine would hold the late emails.
    maxLatenessHours: 24 * 365,
    recipients: [exampleOwner],
  };
  const launched = await app.api.post("/api/campaigns", body);
  expect(launched.status, launched.text).toBe(201);
  return launched.json.id;
}

async function whyNotYet(campaignId: number): Promise<string | undefined> {
  const [id = 0] = await listRecipientIds(campaignId);
  return (await app.api.get(`/api/recipients/${id}`)).json.whyNotYet?.reason;
}

describe("a person who got a note announced as the last", () => {
  test("gets no email from any campaign for the office's set time", async () => {
    const token = await signToken({ role: "admin", at: app.api.now() });
    await app.api.patch("/api/tenant", { lastNoteDays: 30 }, { token });
    await launch("First", "<p>Hi {{recipient.salutation}}</p><p>This is my last note about it.</p>");
    await app.run();
    expect(app.calls).toHaveLength(1);
    app.advance(20 * day);
    const second = await launch("Second", "<p>Hi again</p>");
    await app.run();
    expect(app.calls).toHaveLength(1);
    expect(await whyNotYet(second)).toBe("lastNote");

    for (let days = 20; days < 31; days += 1) {
      app.advance(day);
      await app.run();
    }
    expect(await whyNotYet(second)).toBeUndefined();
    expect(app.calls).toHaveLength(2);
  });

  test("gets emails again after writing to us", async () => {
    await launch("First", "<p>Hi</p><p>I'll stop here.</p>");
    await app.run();
    const recipientId = app.calls[0]?.reference.recipientId ?? 0;
    app.advance(5 * day);
    await app.hear({ kind: "replied", recipientId, stepNumber: 1 }, 1);
    app.advance(20 * day);
    await launch("Second", "<p>Hi again</p>");
    app.advance(minute);
    await app.run();
    expect(app.calls).toHaveLength(2);
  });
});
