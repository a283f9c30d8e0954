import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "../../worker/context.ts";
import { pauseCampaign, resumeCampaign } from "../../worker/db/campaign-status.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { performRecipientAction } from "../../worker/db/recipient-actions.ts";
import { createScope } from "../../worker/db/scope.ts";
import { evidenceWindowMs } from "../../worker/domain/send/message-outcome.ts";
import { decideNextSteps } from "../../worker/domain/send/sequence.ts";
import { carryOutDecisions } from "../../worker/send/progress.ts";
import { minute } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { acceptEmail, type Engine, openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  claimRecipients,
  countMessagesByStatus,
  emptyDatabase,
  readRecipientState,
  readStepStats,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

/*
 * Tests for faults that the chaos suite, which runs campaigns with random faults, has found. Each
 * test reproduces one fault in as few steps as possible.
 */

/** Opens an engine whose provider accepts every email by default. */
const open = (world: Partial<WorldOptions> = {}) => openEngine({ world, provider: acceptEmail });

function audit(ctx: Ctx, action: string) {
  return { id: ctx.newId(), actor: "agent-1", action, subject: "test", at: ctx.now() };
}

beforeEach(emptyDatabase);

describe("there is one call per claim:", () => {
  test("a queue message that is twice in one batch sends one email", async () => {
    const engine = await open();
    await engine.tick();
    const jobs = engine.queue.take();
    await engine.deliver([...jobs, ...jobs]);
    expect(engine.calls).toHaveLength(1);
    expect(await readStepStats(1)).toEqual({ sent: 1 });
  });

  test("a call is put off if the send window has closed since the claim", async () => {
    const sendWindow = [{ days: [1], startTime: "09:00", endTime: "10:01" }];
    const engine = await open({ sendWindow });
    engine.clock.at += 15_000;
    await engine.tick();
    engine.clock.at = testStartAt + minute - 500;
    engine.database.onSql = (sql) => {
      if (sql.includes("INSERT INTO messages")) engine.clock.at = testStartAt + minute;
    };
    await engine.deliver();
    expect(engine.calls).toHaveLength(0);
    expect(await countMessagesByStatus()).toEqual({ retrying: 1 });
    expect((await readRecipientState()).dueAt).toBeLessThanOrEqual(engine.clock.at + minute);
  });

  test("a call is put off if its slot has passed", async () => {
    const engine = await open();
    await engine.tick();
    engine.database.onSql = (sql) => {
      if (sql.includes("INSERT INTO messages")) engine.clock.at += 5 * minute;
    };
    await engine.deliver();
    expect(engine.calls).toHaveLength(0);
    const row = await bindings.DB.prepare("SELECT status, attempts FROM messages").first();
    expect(row).toEqual({ status: "retrying", attempts: 0 });
  });

  test("a tick that has lost its claim changes nothing, because a later call may be open", async () => {
    const engine = await open();
    const { ctx } = engine;
    await bindings.DB.prepare("UPDATE campaigns SET unknown_policy = 'resend'").run();
    await engine.beginAndDie();
    await bindings.DB.prepare("UPDATE messages SET status = 'unknown'").run();
    engine.clock.at += evidenceWindowMs + minute;
    const stale = decideNextSteps(await loadCandidates(ctx.db, [worldIds.firstRecipient], null), ctx.now());
    expect(stale[0]?.decision.kind).toBe("resend");
    await claimRecipients();
    await bindings.DB.prepare("UPDATE messages SET status = 'sending', attempt_id = 6").run();
    await carryOutDecisions(ctx, stale);
    expect(await countMessagesByStatus()).toEqual({ sending: 1 });
  });
});

describe("every outcome is recorded:", () => {
  const replyTo =
    (stepNumber: number) =>
    (engine: Engine): Promise<unknown> =>
      engine.hear({ kind: "replied", stepNumber, occurredAt: testStartAt, dedupeKey: "r" });
  const byAgent = ({ ctx }: Engine): Promise<unknown> =>
    performRecipientAction(
      createScope(ctx.db, worldIds.tenant),
      { id: worldIds.firstRecipient, campaignId: worldIds.campaign, action: "stop" },
      audit(ctx, "recipient.stop"),
    );

  test.each([
    ["a reply to an email before it", replyTo(1)],
    ["the agent", byAgent],
  ])(
    "an open call is listed as unknown when %s stops its recipient after the process died",
    async (_, stop) => {
      const engine = await open({ steps: [{}, {}] });
      await engine.run();
      await engine.beginAndDie();
      await stop(engine);
      expect(await readRecipientState()).toMatchObject({ status: "stopped", dueAt: null });
      expect(await countMessagesByStatus()).toEqual({ sent: 1, unknown: 1 });
      expect(await readStepStats(2)).toMatchObject({ unknown: 1 });
    },
  );

  test("an email with an open call counts as sent if its recipient replies to it", async () => {
    const engine = await open();
    await engine.beginAndDie();
    await replyTo(1)(engine);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", dueAt: null });
    expect(await countMessagesByStatus()).toEqual({ sent: 1 });
    expect(await readStepStats(1)).toEqual({ sent: 1, replied: 1 });
  });

  test("a refused address is suppressed together with its message's failure, or neither is written", async () => {
    const engine = await open();
    engine.answerWith(() => ({
      kind: "refused",
      fault: "recipient",
      bounceClass: "hard",
      status: "5.1.1",
      detail: "no",
    }));
    await engine.tick();
    engine.database.onSql = (sql) => {
      if (sql.includes("INSERT INTO suppressions")) throw new Error("D1 is gone");
    };
    await engine.deliver();
    expect(await countMessagesByStatus()).toEqual({ sending: 1 });
  });

  test("a campaign whose recipients all left while it was paused is completed when resumed", async () => {
    const engine = await open();
    const { ctx } = engine;
    const scope = createScope(ctx.db, worldIds.tenant);
    const base = { campaignId: worldIds.campaign, audit: audit(ctx, "test") };
    await pauseCampaign(scope, { ...base, from: "active", to: "paused" });
    await replyTo(1)(engine);
    await resumeCampaign(
      scope,
      { ...base, audit: audit(ctx, "test"), from: "paused", to: "active" },
      false,
      false,
    );
    const row = await bindings.DB.prepare("SELECT status FROM campaigns").first();
    expect(row).toEqual({ status: "completed" });
  });
});
