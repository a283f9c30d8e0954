import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadCampaignFigures } from "../../worker/db/campaign-figures.ts";
import {
  launchCampaign,
  listRecipientTimeZones,
  pauseCampaign,
  resumeCampaign,
  stopCampaign,
} from "../../worker/db/campaign-status.ts";
import { buildStepInserts, listCampaignSteps } from "../../worker/db/campaign-steps.ts";
import { buildCampaignCompletion } from "../../worker/db/completion.ts";
import { countRecipientsBeforePage, listRecipientIdsOfPage } from "../../worker/db/preflight.ts";
import { performRecipientAction } from "../../worker/db/recipient-actions.ts";
import { addRecipients, countRecipientsAndIdsLeft } from "../../worker/db/recipient-additions.ts";
import { scanRecipients } from "../../worker/db/recipient-scan.ts";
import { listRecipients } from "../../worker/db/recipients.ts";
import { buildReplyWaitingMarks } from "../../worker/db/reply-threads.ts";
import { createScope, openDatabase, type Scope } from "../../worker/db/scope.ts";
import { makeCampaignDueNow } from "../../worker/db/send-now.ts";
import { listExistingTemplateIds } from "../../worker/db/templates.ts";
import { countWaitingReplies, listWaitingReplies } from "../../worker/db/waiting-replies.ts";
import type { NewRecipient } from "../../worker/domain/recipient.ts";
import { buildStepTiming } from "../support/schedule.ts";
import {
  buildCampaignBody,
  createApi,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  listRecipientIds,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { meterDatabase, type StatementCost } from "../support/worker/cost.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/*
 * Counts the rows for which Cloudflare bills D1. The tenant has a campaign of five thousand
 * recipients and a small campaign. A request about the small campaign must not read rows of the big
 * campaign.
 */

const api = createApi();
const others = 5000;
let campaignId = 0;
let draftId = 0;
let templateId = 0;
let scope: Scope;
let cost: StatementCost;

const recipient = (id: number): NewRecipient => ({
  email: `owner-${id}@example.com`,
  name: `Owner ${id}`,
  contactKey: `c-${id}`,
  source: "host",
  sourceDate: null,
  consent: null,
  timeZone: null,
  timeZoneSource: null,
  propertyState: null,
  addressKeys: null,
  propertyId: "p-1",
  plannedAt: testStartAt,
  data: { recipient: {}, property: {} },
});
const joined = (id: number) => ({ id, propertyId: "p-1", refusalsOverriddenAt: null });
const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => recipient(from + index));

