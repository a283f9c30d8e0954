import { beforeEach, describe, expect, test } from "vitest";
import { minute } from "../support/time.ts";
import {
  type Api,
  buildCampaignBody,
  buildLaunchBody,
  buildOwners,
  createApi,
  createTemplate,
  createTenant,
  getSenderId,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { acceptEmail, openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  countMessagesByStatus,
  emptyDatabase,
  readStepStats,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

beforeEach(emptyDatabase);

async function open(world: Partial<WorldOptions>) {
  const engine = await openEngine({ world, provider: acceptEmail });
  return {
    ...engine,
    /**
     * Lets `afterMs` pass, runs a tick (the Worker's run every minute), and delivers the jobs of
     * the tick `times` times.
     */
    async run(afterMs = 1000, times = 1) {
      engine.advance(afterMs);
      await engine.tick();
      const jobs = engine.queue.take();
      for (let time = 0; time < times; time += 1) await engine.deliver(jobs);
    },
  };
}

const twoWordings = [{ subject: "Wording A" }, { subject: "Wording B" }];
const letters: Record<string, number> = { "Wording A": 0, "Wording B": 1 };

async function storedVariants(): Promise<Map<number, number | null>> {
  const { results } = await bindings.DB.prepare("SELECT recipient_id AS id, variant FROM messages").all<{
    id: number;
    variant: number | null;
  }>();
  return new Map(results.map(({ id, variant }) => [id, variant]));
}

describe("a step with two wordings", () => {
  const recipients = Array.from({ length: 12 }, (_, index) => ({ email: `owner-${index}@example.com` }));

  test("sends each recipient one of them, and the message records which", async () => {
    const world = await open({ steps: [{ variants: twoWordings }], recipients });
    await world.run();
    expect(world.calls).toHaveLength(12);
    const stored = await storedVariants();
    for (const { reference, subject } of world.calls)
      expect(stored.get(reference.recipientId)).toBe(letters[subject]);
    expect(new Set(stored.values())).toEqual(new Set([0, 1]));
  });

  test("sends the same wording at every retry", async () => {
    const world = await open({ steps: [{ variants: twoWordings }], recipients });
    world.answerWith(() => ({ kind: "deferred", retryAfterMs: minute, detail: "429" }));
    await world.run();
    await world.run(120_000);
    world.answerWith(acceptEmail);
    await world.run(600_000);
    const perRecipient = Map.groupBy(world.calls, ({ reference }) => reference.recipientId);
    expect(perRecipient.size).toBe(12);
    for (const calls of perRecipient.values()) {
      expect(calls).toHaveLength(3);
      expect(new Set(calls.map(({ subject }) => subject)).size).toBe(1);
    }
    expect(await countMessagesByStatus()).toEqual({ sent: 12 });
  });

  test("is one step: a recipient of one wording never gets the other", async () => {
    const world = await open({ steps: [{ variants: twoWordings }, { delayDays: 3 }], recipients });
    await world.run(1000, 3);
    await world.run();
    const sent = world.calls.map(
      ({ reference: { recipientId, stepNumber } }) => `${recipientId}.${stepNumber}`,
    );
    expect(new Set(sent).size).toBe(sent.length);
    expect(await readStepStats(1)).toEqual({ sent: 12 });
  });

  test("stores no wording if there is just one", async () => {
    const world = await open({});
    await world.run();
    expect(await storedVariants()).toEqual(new Map([[worldIds.firstRecipient, null]]));
  });
});

describe("the API for variants", () => {
  let api: Api;
  let templateIds: number[];

  beforeEach(async () => {
    await createTenant(1);
    await createTenant(2);
    api = createApi();
    templateIds = [await createTemplate(api), await createTemplate(api), await createTemplate(api)];
  });

  const split = () => ({
    templateId: templateIds[0],
    variants: templateIds.map((templateId) => ({ templateId })),
  });

  test("shows a step's variants in the given order, each with its template version", async () => {
    const variants = [
      { templateId: templateIds[2], weight: 3 },
      { templateId: templateIds[0], weight: 1 },
    ];
    await api.patch(`/api/templates/${templateIds[0]}`, { subject: "Newer" });
    const body = buildCampaignBody(0, {
      steps: [{ templateId: templateIds[2], variants }, { templateId: templateIds[1] }],
    });
    const { status, json } = await api.post("/api/campaigns", body);
    expect(status).toBe(201);
    await api.patch(`/api/templates/${templateIds[0]}`, { subject: "Newest" });
    const { json: campaign } = await api.get(`/api/campaigns/${json.id}`);
    expect(campaign.steps[0].variants).toEqual([
      expect.objectContaining({ variant: "A", templateId: templateIds[2], templateVersion: 1, weight: 3 }),
      expect.objectContaining({ variant: "B", templateVersion: 2, subject: "Newer", weight: 1 }),
    ]);
    expect(campaign.steps[1].variants).toEqual([]);
  });

  test("keeps a template that only a variant of an unfinished campaign uses", async () => {
    const { json } = await api.post("/api/campaigns", buildCampaignBody(0, { steps: [split()] }));
    expect((await api.delete(`/api/templates/${templateIds[2]}`)).status).toBe(409);
    expect((await api.delete(`/api/campaigns/${json.id}`)).status).toBe(204);
    expect((await api.delete(`/api/templates/${templateIds[2]}`)).status).toBe(204);
  });

  test("shows the figures of each variant, and names a clear winner", async () => {
    const body = buildLaunchBody(0, {
      recipients: buildOwners(300),
      steps: [split(), { templateId: templateIds[1] }],
    });
    const { json: campaign } = await api.post("/api/campaigns", body);
    const recipients = await listRecipientIds(campaign.id);
    const path = `/api/campaigns/${campaign.id}/analytics`;
    const [untouched] = (await api.get(path)).json.steps;
    expect(untouched.variants[0]).toMatchObject({ variant: "A", sent: 0, replyRate: null });
    expect(untouched.clearLeader).toBeNull();
    await pretend(campaign.id, recipients);
    api.advance(minute);
    const { steps } = (await api.get(path)).json;
    expect(steps[0].variants).toEqual([
      expect.objectContaining({
        variant: "A",
        templateId: templateIds[0],
        sent: 100,
        opened: 0,
        clicked: 0,
        replied: 5,
      }),
      expect.objectContaining({
        variant: "B",
        sent: 100,
        opened: 100,
        clicked: 0,
        replied: 25,
        replyRate: 0.25,
      }),
      expect.objectContaining({ variant: "C", sent: 99, opened: 0, clicked: 0, replied: 5 }),
    ]);
    expect(steps[0].clearLeader).toBe("B");
    expect(steps[1]).toMatchObject({ variants: [], clearLeader: null });
    const token = await signToken({ tenantId: 2 });
    expect((await api.get(path, { token })).status).toBe(404);
  });

  test("checks in a dry run the variant that each recipient would get", async () => {
    const lacking = await api.post("/api/templates", {
      name: "Asks for more",
      subject: "Hello",
      bodyHtml: "<p>{{recipient.nickname}}</p>",
    });
    const variants = [{ templateId: templateIds[0] }, { templateId: lacking.json.id }];
    const steps = [{ templateId: templateIds[0], variants }];
    const body = buildCampaignBody(0, { steps, recipients: buildOwners(40) });
    const { json } = await api.post("/api/campaigns", body);
    const { items } = (await api.post(`/api/campaigns/${json.id}/preflight`)).json;
    const short = items.filter((item: { missingVariables: string[] }) => item.missingVariables.length > 0);
    expect(short.length).toBeGreaterThan(5);
    expect(short.length).toBeLessThan(35);
  });

  /**
   * Stores messages and events as if each of three wordings had been sent to a third of the
   * recipients. Everybody with wording B has opened the email, and a quarter has replied. Of the
   * others, one in twenty has replied.
   */
  async function pretend(campaignId: number, recipients: readonly number[]): Promise<void> {
    const messages = recipients.map((id, index) => ({
      id,
      variant: index % 3,
      place: Math.floor(index / 3),
    }));
    const events = messages.flatMap(({ id, variant, place }) => [
      ...(variant === 1 ? [{ id, kind: "opened", isMachine: 0 }] : []),
      { id, kind: "clicked", isMachine: 1 },
      ...(place < (variant === 1 ? 25 : 5) ? [{ id, kind: "replied", isMachine: 0 }] : []),
    ]);
    await bindings.DB.batch([
      bindings.DB.prepare(
        `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, variant)
        SELECT value->>'id', 1, 1, ?2, iif(value->>'place' = 99 AND value->>'variant' = 2, 'unknown', 'sent'),
          value->>'variant' FROM json_each(?1)`,
      ).bind(JSON.stringify(messages), campaignId),
      // Two opens of one message, which the figures must count once.
      ...["first", "second"].map((key) =>
        bindings.DB.prepare(
          `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
          SELECT value->>'id', 1, value->>'kind', value->>'isMachine', ?2, 1, 1, 1, 1 FROM json_each(?1)`,
        ).bind(JSON.stringify(events), key),
      ),
    ]);
  }

  test("refuses another tenant's template as a variant", async () => {
    const token = await signToken({ tenantId: 2 });
    const foreign = await createTemplate(api, { token });
    const variants = [{ templateId: foreign }, { templateId: templateIds[0] }];
    const body = buildCampaignBody(0, {
      senderId: getSenderId(2),
      steps: [{ templateId: foreign, variants }],
    });
    const answer = await api.post("/api/campaigns", body, { token });
    expect([answer.status, answer.json.error.fields]).toEqual([
      400,
      { "steps.0.variants.1.templateId": "is not one of your templates" },
    ]);
  });
});
