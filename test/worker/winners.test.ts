import { beforeEach, describe, expect, inject, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import { createContext } from "../../worker/context.ts";
import { chooseWinner } from "../../worker/db/winners.ts";
import { chooseDueWinners } from "../../worker/send/winners.ts";
import { day, hour, minute } from "../support/time.ts";
import { createRandom, type Random } from "../support/worker/chaos/random.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { acceptEmail, type Engine, openEngine } from "../support/worker/engine.ts";
import {
  addCampaignCopy,
  bindings,
  emptyDatabase,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

const settling = limits.winnerSettlingHours * hour;
const variants = [{ subject: "Wording A" }, { subject: "Wording B" }];
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: `owner-${index}@example.com`,
    propertyId: `p-${index}`,
  }));

beforeEach(emptyDatabase);

const open = (world: Partial<WorldOptions>) => openEngine({ world, provider: acceptEmail });

/** Postpones the first email to `dueAt` for all recipients after the first `from` recipients. */
async function postpone(from: number, dueAt: number): Promise<void> {
  await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = ?2, scheduled_at = ?2 WHERE id >= ?1")
    .bind(worldIds.firstRecipient + from, dueAt)
    .run();
}

type Choice = { variant: number | null; by: string | null; isClear: boolean | null; figures: object[] };
type StepState = { choice: Choice | null; dueAt: number | null };

async function readStep(): Promise<StepState> {
  const row = await bindings.DB.prepare(
    "SELECT winner, winner_due_at AS dueAt FROM campaign_steps WHERE campaign_id = ?1 AND step_number = 1",
  )
    .bind(worldIds.campaign)
    .first<{ winner: string | null; dueAt: number | null }>();
  if (row === null) throw new Error("no step");
  return { choice: row.winner === null ? null : (JSON.parse(row.winner) as Choice), dueAt: row.dueAt };
}

const countChoices = async () =>
  await bindings.DB.prepare(
    "SELECT count(*) AS n FROM audit_log WHERE action = 'campaign.winnerChosen'",
  ).first("n");

/** Lets each recipient reply if `share` returns true for the recipient's email. */
async function reply(engine: Engine, share: (subject: string, place: number) => boolean): Promise<void> {
  const events = engine.calls
    .filter(({ subject }, place) => share(subject, place))
    .map(({ reference: { recipientId } }) => ({
      ...{ kind: "replied" as const, recipientId, dedupeKey: `reply ${recipientId}` },
    }));
  await engine.hear(events);
}

/** Sends the first email to all recipients who are due now. */
async function send(engine: Engine): Promise<void> {
  await engine.pass(2);
}

