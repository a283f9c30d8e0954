import { beforeEach, describe, expect, test } from "vitest";
import { day } from "../support/time.ts";
import {
  buildLaunchBody,
  buildTemplateBody,
  exampleOwner,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { toReadablePreview, toReadableSentEmail } from "../support/worker/same-letter.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const john = { email: "john.doe@example.com", fullName: "John Doe", property: exampleOwner.property };
const words = "Dear Jane,\n\nI saw the new porch at {{property.streetAddress}}.\n\nAnn";

async function saveTemplate(overrides: Record<string, unknown> = {}): Promise<number> {
  return (await app.api.post("/api/templates", buildTemplateBody(overrides))).json.id;
}

/**
 * Launches a campaign of three emails, of which the first is due at once. Returns the API's answer,
 * and the ids of the campaign and the recipients.
 */
async function launch(overrides: Record<string, unknown> = {}) {
  const body = buildLaunchBody(await saveTemplate(), { recallSeconds: 0, ...overrides });
  const answer = await app.api.post("/api/campaigns", body);
  const ids = answer.status === 201 ? await listRecipientIds(answer.json.id) : [];
  return { answer, id: answer.json.id as number, ids };
}
const withWordings = (...wordings: object[]) => ({ ...exampleOwner, wordings });
const wordingPath = (id: number | undefined, stepNumber = 1) =>
  `/api/recipients/${id}/steps/${stepNumber}/wording`;
const read = async (id: number | undefined, stepNumber = 1) =>
  (await app.api.get(wordingPath(id, stepNumber))).json;
const change = (id: number | undefined, stepNumber: number, body: object, options = {}) =>
  app.api.put(wordingPath(id, stepNumber), { version: 0, ...body }, options);
const textsTo = (email: string) => app.calls.filter(({ to }) => to.email === email).map(({ text }) => text);
const countWordings = async () =>
  (await bindings.DB.prepare("SELECT count(*) AS count FROM personal_wordings").first<{ count: number }>())
    ?.count;

describe("an email that was changed at the launch", () => {
  test("is sent as it was changed, to that person only, with its variables filled in", async () => {
    await launch({
      recipients: [withWordings({ stepNumber: 1, subject: "The porch", bodyText: words }), john],
    });
    await app.pass(3);
    const [jane, other] = app.calls;
    expect([jane?.subject, other?.subject]).toEqual(["The porch", "Your home at 123 Main St"]);
    expect(jane?.text).toMatch(/^Dear Jane,\n\nI saw the new porch at 123 Main St\.\n\nAnn\n/);
    expect(jane?.html).toContain("<p");
    expect(jane?.html).toContain("I saw the new porch at 123 Main St.");
    expect(jane?.html).toContain("Unsubscribe</a>");
    expect(other?.text).toMatch(/^Hi John/);
    expect(await countWordings()).toBe(1);
  });

  test("gives its subject to the follow-ups of its thread", async () => {
    await launch({ recipients: [withWordings({ stepNumber: 1, subject: "The porch", bodyText: "Hello." })] });
    await app.pass(3);
    app.advance(3 * day);
    await app.pass(3);
    expect(app.calls.map(({ subject }) => subject)).toEqual(["The porch", "The porch"]);
    expect(app.calls[1]?.text).toMatch(/^Hi Jane/);
  });

  test.each([
    [{ stepNumber: 1, bodyText: "Hi {{nobody.knows}}" }, "recipients.0.wordings.0.bodyText", "nobody.knows"],
    [{ stepNumber: 1, bodyText: "Hi {{#if" }, "recipients.0.wordings.0.bodyText", ""],
    [{ stepNumber: 1, bodyHtml: "<script>1</script>" }, "recipients.0.wordings.0.bodyHtml", ""],
    [{ stepNumber: 1, subject: "Re: us", bodyText: "Hi" }, "recipients.0.wordings.0.subject", ""],
    [{ stepNumber: 9, bodyText: "Hi" }, "recipients.0.wordings.0.stepNumber", "not an email"],
    [{ stepNumber: 1, bodyText: " " }, "recipients.0.wordings.0.bodyText", "empty"],
    [{ stepNumber: 1, subject: "a\nb", bodyText: "Hi" }, "recipients.0.wordings.0.subject", "line"],
    [{ stepNumber: 1, bodyText: "x".repeat(100_001) }, "recipients.0.wordings.0.bodyText", "100000"],
  ])("is refused, the fault names the field, and nothing is written: %o", async (wording, field, text) => {
    const { answer } = await launch({ recipients: [withWordings(wording)] });
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields[field]).toContain(text);
    expect(await countWordings()).toBe(0);
  });

  test("is refused if one step is changed twice", async () => {
    const twice = { stepNumber: 2, bodyText: "Hi" };
    const { answer } = await launch({ recipients: [withWordings(twice, twice)] });
    expect(answer.json.error.fields).toEqual({ "recipients.0.wordings.1.stepNumber": "is named twice" });
  });

  test("is kept in a draft, and for a person who is added later or has no address yet", async () => {
    const { id, ids } = await launch({
      status: "draft",
      recipients: [withWordings({ stepNumber: 1, bodyText: "From the draft." })],
    });
    const added = await app.api.post(`/api/campaigns/${id}/recipients`, {
      recipients: [
        { ...john, wordings: [{ stepNumber: 2, bodyText: "For John." }] },
        {
          fullName: "No Address",
          property: exampleOwner.property,
          wordings: [{ stepNumber: 1, bodyText: "Later." }],
        },
        { ...exampleOwner, wordings: [{ stepNumber: 3, bodyText: "Not new." }] },
      ],
    });
    expect(added.json).toMatchObject({ added: 1, waitingForEmail: 1, alreadyThere: 1 });
    const [, second, third] = await listRecipientIds(id);
    expect((await read(ids[0])).draft.bodyText).toBe("From the draft.");
    expect([(await read(second, 2)).isPersonal, (await read(third)).isPersonal]).toEqual([true, true]);
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "active", recallSeconds: 0 });
    await app.pass(3);
    expect(textsTo(exampleOwner.email)[0]).toMatch(/^From the draft\./);
  });

  test("can use a large value that no template uses", async () => {
    const note = "note ".repeat(400);
    const property = { ...exampleOwner.property, note, junk: "junk ".repeat(3000) };
    await launch({
      recipients: [{ ...withWordings({ stepNumber: 1, bodyText: "So: {{property.note}}" }), property }],
    });
    await app.pass(3);
    expect(app.calls[0]?.text).toMatch(/^So: note note/);
  });
});

