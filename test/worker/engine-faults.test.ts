import { beforeEach, describe, expect, test } from "vitest";
import { type Ctx, createContext } from "../../worker/context.ts";
import { pauseCampaign, resumeCampaign } from "../../worker/db/campaign-status.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { beginAttempts } from "../../worker/db/messages.ts";
import { changeRecipient } from "../../worker/db/recipients.ts";
import { createScope } from "../../worker/db/scope.ts";
import { evidenceWindowMs } from "../../worker/domain/send/eligibility.ts";
import { decideNextSteps } from "../../worker/domain/send/sequence.ts";
import type { SendJob } from "../../worker/jobs.ts";
import type { SendOutcome } from "../../worker/providers/provider.ts";
import { ingest } from "../../worker/receive/ingest.ts";
import { carryOutDecisions } from "../../worker/send/progress.ts";
import { sendBatch } from "../../worker/send/sender.ts";
import { tick } from "../../worker/send/sequencer.ts";
import { collectingQueue, deliver } from "../support/worker/queue.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  ids,
  messageStatuses,
  recipientState,
  stats,
  type WorldOptions,
} from "../support/worker/world.ts";

/* What the chaos suite found, each as the shortest story that shows it. */

/** Monday 10:00 in New York. */
const start = Date.UTC(2025, 9, 6, 14);
const minute = 60_000;

/** An engine on a clock moved by hand. `onSql` hears of each statement as it is prepared, and may throw or move time. */
async function engine(options: Partial<WorldOptions> = {}) {
  await createWorld({ now: start, ...options });
  const queue = collectingQueue<SendJob>();
  const world = {
    at: start,
    calls: 0,
    answer: { kind: "accepted", providerMessageId: null } as SendOutcome,
    onSql: (_sql: string): void => undefined,
  };
  const DB = new Proxy(bindings.DB, {
    get(target, name) {
      if (name === "batch") return target.batch.bind(target);
      return (sql: string) => {
        world.onSql(sql);
        return target.prepare(sql);
      };
    },
  });
  const base = createContext(
    { ...bindings, DB, SEND_QUEUE: queue.queue },
    { now: () => world.at, random: () => 0 },
  );
  const outbox: Ctx["providers"]["outbox"] = {
    ...base.providers.outbox,
    send: async () => {
      world.calls += 1;
      return world.answer;
    },
  };
  const ctx: Ctx = { ...base, providers: { ...base.providers, outbox } };
  const consume = (batch: MessageBatch<SendJob>) => sendBatch(ctx, batch);
  return { ctx, world, queue, deliver: (jobs: SendJob[] = queue.take()) => deliver(jobs, consume) };
}

/** Takes the right to the one call that is queued, as a sender does whose process is gone right after. */
async function beginAndDie({ ctx, queue }: Awaited<ReturnType<typeof engine>>): Promise<void> {
  await tick(ctx);
  const entry = queue.take()[0]?.entries[0];
  if (entry === undefined) throw new Error("nothing was queued");
  const { recipientId, stepNumber, lease } = entry;
  await beginAttempts(
    ctx.db,
    [{ recipientId, stepNumber, lease, subject: "x", variant: null }],
    5,
    ctx.now(),
  );
}

function audit(ctx: Ctx, action: string) {
  return { id: ctx.newId(), actor: "agent-1", action, subject: "test", at: ctx.now() };
}

beforeEach(emptyDatabase);