describe("the engine", () => {
  test("sends the wording with more replies to everybody who comes after the choice", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 10 }], recipients: people(80) });
    await postpone(40, engine.now() + 3 * day);
    await send(engine);
    expect(engine.calls).toHaveLength(40);
    await reply(engine, (subject, place) => subject === "Wording B" && place % 2 === 0);
    await engine.pass(2);
    expect((await readStep()).choice).toBeNull();
    engine.advance(3 * day);
    await send(engine);
    const later = engine.calls.slice(40).map(({ subject }) => subject);
    expect(later).toHaveLength(40);
    expect(new Set(later)).toEqual(new Set(["Wording B"]));
    const { choice, dueAt } = await readStep();
    expect(choice).toMatchObject({ variant: 1, by: null, isClear: false });
    expect(dueAt).toBeNull();
    expect(await countChoices()).toBe(1);
  });

  test("goes on dividing people while no wording leads, and looks again after the settling time", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 10 }], recipients: people(60) });
    await postpone(40, engine.now() + 3 * day);
    await send(engine);
    engine.advance(3 * day);
    await send(engine);
    expect(new Set(engine.calls.slice(40).map(({ subject }) => subject)).size).toBe(2);
    const { choice, dueAt } = await readStep();
    expect(choice).toBeNull();
    expect(dueAt).toBeGreaterThan(engine.now() + settling - hour);
  });

  test("counts no absence note, no email that left lately, and no email of an earlier text", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 10 }], recipients: people(40) });
    await send(engine);
    const absent = engine.calls.map(({ reference: { recipientId } }) => ({
      ...{ kind: "autoReplied" as const, recipientId, dedupeKey: `away ${recipientId}` },
    }));
    await engine.hear(absent.slice(0, 20));
    engine.advance(settling - hour);
    await engine.pass(2);
    expect((await readStep()).choice).toBeNull();
    engine.advance(2 * hour);
    await engine.pass(2);
    expect((await readStep()).choice).toBeNull();
    await reply(engine, (subject) => subject === "Wording A");
    await bindings.DB.prepare("UPDATE campaign_steps SET winner_since = ?1, winner_due_at = ?1")
      .bind(engine.now())
      .run();
    await engine.pass(2);
    expect((await readStep()).choice).toBeNull();
  });

  test("decides as soon as the last counted email has settled, however seldom it looks", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 10 }], recipients: people(60) });
    await postpone(4, engine.now() + day);
    await send(engine);
    engine.advance(day);
    await send(engine);
    const complete = engine.now();
    await reply(engine, (subject) => subject === "Wording A");
    let looks = 0;
    engine.database.onSql = (sql) => {
      if (sql.includes("UPDATE campaign_steps AS s SET winner")) looks += 1;
    };
    while ((await readStep()).choice === null) {
      if (engine.now() > complete + settling + hour) throw new Error("no choice");
      engine.advance(30 * minute);
      await engine.tick();
    }
    expect(engine.now()).toBeLessThanOrEqual(complete + settling + 30 * minute);
    expect(looks).toBeLessThanOrEqual(3);
  });

  test("chooses once under two ticks at once", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 5 }], recipients: people(40) });
    await send(engine);
    await reply(engine, (subject) => subject === "Wording A");
    engine.advance(settling + hour);
    await Promise.all([engine.tick(), engine.tick(), engine.tick()]);
    expect((await readStep()).choice?.variant).toBe(0);
    expect(await countChoices()).toBe(1);
  });

  test("retries an email in the wording that was tried, although another was chosen meanwhile", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 10 }], recipients: people(40) });
    engine.answerWith(() => ({ kind: "deferred", retryAfterMs: hour, detail: "429" }));
    await send(engine);
    const tried = new Map(engine.calls.map(({ reference, subject }) => [reference.recipientId, subject]));
    expect(new Set(tried.values()).size).toBe(2);
    await bindings.DB.prepare("UPDATE campaign_steps SET winner = ?1")
      .bind(JSON.stringify({ variant: 0, at: 1, by: null, isClear: true, figures: [] }))
      .run();
    engine.answerWith(acceptEmail);
    engine.advance(2 * hour);
    await send(engine);
    const again = engine.calls.slice(40);
    expect(again).toHaveLength(40);
    for (const { reference, subject } of again) expect(subject).toBe(tried.get(reference.recipientId));
  });

  test("writes two rows when it looks or chooses, none in other ticks, and reads no other campaign", async () => {
    const engine = await open({ steps: [{ variants, winnerAfter: 10 }], recipients: people(40) });
    await send(engine);
    await reply(engine, (subject) => subject === "Wording B");
    await addCampaignCopy(77, 400, engine.now() + 90 * day, "other.example");
    const { d1, cost } = meterDatabase(bindings.DB);
    const ctx = createContext({ ...bindings, DB: d1 }, { now: engine.now });
    const look = async () => {
      const before = { ...cost };
      await chooseDueWinners(ctx, engine.now());
      return { written: cost.rowsWritten - before.rowsWritten, read: cost.rowsRead - before.rowsRead };
    };
    const idle = await look();
    expect(idle.written).toBe(0);
    expect(idle.read).toBeLessThan(5);
    await bindings.DB.prepare(
      "UPDATE campaign_steps SET winner_due_at = 1 WHERE winner_after IS NOT NULL",
    ).run();
    const [looked, again] = [await look(), await look()];
    expect([looked.written, again.written]).toEqual([2, 0]);
    engine.advance(settling + hour);
    const chosen = await look();
    expect((await readStep()).choice?.variant).toBe(1);
    expect(chosen.written).toBe(2);
    expect(chosen.read).toBeLessThan(40 * 25);
    expect((await look()).written).toBe(0);
  });
});

