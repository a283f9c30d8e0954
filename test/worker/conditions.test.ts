import { beforeEach, describe, expect, test } from "vitest";
import type { StepConditions } from "../../shared/condition.ts";
import type { EventKind } from "../../shared/vocabulary.ts";
import { loadCampaignFigures } from "../../worker/db/campaign-figures.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { decideNextStep } from "../../worker/domain/send/eligibility.ts";
import { forecastSend } from "../../worker/domain/send/forecast.ts";
import { carryOutDecisions } from "../../worker/send/progress.ts";
import { day, minute } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  claimRecipients,
  emptyDatabase,
  listCapturedEmails,
  readRecipientState,
  readStepStats,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

const waitsForOpen: StepConditions = { previousOpened: true, otherwise: "wait", waitDays: 10 };

/**
 * Sends the first email, and moves the clock until the second step, which has these conditions, is
 * due.
 */
async function atSecondStep(conditions: StepConditions, options: Partial<WorldOptions> = {}) {
  const steps = [{}, { delayDays: 3, conditions }, { delayDays: 4 }];
  const engine = await openEngine({ world: { steps, ...options }, meter: true });
  await engine.run();
  engine.advance(3 * day + minute);
  return {
    ...engine,
    hear: (kind: EventKind, recipientId = worldIds.firstRecipient, dedupeKey: string = kind) =>
      engine.hear({ kind, recipientId, dedupeKey }),
  };
}

const sentSteps = async () => (await listCapturedEmails()).map(({ stepNumber }) => stepNumber);

beforeEach(emptyDatabase);

describe("a step's conditions are checked again right before the call:", () => {
  test("an open between claim and call skips the step that requires no open", async () => {
    const world = await atSecondStep({ previousOpened: false });
    expect(await world.tick()).toEqual({ claimed: 1, enqueued: 1 });
    await world.hear("opened");
    await world.deliver();
    expect(await readStepStats(2)).toEqual({});
    world.advance(minute);
    await world.run();
    expect(await sentSteps()).toEqual([1]);
    expect(await readStepStats(2)).toEqual({ skipped: 1 });
  });

  test("an open that arrives while a waiting step is being decided is not lost", async () => {
    const world = await atSecondStep(waitsForOpen);
    await claimRecipients();
    await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = due_at + 600000").run();
    const [judged] = await loadCandidates(world.ctx.db, [worldIds.firstRecipient], null);
    if (judged === undefined) throw new Error("nobody there");
    const decision = decideNextStep(judged, world.ctx.now());
    expect(decision).toMatchObject({ reason: "waitingForCondition" });
    await world.hear("opened");
    await carryOutDecisions(world.ctx, [{ candidate: judged, decision }]);
    world.advance(minute);
    expect(await readRecipientState()).toMatchObject({ dueAt: world.ctx.now(), isClaimed: false });
    await world.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });
});

describe("a step that waits for its conditions", () => {
  test("is not checked while nothing happens", async () => {
    const world = await atSecondStep(waitsForOpen);
    expect(await world.tick()).toEqual({ claimed: 1, enqueued: 0 });
    for (let days = 0; days < 9; days += 1) {
      world.advance(day);
      expect((await world.tick()).claimed).toBe(0);
    }
    world.advance(day);
    expect((await world.tick()).claimed).toBe(1);
    expect(await readStepStats(2)).toEqual({ skipped: 1 });
  });

  test("is woken by its own recipient's open after a minute, and by no other recipient's", async () => {
    const recipients = [{ email: "jane@example.com" }, { email: "john@example.com" }];
    const world = await atSecondStep(waitsForOpen, { recipients });
    await world.run();
    const before = (await readRecipientState(worldIds.firstRecipient + 1)).dueAt;
    await world.hear("opened");
    expect((await readRecipientState()).dueAt).toBe(world.ctx.now() + minute);
    expect((await readRecipientState(worldIds.firstRecipient + 1)).dueAt).toBe(before);
  });

  test("is sent once, even if more opens arrive while it is claimed", async () => {
    const world = await atSecondStep(waitsForOpen);
    await world.hear("opened");
    world.advance(minute);
    expect(await world.tick()).toEqual({ claimed: 1, enqueued: 1 });
    for (const again of ["2", "3"]) await world.hear("opened", worldIds.firstRecipient, again);
    await world.deliver();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test("is not sent before it is due because of an open", async () => {
    const world = await atSecondStep(waitsForOpen);
    world.advance(-day);
    const { dueAt } = await readRecipientState();
    await world.hear("opened");
    expect((await readRecipientState()).dueAt).toBe(dueAt);
  });

  test("is not sent before the time the mail service asked for because of a click", async () => {
    const world = await atSecondStep(waitsForOpen);
    await world.hear("opened");
    await bindings.DB.prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, attempts, attempted_at)
      VALUES (?1, 2, ?2, ?3, 'retrying', 1, ?4)`,
    )
      .bind(worldIds.firstRecipient, worldIds.tenant, worldIds.campaign, world.ctx.now())
      .run();
    const heldUntil = world.ctx.now() + 30 * minute;
    await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = ?1").bind(heldUntil).run();
    await world.hear("clicked");
    expect((await readRecipientState()).dueAt).toBe(heldUntil);
  });

  test("does not count as overdue until its wait is over", async () => {
    const world = await atSecondStep(waitsForOpen);
    await world.run();
    const scope = { db: world.ctx.db, tenantId: worldIds.tenant };
    const campaign = { id: worldIds.campaign, status: "active" } as const;
    const backlogAt = async (at: number) =>
      (await loadCampaignFigures(scope, [campaign], at)).get(worldIds.campaign)?.backlog;
    expect(await backlogAt(testStartAt + 12 * day)).toMatchObject({ remaining: 1, overdue: 0 });
    expect(await backlogAt(testStartAt + 14 * day)).toMatchObject({ remaining: 1, overdue: 1 });
  });

  test("has no predicted end in a dry run", async () => {
    const world = await atSecondStep(waitsForOpen);
    const [waiting] = await loadCandidates(world.ctx.db, [worldIds.firstRecipient], worldIds.tenant);
    if (waiting === undefined) throw new Error("nobody there");
    expect(forecastSend(waiting, true, world.ctx.now(), null)).toMatchObject({
      verdict: "held",
      reason: "waitingForCondition",
      readyAt: null,
    });
  });
});

describe("the cost of conditions", () => {
  async function readsPerLook(bystanders: number): Promise<number> {
    const recipients = Array.from({ length: 1 + bystanders }, (_, index) => ({
      email: `o${index}@example.com`,
    }));
    const world = await atSecondStep(waitsForOpen, { recipients });
    for (const [index] of recipients.entries()) await world.hear("opened", worldIds.firstRecipient + index);
    const before = world.cost.rowsRead;
    await loadCandidates(world.ctx.db, [worldIds.firstRecipient], null);
    return world.cost.rowsRead - before;
  }

  test("does not grow with the number of recipients", async () => {
    const amongFew = await readsPerLook(4);
    await emptyDatabase();
    expect(await readsPerLook(40)).toBeLessThanOrEqual(amongFew);
  });
});
