import { beforeEach, describe, expect, test } from "vitest";
import type { EventKind, StopReason } from "../../shared/vocabulary.ts";
import { buildOwners, createLaunchedCampaign, listRecipientIds, readRow } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;
const soon = { recallSeconds: 0 };

beforeEach(async () => {
  app = await openApp();
});

/**
 * Returns the stop reasons of two people at one property after `change`: first for the person to
 * whom `change` is applied, then for the other person.
 */
async function reasonsAfter(change: (id: number, campaignId: number) => Promise<unknown>) {
  const { id: campaignId } = await createLaunchedCampaign(app.api, {
    recallSeconds: 0,
    recipients: buildOwners(2),
  });
  await app.run();
  const [first = 0, other = 0] = await listRecipientIds(campaignId);
  await change(first, campaignId);
  const reasonOf = async (id: number): Promise<StopReason | null> =>
    (await app.api.get(`/api/recipients/${id}`)).json.stopReason;
  return [await reasonOf(first), await reasonOf(other)];
}

describe("a stop is recorded with its reason, and stops the household if it concerns everybody:", () => {
  test.each([
    ["replied", ["replied", "propertyStopped"]],
    ["complained", ["complained", "propertyStopped"]],
    ["unsubscribed", ["unsubscribed", "propertyStopped"]],
    ["bounced", ["bounced", null]],
  ] as const)("%s", async (kind: EventKind, expected) => {
    const data = kind === "bounced" ? { bounceClass: "hard" as const } : {};
    expect(await reasonsAfter((recipientId) => app.hear([{ kind, recipientId, data }]))).toEqual(expected);
  });

  test.each(["replied", "complained", "unsubscribed"] as const)(
    "%s completes every campaign whose last recipients it stops",
    async (kind) => {
      const first = await createLaunchedCampaign(app.api, soon);
      const neighbor = { ...buildOwners(1)[0], email: "neighbor@example.com" };
      const other = await createLaunchedCampaign(app.api, { ...soon, recipients: [neighbor] });
      const [recipientId = 0] = await listRecipientIds(first.id);
      await app.hear([{ kind, recipientId }]);
      expect((await readRow("campaigns", first.id)).status).toBe("completed");
      expect((await readRow("campaigns", other.id)).status).toBe("completed");
    },
  );

  test("manual", async () => {
    expect(await reasonsAfter((id) => app.api.post(`/api/recipients/${id}/stop`))).toEqual(["manual", null]);
  });

  test("propertyStopped", async () => {
    const stopped = ["propertyStopped", "propertyStopped"];
    expect(await reasonsAfter(() => app.api.post("/api/properties/p-1/stop"))).toEqual(stopped);
  });

  test("campaignStopped", async () => {
    const stop = (_: number, id: number) =>
      app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
    expect(await reasonsAfter(stop)).toEqual(["campaignStopped", "campaignStopped"]);
  });
});