/** Chooses a random wording, or no wording, as an agent. */
async function chooseAtRandom(engine: Engine, random: Random, wordings: number): Promise<void> {
  const variant = random.pick([null, ...Array.from({ length: wordings }, (_, index) => index)]);
  const step = { campaignId: worldIds.campaign, stepNumber: 1 };
  const at = engine.now();
  const audit = { id: engine.ctx.newId(), actor: "agent-1", action: "test", subject: "campaigns/41", at };
  const choice = { variant, at, by: "agent-1", isClear: null, figures: [] };
  await chooseWinner({ db: engine.ctx.db, tenantId: worldIds.tenant }, step, choice, audit);
}

/**
 * Runs a campaign with random people, delays, failures, replies, ticks (the Worker's runs) and
 * choices of an agent. Returns the rules about choosing a wording that the campaign has broken.
 */
async function runRandomCampaign(random: Random): Promise<string[]> {
  const count = random.between(12, 24);
  const wordings = ["A", "B", "C"].slice(0, random.between(2, 3)).map((name) => ({
    ...{ subject: `Wording ${name}`, weight: random.between(1, 3) },
  }));
  const engine = await open({
    steps: [{ variants: wordings, winnerAfter: random.between(1, 3) }],
    recipients: people(count),
  });
  for (let place = 0; place < count; place += 1)
    if (random.chance(0.7)) await postpone(place, engine.now() + random.between(0, 8 * 24) * hour);
  const answers = [
    acceptEmail,
    () => ({ kind: "deferred" as const, retryAfterMs: random.between(1, 30) * hour, detail: "429" }),
    () => ({ kind: "unknown" as const, detail: "timeout" }),
  ];
  engine.answerWith(() => (random.chance(0.4) ? acceptEmail() : random.pick(answers)()));
  await bindings.DB.prepare("UPDATE tenants SET unknown_policy = ?1")
    .bind(random.pick(["assumeSent", "resend"]))
    .run();
  const agentChooses = random.pick([0, 0.2]);
  const faults: string[] = [];
  const begun = new Set<number>();
  for (let turn = 0; turn < 36; turn += 1) {
    if (random.chance(agentChooses)) await chooseAtRandom(engine, random, wordings.length);
    const before = (await readStep()).choice;
    const callsBefore = engine.calls.length;
    await Promise.all([engine.tick(), ...(random.chance(0.3) ? [engine.tick()] : [])]);
    const { choice } = await readStep();
    if (before !== null && JSON.stringify(choice) !== JSON.stringify(before))
      faults.push("a tick chose again");
    await engine.deliverAll();
    for (const { reference, subject } of engine.calls.slice(callsBefore)) {
      const isFirst = !begun.has(reference.recipientId);
      begun.add(reference.recipientId);
      const winner = wordings[choice?.variant ?? -1];
      if (winner !== undefined && isFirst && subject !== winner.subject)
        faults.push(`${reference.recipientId} got ${subject} after the choice`);
    }
    await engine.hear(
      engine.calls
        .filter(() => random.chance(0.1))
        .map(({ reference: { recipientId } }) => ({
          ...{ kind: "replied" as const, recipientId, dedupeKey: `reply ${recipientId}` },
        })),
    );
    engine.advance(random.pick([minute, 20 * minute, 5 * hour, 11 * hour]));
  }
  const perPerson = Map.groupBy(engine.calls, ({ reference }) => reference.recipientId);
  for (const [id, calls] of perPerson)
    if (new Set(calls.map(({ subject }) => subject)).size > 1) faults.push(`${id} got two wordings`);
  if (Number(await countChoices()) > 1) faults.push(`${await countChoices()} choices`);
  return faults;
}

describe("in random campaigns", () => {
  const runs = inject("isDeep") ? 300 : 3;
  test.each(Array.from({ length: runs }, (_, seed) => seed + 1))(
    "nobody gets two wordings of a step, and the winner is chosen once (seed %i)",
    async (seed) => {
      expect(await runRandomCampaign(createRandom(seed, "winners"))).toEqual([]);
    },
  );
});
