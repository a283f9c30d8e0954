import { beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import { day, hour } from "../support/time.ts";
import { buildLaunchBody, exampleOwner, signToken } from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

const letter = (subject: string) => ({ subject, bodyHtml: "<p>Hi {{recipient.salutation}}</p>" });
const split = (change: object = {}) => ({
  ...{ id: 1, kind: "email", letter: letter("Roofs"), letterWeight: 1, winnerAfter: 10 },
  variants: [{ weight: 1, letter: letter("Your roof") }],
  ...change,
});
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ ...exampleOwner, email: `owner-${index}@example.com`, propertyId: `p-${index}` },
  }));

/**
 * Launches a sequence whose first email is due at once. The second email is due only after the end
 * of every test.
 */
async function launch(step: object = split(), overrides: object = {}) {
  const later = { id: 2, kind: "email", startsThread: true, delayDays: 90, letter: letter("Last note") };
  const { json } = await app.api.post("/api/sequences", { name: "Roofs", steps: [step, later] });
  const rest = { steps: undefined, type: undefined, sequenceId: json.id, recallSeconds: 0 };
  const answer = await app.api.post(
    "/api/campaigns",
    buildLaunchBody(1, { ...rest, recipients: people(40), ...overrides }),
  );
  return answer.json.id as number;
}
const readStep = async (id: number) => (await app.api.get(`/api/campaigns/${id}`)).json.steps[0];
const choose = (id: number, variant: string | null, options = {}) =>
  app.api.put(`/api/campaigns/${id}/steps/1/winner`, { variant }, options);
async function replyTo(subject: string): Promise<void> {
  const events = app.calls
    .filter((call) => call.subject === subject)
    .map(({ reference: { recipientId } }) => ({ kind: "replied" as const, recipientId }));
  await app.hear(events, 1);
}
async function settle(): Promise<void> {
  app.advance(limits.winnerSettlingHours * hour + hour);
  await app.tick();
}
async function edit(id: number, change: (step: Record<string, unknown>) => object) {
  const path = `/api/campaigns/${id}/steps`;
  const { version, steps } = (await app.api.get(path)).json;
  return await app.api.put(
    path,
    { steps: [change(steps[0]), ...steps.slice(1)] },
    { headers: { "if-match": `"${version}"` } },
  );
}

describe("a launched sequence that chooses its winner", () => {
  test("shows the number of emails, then the choice with its figures", async () => {
    const id = await launch();
    expect(await readStep(id)).toMatchObject({ winnerAfter: 10, winner: null });
    await app.pass(3);
    await replyTo("Your roof");
    await settle();
    const { winner, variants } = await readStep(id);
    const sent = variants.map(
      ({ subject }: { subject: string }) => app.calls.filter((call) => call.subject === subject).length,
    );
    expect(winner).toEqual({
      ...{ variant: "B", by: null, isClear: false, at: expect.any(String) },
      figures: [
        { sent: sent[0], replied: 0 },
        { sent: sent[1], replied: sent[1] },
      ],
    });
    expect(await listAuditedActions()).toContain("campaign.winnerChosen");
  });

  test("is left to the agent without such a number", async () => {
    const id = await launch(split({ winnerAfter: undefined }));
    await app.pass(3);
    await replyTo("Your roof");
    await settle();
    expect(await readStep(id)).toMatchObject({ winnerAfter: null, winner: null });
  });

  test("is not looked at as a draft, or after its launch was undone", async () => {
    const id = await launch(split(), { recallSeconds: 10 });
    await app.api.post(`/api/campaigns/${id}/recall`);
    await app.tick();
    await settle();
    expect(await readStep(id)).toMatchObject({ winner: null });
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "active", recallSeconds: 0 });
    await app.pass(3);
    await replyTo("Roofs");
    await settle();
    expect((await readStep(id)).winner.variant).toBe("A");
  });
});

describe("an agent", () => {
  test("chooses a wording over the engine, and may divide people again for good", async () => {
    const id = await launch();
    await app.pass(3);
    await replyTo("Your roof");
    await settle();
    const chosen = await choose(id, "A");
    expect(chosen.json.steps[0].winner).toMatchObject({
      ...{ variant: "A", isClear: null, by: { id: "agent-1" } },
    });
    const divided = await choose(id, null);
    expect(divided.json.steps[0].winner).toMatchObject({ variant: null });
    await settle();
    expect((await readStep(id)).winner.by).not.toBeNull();
    expect((await listAuditedActions()).filter((action) => action === "campaign.winnerChosen")).toHaveLength(
      3,
    );
  });

  test("chooses for the people to come, who get that wording and see it in their preview", async () => {
    const id = await launch();
    await choose(id, "B");
    const recipients = (await app.api.get(`/api/campaigns/${id}/recipients`)).json.items;
    for (const { id: recipientId } of recipients.slice(0, 5)) {
      const { json } = await app.api.get(`/api/recipients/${recipientId}/steps/1/letter`);
      expect(json.subject).toBe("Your roof");
    }
    await app.pass(3);
    expect(new Set(app.calls.map(({ subject }) => subject))).toEqual(new Set(["Your roof"]));
  });

  test("can't choose a wording that is not there, in a step without wordings or a campaign that has ended", async () => {
    const id = await launch();
    expect((await choose(id, "C")).status).toBe(409);
    expect((await choose(id, "F")).status).toBe(400);
    const single = await launch(
      split({ variants: undefined, letterWeight: undefined, winnerAfter: undefined }),
      { recipients: [{ ...exampleOwner, email: "other@example.com" }], ignoresCollisions: true },
    );
    expect((await choose(single, "A")).status).toBe(409);
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
    expect((await choose(id, "A")).status).toBe(409);
  });

  test("needs the role of an agent, and the campaign of their own tenant", async () => {
    const id = await launch();
    const as = async (options: object) => ({ token: await signToken({ at: app.api.now(), ...options }) });
    expect((await choose(id, "A", await as({ role: "viewer" }))).status).toBe(403);
    expect((await choose(id, "A", await as({ prop: ["p-2"] }))).status).toBe(404);
  });
});

describe("a change of steps under way", () => {
  test("keeps the choice if a text is corrected, ends it with another wording, and undo brings it back", async () => {
    const id = await launch(split(), { schedule: { startAt: new Date(app.now() + 30 * day).toISOString() } });
    await choose(id, "B");
    expect((await edit(id, (step) => ({ ...step, letter: letter("New roofs") }))).status).toBe(200);
    expect((await readStep(id)).winner?.variant).toBe("B");
    const more = await edit(id, (step) => ({
      ...step,
      variants: [...(step.variants as object[]), { weight: 1, letter: letter("A third") }],
    }));
    expect((await readStep(id)).winner).toBeNull();
    await app.api.post(`/api/campaigns/${id}/steps/undo`, { undoToken: more.json.undoToken });
    expect((await readStep(id)).winner?.variant).toBe("B");
  });

  test("can begin and end the choice by the engine", async () => {
    const id = await launch(split({ winnerAfter: undefined }));
    await app.pass(3);
    await replyTo("Roofs");
    expect((await edit(id, (step) => ({ ...step, winnerAfter: 15 }))).json.steps[0].change).toBe("changed");
    await settle();
    expect(await readStep(id)).toMatchObject({ winnerAfter: 15, winner: { variant: "A" } });
    await edit(id, ({ winnerAfter: _, ...step }) => step);
    expect(await readStep(id)).toMatchObject({ winnerAfter: null, winner: { variant: "A" } });
  });
});