describe("an email that is changed before it is sent", () => {
  test("is sent as it was changed, and before that can be read, marked and reset", async () => {
    const templateId = await saveTemplate();
    const { ids } = await launch({
      steps: [{ templateId }, { templateId, delayDays: 3 }, { templateId, delayDays: 2 }],
    });
    const [id] = ids;
    await app.pass(3);
    const before = await read(id, 2);
    expect(before).toMatchObject({ version: 0, isPersonal: false, continuesThread: true, changedBy: null });
    expect(before.draft.bodyText).toBe("Hi Jane");
    const saved = await change(id, 2, { bodyText: "About the porch, {{recipient.salutation}}." });
    expect([saved.status, saved.json.isPersonal, saved.json.changedBy]).toEqual([200, true, "agent-1"]);
    const { emails } = (await app.api.get(`/api/recipients/${id}`)).json;
    expect(emails.map((one: { isPersonal: boolean }) => one.isPersonal)).toEqual([false, true, false]);
    await change(id, 3, { bodyText: "Never sent." });
    const { version } = await read(id, 3);
    const reset = await app.api.delete(`${wordingPath(id, 3)}?version=${version}`);
    expect([reset.status, reset.json.isPersonal, reset.json.draft.bodyText]).toEqual([200, false, "Hi Jane"]);
    app.advance(3 * day);
    await app.pass(3);
    app.advance(2 * day);
    await app.pass(3);
    expect(textsTo(exampleOwner.email).map((text) => text.split("\n")[0])).toEqual([
      "Hi Jane",
      "About the porch, Jane.",
      "Hi Jane",
    ]);
    expect((await listAuditedActions()).filter((action) => action.includes("wording"))).toEqual([
      "recipient.wordingChanged",
      "recipient.wordingChanged",
      "recipient.wordingReset",
    ]);
  });

  test("can still be changed after the claim, and the earlier wording is not sent", async () => {
    const { ids } = await launch();
    const [id] = ids;
    await app.tick();
    const saved = await change(id, 1, { bodyText: "At the last moment." });
    expect(saved.status).toBe(200);
    await app.pass(3);
    expect(textsTo(exampleOwner.email).map((text) => text.split("\n")[0])).toEqual(["At the last moment."]);
  });

  test("can't be changed if it was sent, is being sent or was skipped, or if the person is stopped", async () => {
    const { ids } = await launch();
    const [id] = ids;
    await app.pass(3);
    const attempt = async (stepNumber: number) => {
      const { status, json } = await change(id, stepNumber, { bodyText: "Too late." });
      return [status, json.error?.message];
    };
    expect(await attempt(1)).toEqual([409, "This email was already sent."]);
    await bindings.DB.prepare("UPDATE messages SET status = 'sending'").run();
    expect(await attempt(1)).toEqual([409, "This email is being sent right now."]);
    await bindings.DB.prepare("UPDATE messages SET status = 'skipped'").run();
    expect(await attempt(1)).toEqual([409, "The sequence is already past this email."]);
    await app.api.post(`/api/recipients/${id}/stop`);
    expect((await attempt(2))[0]).toBe(409);
    expect((await change(id, 7, { bodyText: "Hi" })).status).toBe(404);
    expect(await countWordings()).toBe(0);
  });

  test("loses no change if two agents edit it at once", async () => {
    const { ids } = await launch();
    const [id] = ids;
    const [first, second] = await Promise.all([
      change(id, 2, { bodyText: "From the one." }),
      change(id, 2, { bodyText: "From the other." }),
    ]);
    expect([first.status, second.status].toSorted()).toEqual([200, 409]);
    const { version } = await read(id, 2);
    expect((await change(id, 2, { version, bodyText: "Third." })).status).toBe(200);
    expect((await change(id, 2, { version, bodyText: "From a stale tab." })).status).toBe(409);
    expect((await app.api.delete(`${wordingPath(id, 2)}?version=${version}`)).status).toBe(409);
    expect((await read(id, 2)).draft.bodyText).toBe("Third.");
  });

  test("is written once if the same change is sent twice", async () => {
    const { ids } = await launch();
    const clicks = [
      await change(ids[0], 2, { bodyText: "Once." }),
      await change(ids[0], 2, { bodyText: "Once." }),
    ];
    expect(clicks.map(({ status }) => status)).toEqual([200, 200]);
    expect(
      (await listAuditedActions()).filter((action) => action === "recipient.wordingChanged"),
    ).toHaveLength(1);
  });

  test("is sent to a person who was held for a value that the change no longer needs", async () => {
    const templateId = await saveTemplate({ bodyHtml: "<p>The {{property.poolFeatures}} pool</p>" });
    const { ids } = await launch({ steps: [{ templateId }] });
    await app.pass(3);
    expect(app.calls).toEqual([]);
    await change(ids[0], 1, { bodyText: "No pool." });
    await app.pass(3);
    expect(app.calls[0]?.text).toMatch(/^No pool\./);
  });

  test("lists its missing values in the recipient's detail and in the preflight", async () => {
    const { id, ids } = await launch({ status: "draft" });
    await change(ids[0], 2, { bodyText: "The {{property.poolFeatures}} pool" });
    const detail = (await app.api.get(`/api/recipients/${ids[0]}`)).json;
    expect(detail.missingValues).toEqual([
      { path: "property.poolFeatures", label: "Pool features", stepNumber: 2, position: 2 },
    ]);
    const preflight = await app.api.post(`/api/campaigns/${id}/preflight`, {});
    expect(preflight.json.items[0].missingVariables).toEqual(["property.poolFeatures"]);
  });

  test("can be changed only by an agent who works on that property", async () => {
    const { ids } = await launch();
    const as = async (options: object) => ({ token: await signToken({ at: app.api.now(), ...options }) });
    const body = { bodyText: "Hi" };
    expect((await change(ids[0], 2, body, await as({ role: "viewer" }))).status).toBe(403);
    expect((await change(ids[0], 2, body, await as({ prop: ["p-2"] }))).status).toBe(404);
    expect((await app.api.get(wordingPath(ids[0], 2), await as({ role: "viewer" }))).status).toBe(200);
  });
});

