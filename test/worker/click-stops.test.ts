import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import { openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  emptyDatabase,
  listCapturedEmails,
  readRecipientState,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

beforeEach(emptyDatabase);

const couple = [{ email: "jane@example.com" }, { email: "john@example.com" }];
const other = worldIds.firstRecipient + 1;

/**
 * Sends the first email to a couple, and returns the engine. Unless `stopsOnClick` is false, the
 * campaign stops each person who clicks a link.
 */
async function open(options: Partial<WorldOptions> & { stopsOnClick?: boolean } = {}) {
  const { stopsOnClick = true, ...world } = options;
  const steps = [{}, { delayDays: 3 }, { delayDays: 4 }];
  const engine = await openEngine({ world: { steps, recipients: couple, ...world } });
  await bindings.DB.prepare("UPDATE campaigns SET stops_on_click = ?1")
    .bind(stopsOnClick ? 1 : 0)
    .run();
  await engine.pass(2);
  return {
    ...engine,
    /** Records that a person has followed a link `afterMs` ago. */
    click: (url = "https://example.com/report", afterMs = 0, recipientId = worldIds.firstRecipient) =>
      engine.hear({
        ...{ kind: "clicked", recipientId, dedupeKey: url, occurredAt: engine.now() - afterMs },
        data: { url },
      }),
  };
}

const sentTo = async (recipientId: number) =>
  (await listCapturedEmails()).filter((email) => email.recipientId === recipientId).length;

describe("in a campaign that stops on a click", () => {
  test("a person who clicks is stopped a minute later, and the other person at the home goes on", async () => {
    const engine = await open();
    await engine.click();
    expect(await engine.whyNotYet()).toMatchObject({ reason: "checkingClick" });
    expect(await readRecipientState()).toMatchObject({ status: "active", dueAt: engine.now() + minute });
    await engine.pass(2);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "linkClicked" });
    engine.advance(3 * day);
    await engine.pass(2);
    expect(await sentTo(worldIds.firstRecipient)).toBe(1);
    expect(await sentTo(other)).toBe(2);
  });

  test("a mail filter that follows several links at once stops nobody, and no plan changes", async () => {
    const engine = await open();
    const planned = (await readRecipientState()).dueAt;
    engine.advance(minute);
    await engine.click("https://example.com/a");
    await engine.click("https://example.com/b");
    await engine.pass(2);
    expect(await readRecipientState()).toMatchObject({ status: "active", dueAt: planned });
    engine.advance(3 * day);
    await engine.pass(2);
    expect(await sentTo(worldIds.firstRecipient)).toBe(2);
  });

  test("a click that is known to be a program's does nothing", async () => {
    const engine = await open();
    const before = await readRecipientState();
    await engine.hear({ kind: "clicked", isMachine: true, dedupeKey: "scan" });
    expect(await readRecipientState()).toEqual(before);
  });

  test("a click that comes while the next email is queued keeps that email back", async () => {
    const engine = await open();
    engine.advance(3 * day);
    await engine.tick();
    await engine.click();
    await engine.deliverAll();
    expect(await sentTo(worldIds.firstRecipient)).toBe(1);
    expect(await sentTo(other)).toBe(2);
    await engine.pass(3);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "linkClicked" });
  });

  test("a program's click that comes while the next email is queued delays it by a minute", async () => {
    const engine = await open();
    engine.advance(3 * day);
    await engine.tick();
    await engine.click("https://example.com/a");
    await engine.click("https://example.com/b");
    await engine.deliverAll();
    await engine.pass(3);
    expect(await sentTo(worldIds.firstRecipient)).toBe(2);
  });

  test("a click ends the open task of the person", async () => {
    const task = { kind: "call" as const, instructions: "Call", waitDays: 5 };
    const engine = await open({ steps: [{}, { task }, {}] });
    await engine.pass(2);
    await engine.click();
    await engine.pass(3);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "linkClicked" });
    const outcome = bindings.DB.prepare("SELECT outcome FROM tasks WHERE recipient_id = ?1");
    expect(await outcome.bind(worldIds.firstRecipient).first("outcome")).toBe("stopped");
  });

  test("a click that is reported a day late stops the person as well", async () => {
    const engine = await open();
    engine.advance(day);
    await engine.click("https://example.com/report", day / 2);
    await engine.pass(3);
    expect((await readRecipientState()).status).toBe("stopped");
  });

  test("a second click does not put off the stop", async () => {
    const engine = await open();
    await engine.click();
    const before = await readRecipientState();
    engine.advance(minute / 2);
    await engine.click("https://example.com/other");
    expect(await readRecipientState()).toEqual(before);
  });
});

test("a campaign without the rule stops nobody who clicks, and plans stay", async () => {
  const engine = await open({ stopsOnClick: false });
  const before = await readRecipientState();
  await engine.click();
  expect(await readRecipientState()).toEqual(before);
  engine.advance(3 * day);
  await engine.pass(2);
  expect(await sentTo(worldIds.firstRecipient)).toBe(2);
});
