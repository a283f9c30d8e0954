import { beforeEach, describe, expect, test } from "vitest";
import type { RecipientLetter } from "../../shared/recipient-letter.ts";
import { day } from "../support/time.ts";
import {
  buildLaunchBody,
  buildTemplateBody,
  exampleOwner,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let recipientId: number;

beforeEach(async () => {
  app = await openApp();
});

const link = '<p>Hi {{recipient.salutation}}, see <a href="https://example.com/x">this</a>.</p>';

/**
 * Launches a campaign to one person and sends the first email. Returns the ids of the campaign and
 * the template.
 */
async function launchAndSend(overrides: Record<string, unknown> = {}) {
  const template = await app.api.post("/api/templates", buildTemplateBody({ bodyHtml: link }));
  const body = buildLaunchBody(template.json.id, { recallSeconds: 0, ...overrides });
  const { json } = await app.api.post("/api/campaigns", body);
  [recipientId = 0] = await listRecipientIds(json.id);
  await app.pass(3);
  return { campaignId: json.id, templateId: template.json.id };
}
const readLetter = async (stepNumber: number, options = {}) => {
  const answer = await app.api.get(`/api/recipients/${recipientId}/steps/${stepNumber}/letter`, options);
  return { status: answer.status, letter: answer.json as RecipientLetter };
};
const writeMailbox = (box: { name: string; email: string } | undefined) => `${box?.name} <${box?.email}>`;
const run = (sql: string) => bindings.DB.prepare(sql).run();

describe("a letter that was sent", () => {
  test("is shown as it was sent, even after its template, its data and the step have changed", async () => {
    const { templateId, campaignId } = await launchAndSend();
    await app.api.patch(`/api/templates/${templateId}`, { bodyHtml: "<p>All new.</p>", subject: "New" });
    await app.api.post(`/api/campaigns/${campaignId}/steps/1/apply-template`, {});
    await app.api.patch(`/api/recipients/${recipientId}`, { name: "Another Name" });
    await run("UPDATE senders SET from_email = 'other@brokerage.example'");
    const { letter } = await readLetter(1);
    expect(letter).toMatchObject({
      state: "sent",
      copy: "asItLeft",
      isPersonal: false,
      subject: app.calls[0]?.subject,
      from: writeMailbox(app.calls[0]?.from),
      to: writeMailbox(app.calls[0]?.to),
    });
    expect(letter.sentAt).not.toBeNull();
    expect(letter.html).toContain("Hi Jane, see");
    expect(letter.html).toContain("Brokerage 1");
    // Reading a letter must not count as an open or a click.
    expect(letter.html).not.toMatch(/href=|src=/);
  });

  test("is shown as it was sent if it was changed for the person", async () => {
    const recipients = [
      {
        ...exampleOwner,
        wordings: [{ stepNumber: 1, subject: "Porch", bodyText: "About {{property.streetAddress}}" }],
      },
    ];
    await launchAndSend({ recipients });
    const { letter } = await readLetter(1);
    expect(letter).toMatchObject({ copy: "asItLeft", isPersonal: true, subject: "Porch" });
    expect(letter.text).toMatch(/^About 123 Main St/);
  });

  test("is shown as it was sent if it continues a thread", async () => {
    await launchAndSend();
    app.advance(3 * day);
    await app.pass(3);
    expect(app.calls).toHaveLength(2);
    expect((await readLetter(2)).letter).toMatchObject({
      state: "sent",
      copy: "asItLeft",
      subject: app.calls[1]?.subject,
    });
  });

  test("is shown as rebuilt, or not at all, if its exact bytes can't be made again", async () => {
    await launchAndSend();
    await run("UPDATE tenants SET postal_address = '2 New Street, Albany, NY 12207'");
    expect((await readLetter(1)).letter).toMatchObject({ state: "sent", copy: "rebuilt" });
    await run("UPDATE messages SET record = json_set(record, '$.bodyHash', 'x')");
    expect((await readLetter(1)).letter.copy).toBe("rebuilt");
    await run("UPDATE messages SET record = NULL");
    expect((await readLetter(1)).letter).toMatchObject({
      copy: "none",
      html: null,
      subject: app.calls[0]?.subject,
    });
  });

  test("is shown as probably sent if its outcome is unknown", async () => {
    await launchAndSend();
    await run("UPDATE messages SET status = 'unknown'");
    expect((await readLetter(1)).letter).toMatchObject({ state: "probablySent", copy: "asItLeft" });
  });
});

test("a letter that is not sent yet is shown as of now, with its missing values", async () => {
  await launchAndSend();
  const path = `/api/recipients/${recipientId}/steps/2/wording`;
  await app.api.put(path, { version: 0, bodyText: "The {{property.poolFeatures}} pool" });
  const { letter } = await readLetter(2);
  expect(letter).toMatchObject({
    state: "coming",
    copy: "asOfNow",
    isPersonal: true,
    sentAt: null,
    missingVariables: ["property.poolFeatures"],
    subject: app.calls[0]?.subject,
  });
  await app.api.post(`/api/recipients/${recipientId}/stop`);
  expect((await readLetter(2)).letter.state).toBe("dropped");
  expect((await readLetter(9)).status).toBe(404);
});

test("a skipped letter is shown with its subject and the reason", async () => {
  await launchAndSend();
  await run("UPDATE messages SET status = 'skipped', skip_reason = 'notOpened', subject = NULL");
  expect((await readLetter(1)).letter).toMatchObject({
    state: "skipped",
    copy: "none",
    html: null,
    subject: "Your home at 123 Main St",
    reason: "They hadn’t opened the email this step depends on.",
  });
  const { messages, emails } = (await app.api.get(`/api/recipients/${recipientId}`)).json;
  expect(messages[0].subject).toBe("Your home at 123 Main St");
  expect(emails.map((one: { state: string; subject: string }) => [one.state, one.subject])).toEqual([
    ["skipped", "Your home at 123 Main St"],
    ["coming", "Your home at 123 Main St"],
    ["coming", "Your home at 123 Main St"],
  ]);
});

test("a letter is shown to a viewer of its property, and not for another property", async () => {
  await launchAndSend();
  const as = async (options: object) => ({ token: await signToken({ at: app.api.now(), ...options }) });
  expect((await readLetter(1, await as({ role: "viewer" }))).status).toBe(200);
  expect((await readLetter(1, await as({ prop: ["p-2"] }))).status).toBe(404);
});