test("a changed email replaces its variant, and does not count in the variant's figures", async () => {
  const variants = [
    { templateId: await saveTemplate({ subject: "A" }), weight: 1 },
    { templateId: await saveTemplate({ subject: "B" }), weight: 1 },
  ];
  const people = Array.from({ length: 8 }, (_, index) => ({ ...john, email: `p${index}@example.com` }));
  const [first, ...others] = people;
  const { id } = await launch({
    steps: [{ templateId: variants[0]?.templateId, variants }],
    recipients: [{ ...first, wordings: [{ stepNumber: 1, subject: "Ours", bodyText: "Hi" }] }, ...others],
  });
  await app.pass(20);
  expect(app.calls.filter(({ subject }) => subject === "Ours")).toHaveLength(1);
  const { steps } = (await app.api.get(`/api/campaigns/${id}/analytics`)).json;
  const sent = steps[0].variants.map((one: { sent: number }) => one.sent);
  expect(sent[0] + sent[1]).toBe(others.length);
});

test("a changed email is sent as it was previewed", async () => {
  const wording = {
    subject: "For {{recipient.salutation}}",
    bodyText: "See https://example.com/a?b=1 & reply.\n\nAnn",
  };
  const presetId = "sellerOutreach";
  const preview = (more: object) =>
    app.api.post("/api/templates/preview", {
      ...{
        presetId,
        senderId: 101,
        recipient: { fullName: exampleOwner.fullName },
        property: exampleOwner.property,
      },
      ...more,
    });
  const shown = await preview({ stepNumber: 1, wording, withDraft: true });
  const second = await preview({ stepNumber: 2, threadSubject: wording.subject });
  await launch({ steps: undefined, presetId, recipients: [withWordings({ stepNumber: 1, ...wording })] });
  await app.pass(3);
  app.advance(3 * day);
  await app.pass(3);
  expect(app.calls.map(toReadableSentEmail)).toEqual([
    toReadablePreview(shown.json),
    toReadablePreview(second.json),
  ]);
  expect(shown.json.draft).toMatchObject({ subject: "For Jane" });
  const refused = await preview({ stepNumber: 1, wording: { bodyText: "{{#if" } });
  expect(Object.keys(refused.json.error.fields)).toEqual(["wording.bodyText"]);
});

test("changed emails are deleted when their campaign's steps are replaced or deleted", async () => {
  const { id, ids } = await launch({ status: "draft" });
  await change(ids[0], 2, { bodyText: "Mine." });
  const templateId = await saveTemplate();
  await app.api.patch(`/api/campaigns/${id}`, { steps: [{ templateId }] });
  expect(await countWordings()).toBe(0);
  await change(ids[0], 1, { bodyText: "Mine." });
  expect((await app.api.delete(`/api/campaigns/${id}`)).status).toBe(204);
  expect(await countWordings()).toBe(0);
});
