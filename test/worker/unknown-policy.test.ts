import { beforeEach, describe, expect, test } from "vitest";
import type { TenantPatch } from "../../shared/tenant.ts";
import type { CampaignUnknownPolicy } from "../../shared/vocabulary.ts";
import { minute } from "../support/time.ts";
import { createLaunchedCampaign, exampleOwner, listRecipientIds, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

/*
 * Tests emails whose outcome stays unknown, because the service gives no answer and can't be asked
 * later. The office's policy decides what happens to such emails, unless the campaign has a policy
 * of its own.
 */

let app: App;

beforeEach(async () => {
  app = await openApp();
  app.answerWith(() => ({ kind: "unknown", detail: "no answer" }));
});

async function setOfficePolicy(patch: TenantPatch): Promise<void> {
  const token = await signToken({ role: "admin", at: app.api.now() });
  expect((await app.api.patch("/api/tenant", patch, { token })).status).toBe(200);
}

const launch = (unknownPolicy?: CampaignUnknownPolicy) =>
  createLaunchedCampaign(app.api, { recallSeconds: 0, recipients: [exampleOwner], unknownPolicy });

async function pass(minutes: number): Promise<void> {
  for (let turn = 0; turn < minutes; turn += 1) {
    await app.run();
    app.advance(minute);
  }
}

async function readRecipient(campaignId: number) {
  const [id] = await listRecipientIds(campaignId);
  return (await app.api.get(`/api/recipients/${id}`)).json;
}

describe("an email with an outcome that can't be found out", () => {
  test("is shown as probably sent, never as sent, and is counted apart", async () => {
    const { id } = await launch();
    await pass(20);
    expect(app.calls).toHaveLength(1);
    expect(await readRecipient(id)).toMatchObject({
      outcome: "probablySent",
      uncertainEmails: 1,
      nextStepNumber: 2,
      messages: [{ stepNumber: 1, status: "unknown", sentAt: null }],
    });
    const { total } = (await app.api.get(`/api/campaigns/${id}/analytics`)).json;
    expect(total.stats).toMatchObject({ sent: 0, unknown: 1 });
    expect((await app.api.get(`/api/campaigns/${id}`)).json.stats).toMatchObject({ sent: 0, unknown: 1 });
  });

  test("is shown as probably sent while evidence is waited for, with the reason", async () => {
    const { id } = await launch();
    await pass(5);
    expect(await readRecipient(id)).toMatchObject({
      outcome: "probablySent",
      nextStepNumber: 1,
      whyNotYet: { reason: "outcomeUnknown" },
    });
  });

  test.each([
    ["assumeSent", undefined, 1],
    ["assumeSent", "office", 1],
    ["resend", undefined, 2],
    ["resend", "office", 2],
    ["resend", "assumeSent", 1],
    ["assumeSent", "resend", 2],
  ] as const)("with %s in the office and %s in the campaign is sent %i times", async (office, own, times) => {
    await setOfficePolicy({ unknownPolicy: office });
    const { id, unknownPolicy } = await launch(own);
    expect(unknownPolicy).toBe(own ?? "office");
    await pass(50);
    expect(app.calls).toHaveLength(times);
    expect(new Set(app.calls.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await readRecipient(id)).toMatchObject({ outcome: "probablySent", nextStepNumber: 2 });
  });
});

describe("the policy for unknown outcomes", () => {
  test("of the office also applies to running campaigns as soon as it is changed", async () => {
    await launch();
    await pass(5);
    await setOfficePolicy({ unknownPolicy: "resend" });
    await pass(20);
    expect(app.calls).toHaveLength(2);
  });

  test("of a running campaign can be changed without changing anything else", async () => {
    const { id } = await launch();
    const changed = await app.api.patch(`/api/campaigns/${id}`, { unknownPolicy: "resend" });
    expect([changed.status, changed.json.unknownPolicy, changed.json.status]).toEqual([
      200,
      "resend",
      "active",
    ]);
    await pass(20);
    expect(app.calls).toHaveLength(2);
  });

  test("is one of the known values", async () => {
    const { id } = await launch();
    const refused = await app.api.patch(`/api/campaigns/${id}`, { unknownPolicy: "always" });
    expect([refused.status, Object.keys(refused.json.error.fields)]).toEqual([400, ["unknownPolicy"]]);
  });
});
