import { beforeEach, describe, expect, test } from "vitest";
import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { day } from "../support/time.ts";
import { createLaunchedCampaign, listRecipientIds, suppressAddress } from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { acceptEmail } from "../support/worker/engine.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const jane = { email: "jane.doe@example.com", fullName: "Jane Doe" };
const newAddress = "jane@new.example";

async function launch(overrides: Record<string, unknown> = {}) {
  const campaign = await createLaunchedCampaign(app.api, {
    recallSeconds: 0,
    recipients: [jane],
    ...overrides,
  });
  const [id = 0, other = 0] = await listRecipientIds(campaign.id);
  return { campaignId: campaign.id as number, id, other };
}
const bounce = (recipientId: number, stepNumber = 1, bounceClass: "hard" | "soft" = "hard") =>
  app.hear({ kind: "bounced", recipientId, stepNumber, data: { bounceClass } });
const replace = (id: number, patch: Record<string, unknown> = { email: newAddress }) =>
  app.api.patch(`/api/recipients/${id}`, patch);
const read = async (id: number) => (await app.api.get(`/api/recipients/${id}`)).json;
const sentTo = async () =>
  (await listCapturedEmails()).map(({ toEmail, stepNumber }) => [toEmail, stepNumber]);
const isSuppressed = async (email: string) =>
  (await bindings.DB.prepare("SELECT 1 AS one FROM suppressions WHERE email = ?").bind(email).first()) !==
  null;

/** Launches a campaign, sends the first email, and lets the email bounce. */
async function launchAndBounce(overrides: Record<string, unknown> = {}) {
  const launched = await launch(overrides);
  await app.run();
  await bounce(launched.id);
  expect(await read(launched.id)).toMatchObject({ status: "stopped", stopReason: "bounced" });
  return launched;
}

describe("an address that has bounced", () => {
  test("can be replaced: the sequence goes on from where it was, and the old address stays blocked", async () => {
    const { campaignId, id } = await launchAndBounce();
    expect((await read(id)).isAddressReplaceable).toBe(true);
    const { status, json } = await replace(id);
    expect([status, json.email, json.status, json.stopReason, json.nextStepNumber, json.outcome]).toEqual([
      ...[200, newAddress, "active", null, 2, "sent"],
    ]);
    expect(json.isAddressReplaceable).toBe(false);
    expect((await app.api.get(`/api/campaigns/${campaignId}`)).json.status).toBe("active");
    await app.run();
    expect(await sentTo()).toEqual([["jane.doe@example.com", 1]]);
    app.advance(3 * day);
    await app.run();
    expect(await sentTo()).toEqual([
      ["jane.doe@example.com", 1],
      [newAddress, 2],
    ]);
    const { messages } = await read(id);
    expect(messages.map((one: { formerAddress: string | null }) => one.formerAddress)).toEqual([
      jane.email,
      null,
    ]);
    const first = await app.api.get(`/api/recipients/${id}/steps/1/letter`);
    expect(first.json.to).toContain(`<${jane.email}>`);
    expect([await isSuppressed(jane.email), await isSuppressed(newAddress)]).toEqual([true, false]);
    expect(await listAuditedActions()).toContain("recipient.addressReplaced");
  });

  test("that the receiver refused at once gets its email again, at the new address", async () => {
    app.answerWith(() => ({
      ...{
        kind: "refused",
        fault: "recipient",
        bounceClass: "hard",
        status: "5.1.1",
        detail: "no such user",
      },
    }));
    const { id } = await launch();
    await app.run();
    expect(await read(id)).toMatchObject({ status: "stopped", stopReason: "bounced" });
    app.answerWith(acceptEmail);
    expect((await replace(id)).json).toMatchObject({ status: "active", nextStepNumber: 1 });
    await app.run();
    expect(app.calls.map(({ to }) => to.email)).toEqual([jane.email, newAddress]);
    expect((await read(id)).messages[0]).toMatchObject({ status: "sent", failure: null });
  });

  test("is replaced in a paused campaign, which goes on once it is resumed", async () => {
    const { campaignId, id } = await launchAndBounce({
      recipients: [jane, { email: "john@example.com", fullName: "John" }],
    });
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "paused" });
    await replace(id);
    app.advance(3 * day);
    await app.run();
    expect(await sentTo()).toHaveLength(2);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "active", confirmLate: true });
    await app.run();
    expect(await sentTo()).toContainEqual([newAddress, 2]);
  });

  test.each([
    ["is suppressed", "gone@example.com"],
    ["is the campaign's already", "john@example.com"],
    ["is the same", jane.email],
  ])("is not replaced by one that %s, and stays stopped", async (_, email) => {
    const { id } = await launchAndBounce({
      recipients: [jane, { email: "john@example.com", fullName: "John" }],
    });
    await suppressAddress("gone@example.com");
    const { status, json } = await replace(id, { email });
    expect([status, Object.keys(json.error.fields)]).toEqual([409, ["email"]]);
    expect(await read(id)).toMatchObject({ status: "stopped", stopReason: "bounced", email: jane.email });
  });

  test("is not replaced while a refusal closes the property", async () => {
    const { id, other } = await launchAndBounce({
      recipients: [jane, { email: "john@example.com", fullName: "John" }],
    });
    await app.hear({ kind: "unsubscribed", recipientId: other, stepNumber: 1, data: {} });
    expect((await replace(id)).status).toBe(409);
  });

  test("is not replaced without an address, after the last step, or after the campaign's end", async () => {
    const { id, campaignId } = await launchAndBounce();
    expect((await replace(id, { name: "Jane" })).status).toBe(409);
    const moveTo = (nextStep: number) =>
      bindings.DB.prepare("UPDATE campaign_recipients SET next_step = ? WHERE id = ?")
        .bind(nextStep, id)
        .run();
    await moveTo(sequenceEndStepNumber);
    expect((await replace(id)).status).toBe(409);
    await moveTo(2);
    await bindings.DB.prepare("UPDATE campaigns SET end_at = 1 WHERE id = ?").bind(campaignId).run();
    expect((await read(id)).isAddressReplaceable).toBe(false);
    expect((await replace(id)).status).toBe(409);
  });

  test("does not let an agent bring back a recipient who was stopped for another reason", async () => {
    const { id } = await launch();
    await app.api.post(`/api/recipients/${id}/stop`);
    expect((await replace(id)).status).toBe(409);
  });
});

describe("after an address was replaced", () => {
  test("a second report about the old address changes nothing", async () => {
    const { id } = await launchAndBounce();
    await replace(id);
    for (const bounceClass of ["hard", "soft"] as const) await bounce(id, 1, bounceClass);
    expect(await read(id)).toMatchObject({ status: "active", email: newAddress, outcome: "sent" });
    expect(await isSuppressed(newAddress)).toBe(false);
  });

  test("a bounce of the new address stops the recipient again, and it can be replaced once more", async () => {
    const { id } = await launchAndBounce();
    await replace(id);
    app.advance(3 * day);
    await app.run();
    await bounce(id, 2);
    expect(await read(id)).toMatchObject({ status: "stopped", stopReason: "bounced", outcome: "bounced" });
    expect(await isSuppressed(newAddress)).toBe(true);
    expect((await replace(id, { email: "third@example.com" })).json.status).toBe("active");
  });
});