describe("one call per claim", () => {
  test("a queue message that is twice in one batch sends once", async () => {
    const { ctx, world, queue, deliver } = await engine();
    await tick(ctx);
    const jobs = queue.take();
    await deliver([...jobs, ...jobs]);
    expect(world.calls).toBe(1);
    expect(await stats(1)).toEqual({ sent: 1 });
  });

  test("a call whose right took long to get is put off when its window has shut meanwhile", async () => {
    const sendWindow = [{ days: [1], startTime: "09:00", endTime: "10:01" }];
    const { ctx, world, deliver } = await engine({ sendWindow });
    world.at += 15_000;
    await tick(ctx);
    world.at = start + minute - 500;
    world.onSql = (sql) => {
      if (sql.includes("INSERT INTO messages")) world.at = start + minute;
    };
    await deliver();
    expect(world.calls).toBe(0);
    expect(await messageStatuses()).toEqual({ retrying: 1 });
    expect((await recipientState()).dueAt).toBeLessThanOrEqual(world.at + minute);
  });

  test("a call whose right took long to get is put off when its slot is over", async () => {
    const { ctx, world, deliver } = await engine();
    await tick(ctx);
    world.onSql = (sql) => {
      if (sql.includes("INSERT INTO messages")) world.at += 5 * minute;
    };
    await deliver();
    expect(world.calls).toBe(0);
    const row = await bindings.DB.prepare("SELECT status, attempts FROM messages").first();
    expect(row).toEqual({ status: "retrying", attempts: 0 });
  });

  test("a tick that has lost its claim settles nothing: the call that is open may be a later one", async () => {
    const first = await engine();
    const { ctx, world } = first;
    await bindings.DB.prepare("UPDATE campaigns SET unknown_policy = 'resend'").run();
    await beginAndDie(first);
    await bindings.DB.prepare("UPDATE messages SET status = 'unknown'").run();
    world.at += evidenceWindowMs + minute;
    const stale = decideNextSteps(await loadCandidates(ctx.db, [ids.firstRecipient], null), ctx.now());
    expect(stale[0]?.decision.kind).toBe("resend");
    await bindings.DB.batch([
      bindings.DB.prepare("UPDATE campaign_recipients SET lease = 77"),
      bindings.DB.prepare("UPDATE messages SET status = 'sending', attempt_id = 6"),
    ]);
    await carryOutDecisions(ctx, stale);
    expect(await messageStatuses()).toEqual({ sending: 1 });
  });
});

describe("every outcome is accounted for", () => {
  const replyTo =
    (stepNumber: number) =>
    (ctx: Ctx): Promise<unknown> =>
      ingest(ctx, {
        kind: "events",
        tenantId: ids.tenant,
        source: "test",
        receivedAt: start,
        events: [
          {
            kind: "replied",
            recipientId: ids.firstRecipient,
            stepNumber,
            email: null,
            occurredAt: start,
            dedupeKey: "r",
            isMachine: false,
            messageId: null,
            providerMessageId: null,
            data: {},
          },
        ],
      });
  const byAgent = (ctx: Ctx): Promise<unknown> =>
    changeRecipient(
      createScope(ctx.db, ids.tenant),
      { id: ids.firstRecipient, campaignId: ids.campaign, action: "stop" },
      audit(ctx, "recipient.stop"),
    );

  test.each([
    ["a reply to an email before it", replyTo(1)],
    ["the agent", byAgent],
  ])(
    "a call that is open when %s stops its recipient is listed as unknown, if nobody is left to end it",
    async (_, stop) => {
      const world = await engine({ steps: [{}, {}] });
      await tick(world.ctx);
      await world.deliver();
      await beginAndDie(world);
      await stop(world.ctx);
      expect(await recipientState()).toMatchObject({ status: "stopped", dueAt: null });
      expect(await messageStatuses()).toEqual({ sent: 1, unknown: 1 });
      expect(await stats(2)).toMatchObject({ unknown: 1 });
    },
  );

  test("an email whose call is open was sent, if somebody replies to it", async () => {
    const world = await engine();
    await beginAndDie(world);
    await replyTo(1)(world.ctx);
    expect(await recipientState()).toMatchObject({ status: "stopped", dueAt: null });
    expect(await messageStatuses()).toEqual({ sent: 1 });
    expect(await stats(1)).toMatchObject({ sent: 1, unknown: 0, replied: 1 });
  });

  test("an address that was refused is suppressed together with its message failing, or neither happens", async () => {
    const { ctx, world, deliver } = await engine();
    world.answer = {
      kind: "refused",
      fault: "recipient",
      bounceClass: "hard",
      status: "5.1.1",
      detail: "no",
    };
    await tick(ctx);
    world.onSql = (sql) => {
      if (sql.includes("INSERT INTO suppressions")) throw new Error("D1 is gone");
    };
    await deliver();
    expect(await messageStatuses()).toEqual({ sending: 1 });
  });

  test("a campaign that everybody has left while it was paused is over when it is resumed", async () => {
    const { ctx } = await engine();
    const scope = createScope(ctx.db, ids.tenant);
    const base = { campaignId: ids.campaign, audit: audit(ctx, "test") };
    await pauseCampaign(scope, { ...base, from: "active", to: "paused" });
    await replyTo(1)(ctx);
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
