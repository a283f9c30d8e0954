import { beforeEach, describe, expect, test } from "vitest";
import {
  buildLaunchBody,
  buildOwners,
  buildTemplateBody,
  createTemplate,
  listRecipientIds,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

/*
 * Tests recipients whom the Worker has paused because of their next email: the email lacks a value,
 * or can't be sent with the recipient's values.
 */

let app: App;
let path: string;
let ids: number[];

beforeEach(async () => {
  app = await openApp();
});

const people = buildOwners(2);
const [first, second] = people;

/**
 * Launches a campaign, and lets the engine handle the first emails.
 * @param values the template values of the two recipients
 */
async function launch(template: Record<string, unknown>, values: readonly object[]): Promise<void> {
  const { json: saved } = await app.api.post("/api/templates", buildTemplateBody(template));
  const recipients = people.map((person, index) => ({ ...person, templateData: values[index] ?? {} }));
  const body = buildLaunchBody(saved.id, { recipients, recallSeconds: 0 });
  const { json, status, text } = await app.api.post("/api/campaigns", body);
  expect(status, text).toBe(201);
  path = `/api/campaigns/${json.id}`;
  ids = await listRecipientIds(json.id);
  await app.run();
  await app.run();
}
const read = async (id = ids[1]) => (await app.api.get(`/api/recipients/${id}`)).json;
const sentTo = () => app.calls.map(({ to }) => to.email);

describe("a recipient whose email lacks a value", () => {
  const needy = { bodyHtml: "<p>Take {{recipient.gift}}.</p>" };

  test("is not resumed, because the email would only be held again, and the refusal names the value", async () => {
    await launch(needy, [{ gift: "a plum" }]);
    const refused = await app.api.post(`/api/recipients/${ids[1]}/resume`);
    expect(refused.status).toBe(409);
    expect(refused.json.error.message).toBe(
      "Their next email is missing: Gift. Fill this in, and their emails continue.",
    );
    expect(await read()).toMatchObject({ status: "paused", whyNotYet: { reason: "missingVariables" } });
  });

  test("is left out when many people are resumed, and counted with the reason", async () => {
    await launch(needy, [{ gift: "a plum" }]);
    await app.api.post(`/api/recipients/${ids[0]}/pause`);
    const body = { action: { kind: "resume" }, selection: { ids } };
    for (const preview of [true, false]) {
      const { json } = await app.api.post(`${path}/recipients/actions`, { ...body, preview });
      expect(json.effects).toMatchObject({ changed: 1, lacksValues: 1 });
    }
    expect([(await read(ids[0])).status, (await read()).status]).toEqual(["active", "paused"]);
  });
});

describe("a recipient whose email can't be sent with their values", () => {
  const fragile = { subject: "Your home {{recipient.note}}" };
  const tooLong = [{ note: "by the lake" }, { note: "x".repeat(400) }];

  test("is held with the fault named, and goes on by itself once the value is changed", async () => {
    await launch(fragile, tooLong);
    expect(sentTo()).toEqual([first?.email]);
    expect(await read()).toMatchObject({
      status: "paused",
      whyNotYet: {
        reason: "faultyEmail",
        message:
          "With their details filled in, this email’s subject is longer than 300 characters. Shorten it to send the email.",
      },
    });
    await app.api.patch(`/api/recipients/${ids[1]}`, { templateData: { note: "on the hill" } });
    await app.run();
    expect(sentTo()).toEqual([first?.email, second?.email]);
  });

  test("goes on by itself once the email is changed for them", async () => {
    await launch(fragile, tooLong);
    const wording = { subject: "Your home", bodyText: "Hello", version: 0 };
    const { status, text } = await app.api.put(`/api/recipients/${ids[1]}/steps/1/wording`, wording);
    expect(status, text).toBe(200);
    await app.run();
    expect(sentTo()).toEqual([first?.email, second?.email]);
  });

  test("is on the agent's list, in the filter of the people, and makes no other campaign wait", async () => {
    await launch(fragile, tooLong);
    expect((await app.api.get("/api/attention")).json.items).toMatchObject([
      { heldPeople: 0, faultyPeople: 1, firstPerson: { recipientId: ids[1] } },
    ]);
    const { json } = await app.api.get(`${path}/recipients?heldReason=faultyEmail&overview=true`);
    expect(json).toMatchObject({ items: [{ id: ids[1] }], overview: { holds: { faultyEmail: 1 } } });
    await app.api.post(`/api/recipients/${ids[0]}/stop`);
    const templateId = await createTemplate(app.api);
    const other = buildLaunchBody(templateId, { recipients: [second], recallSeconds: 0, name: "Other" });
    await app.api.post("/api/campaigns", other);
    await app.run();
    expect(sentTo()).toEqual([first?.email, second?.email]);
  });

  test("may be tried again, and is held again with the same fault", async () => {
    await launch(fragile, tooLong);
    expect((await app.api.post(`/api/recipients/${ids[1]}/resume`)).json.status).toBe("active");
    await app.run();
    expect((await read()).whyNotYet.reason).toBe("faultyEmail");
  });
});