beforeAll(async () => {
  await emptyDatabase();
  await createTenant(1);
  const big = await createLaunchedCampaign(api, { name: "The other one" });
  const whole = createScope(openDatabase(bindings.DB), 1);
  for (let from = 0; from < others; from += 1000) {
    await addRecipients(whole, joined(big.id), people(1_000_000 + from, 1000), testStartAt);
  }
  await bindings.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
     INSERT INTO email_templates (id, tenant_id, name, created_at, updated_at) SELECT i, 1, 'Another', 0, 0 FROM n`,
  ).run();
  campaignId = (await createLaunchedCampaign(api)).id;
  templateId = await createTemplate(api);
  draftId = (await api.post("/api/campaigns", buildCampaignBody(templateId))).json.id;
});

beforeEach(() => {
  const meter = meterDatabase(bindings.DB);
  scope = createScope(openDatabase(meter.d1), 1);
  cost = meter.cost;
});

test("adding a recipient writes at most five rows, one of them for the search, and reads no other campaign's recipients", async () => {
  const added = await addRecipients(scope, joined(campaignId), people(2000, 200), testStartAt);
  expect(added).toEqual({ added: 200, waitingForEmail: 0, suppressed: 0 });
  expect(cost.rowsWritten).toBeLessThanOrEqual(5 * 200);
  expect(cost.rowsRead).toBeLessThan(10 * 200);
});

describe("the work for a small campaign reads no row of a big one:", () => {
  let ids = 9_000_000;
  const audit = () => ({ id: ++ids, actor: "agent-1", action: "test", subject: "test", at: testStartAt });
  const change = (from: "draft" | "active" | "paused", to: "active" | "paused" | "stopped") => ({
    campaignId,
    from,
    to,
    audit: audit(),
  });

  const cases: [name: string, work: () => Promise<unknown>][] = [
    [
      "its figures and its backlog",
      () => loadCampaignFigures(scope, [{ id: campaignId, status: "active" }], testStartAt),
    ],
    ["its zones", () => listRecipientTimeZones(scope, campaignId)],
    ["its steps", () => listCampaignSteps(scope, campaignId)],
    ["its templates", () => listExistingTemplateIds(scope, [templateId])],
    ["its size", () => countRecipientsAndIdsLeft(scope, campaignId)],
    [
      "a page of its preflight",
      async () => {
        const [first = 0] = await listRecipientIdsOfPage(scope, {
          campaignId,
          properties: null,
          after: 0,
          limit: 1,
        });
        await listRecipientIdsOfPage(scope, { campaignId, properties: ["p-1"], after: first, limit: 5 });
        await countRecipientsBeforePage(scope, campaignId, first);
      },
    ],
    [
      "the check whether it is completed",
      () => buildCampaignCompletion(scope.db, [campaignId], testStartAt).run(),
    ],
    [
      "its list of recipients",
      () =>
        listRecipients(
          scope,
          { id: campaignId, name: "", status: "active", endAt: null },
          { after: null, limit: 20 },
        ),
    ],
    [
      "a scan of its recipients",
      () => scanRecipients(scope, campaignId, { outcomes: true, names: true, text: true }),
    ],
    [
      "an action on one of its recipients",
      async () => {
        const [id = 0] = await listRecipientIds(campaignId);
        await performRecipientAction(scope, { id, campaignId, action: "pause" }, audit());
        await performRecipientAction(scope, { id, campaignId, action: "resume" }, audit());
      },
    ],
    ["Send now", () => makeCampaignDueNow(scope, campaignId, { sendNow: 2, dueAt: 1 }, audit())],
    ["pausing", () => pauseCampaign(scope, change("active", "paused"))],
    ["resuming", () => resumeCampaign(scope, change("paused", "active"), false, false)],
    ["stopping", () => stopCampaign(scope, change("active", "stopped"))],
    [
      "launching",
      () =>
        launchCampaign(
          scope,
          { ...change("draft", "active"), campaignId: draftId },
          {
            zones: [{ zone: "UTC", at: testStartAt, spreadMs: 0 }],
            otherwise: "UTC",
            random: 0,
            waits: { probate: 60 },
          },
          {
            endAt: null,
            recallUntil: null,
            ignoresCollisions: false,
            approval: null,
            unapproved: ["probate"],
          },
        ),
    ],
    [
      "replacing steps",
      () => {
        const step = {
          stepNumber: 4,
          ...buildStepTiming(),
          conditions: {},
          variants: [{ source: { templateId }, weight: 1 }],
          elseEmail: { source: { templateId }, startsThread: false },
        };
        const steps = [
          { ...step, kind: "email" as const, startsThread: false, winnerAfter: null, source: { templateId } },
        ];
        return scope.db.$client.batch(buildStepInserts(scope, draftId, steps).slice(0, 1));
      },
    ],
    [
      "steps of a preset",
      () => {
        const step = { stepNumber: 5, ...buildStepTiming(), conditions: {}, variants: [], elseEmail: null };
        const preset = { presetKey: "none.1" };
        const steps = [
          { ...step, kind: "email" as const, startsThread: false, winnerAfter: null, source: preset },
        ];
        return scope.db.$client.batch(buildStepInserts(scope, draftId, steps).slice(0, 1));
      },
    ],
  ];
  test.each(cases)("%s", async (_name, work) => {
    await work();
    expect(cost.rowsRead).toBeLessThan(2500);
  });
});

describe("the home of an office with five thousand people", () => {
  test("reads and counts its waiting replies through indexes, and a reply costs three rows", async () => {
    const ids = await listRecipientIds(campaignId);
    const answered = ids.slice(0, 20);
    await bindings.DB.prepare(
      `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at, batch_id, data)
       SELECT value, 1, 'replied', 0, 'reply', 1, ?2, ?2, 77, '{"text":"Call me"}' FROM json_each(?1)`,
    )
      .bind(JSON.stringify(answered), testStartAt)
      .run();
    await scope.db.$client.batch([buildReplyWaitingMarks(scope.db, answered, 77)]);
    expect(cost.rowsWritten).toBeLessThanOrEqual(3 * answered.length);
    const list = { properties: null, after: null, limit: 10, now: testStartAt };
    for (const agentId of [null, "agent-1"]) {
      const before = cost.rowsRead;
      expect(await listWaitingReplies(scope, { ...list, agentId })).toHaveLength(10);
      expect(cost.rowsRead - before).toBeLessThanOrEqual(8 * 10);
    }
    const before = cost.rowsRead;
    const counts = await countWaitingReplies(scope, "agent-1", { most: 12, now: testStartAt });
    expect(counts).toEqual({ mine: 12, office: 12 });
    expect(cost.rowsRead - before).toBeLessThanOrEqual(2 * 12 + 1);
  });

  test("finds the campaigns of one status by an index", async () => {
    const plan = await bindings.DB.prepare(
      "EXPLAIN QUERY PLAN SELECT id FROM campaigns WHERE tenant_id = 1 AND status = 'active' AND id < 9 ORDER BY id DESC LIMIT 50",
    ).all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail).join()).toContain("campaigns_status");
  });
});
