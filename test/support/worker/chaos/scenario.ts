import type { SendWindow } from "../../../../shared/campaign.ts";
import { sealCredentials } from "../../../../worker/providers/credentials.ts";
import { day, minute } from "../../time.ts";
import { bindings, createWorld, credentialsKey, emptyDatabase, type WorldStep, worldIds } from "../world.ts";
import { createRandom, type Random } from "./random.ts";

export type ChaosRecipient = {
  id: number;
  campaignId: number;
  email: string;
  timeZone: string;
  propertyId: string;
  /** The address of the recipient's sender. A recipient's sender never changes. */
  from: string;
};

/** All settings of a run, which are chosen before the clock starts. */
export type ChaosScenario = {
  start: number;
  steps: readonly WorldStep[];
  sendWindow: SendWindow;
  /** The least time between two emails of one sender. */
  intervalMs: number;
  dailyCap: number;
  domainDailyCap: number | null;
  unknownPolicy: "assumeSent" | "resend";
  /** The recipients of both campaigns. Some people are in both campaigns. */
  recipients: readonly ChaosRecipient[];
};

export const senderTimeZone = "America/New_York";
/** The second campaign, which is a copy of the first campaign with some of the same people. */
export const secondCampaign = { id: worldIds.campaign + 1, firstRecipientId: 1_000_000 };
const senders = ["ann@cedarmain.example", "bea@cedarmain.example"] as const;
const secondSender = worldIds.sender + 1;
/** A property status that ends the sequence for everybody at the property. */
export const stoppingPropertyStatus = "Closed";
export const chaosAccountIds = { first: worldIds.account, second: worldIds.account + 1 };

/** The time in ms for which the sequence waits for a task. */
export const taskWaitMs = day;
const callThem: WorldStep = { delayDays: 1, task: { kind: "call", instructions: "Call them", waitDays: 1 } };

const everyDay = [1, 2, 3, 4, 5, 6, 7];
export const allDayWindow: SendWindow = [{ days: everyDay, startTime: "00:00", endTime: "23:59" }];
const windows: readonly SendWindow[] = [
  [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
  // This sending window is so short that it closes while a sender is still sending.
  [{ days: everyDay, startTime: "16:50", endTime: "16:54" }],
  [{ days: [1, 2, 4, 5, 6], startTime: "22:00", endTime: "02:00" }],
  // This window includes midnight in the sender's time zone, when the count for the daily cap
  // starts again at 0.
  [{ days: everyDay, startTime: "23:57", endTime: "00:30" }],
];
const zones = [senderTimeZone, senderTimeZone, senderTimeZone, "America/Chicago", "America/Los_Angeles"];

export function chooseScenario(
  seed: number,
  people: number,
  unknownPolicy: ChaosScenario["unknownPolicy"],
): ChaosScenario {
  const random = createRandom(seed, "scenario");
  const perDay = Math.max(4, Math.ceil(people * (0.35 + random.next() * 0.3)));
  return {
    // The run starts at most two weeks before the end of daylight saving time in the United States.
    start: Date.UTC(2025, 9, 20, 14) + random.between(0, 12) * day + random.between(0, 59) * 1000,
    steps: [
      { variants: [{ subject: "A question" }, { subject: "Your home" }] },
      { delayDays: 1 },
      ...(seed % 3 === 1 ? [callThem] : []),
      { delayDays: 2, ...chooseConditions(random) },
    ],
    // The seed chooses the windows in turn, so that four seeds in a row use all four windows.
    sendWindow: windows[seed % windows.length] ?? random.pick(windows),
    intervalMs: random.pick([200, 1000, 20_000, minute]),
    dailyCap: perDay,
    domainDailyCap: seed % 2 === 0 ? Math.max(2, Math.ceil(perDay * 0.4)) : null,
    unknownPolicy,
    recipients: withOtherCampaign(
      Array.from({ length: people }, (_, index) => ({
        id: worldIds.firstRecipient + index,
        campaignId: worldIds.campaign,
        email: `owner${index}@${index % 2 === 0 ? "example.com" : "homes.example"}`,
        timeZone: random.pick(zones),
        propertyId: `p-${index - (index % 5 === 1 ? 1 : 0)}`,
        from: senders[index % 3 === 1 ? 1 : 0],
      })),
    ),
  };
}

/** Returns the step numbers of the task steps. */
export function listTaskStepNumbers({ steps }: ChaosScenario): number[] {
  return steps.flatMap(({ task }, index) => (task === undefined ? [] : [index + 1]));
}

export function getCampaignId(recipientId: number): number {
  return recipientId < secondCampaign.firstRecipientId ? worldIds.campaign : secondCampaign.id;
}

function withOtherCampaign(recipients: readonly ChaosRecipient[]): ChaosRecipient[] {
  const { id: campaignId, firstRecipientId } = secondCampaign;
  const inBoth = recipients.filter((_, index) => index % 4 === 2);
  return [
    ...recipients,
    ...inBoth.map((one, index) => ({ ...one, id: firstRecipientId + index, campaignId })),
  ];
}

function chooseConditions(random: Random): WorldStep {
  const conditions = random.pick([
    {},
    {},
    { previousOpened: true },
    { previousOpened: true, otherwise: "wait", waitDays: 2 },
  ] as const);
  return { conditions };
}

/**
 * Empties the database and inserts the scenario's rows. Some recipients share a property, and some
 * people are in both campaigns. The tenant has two senders and two accounts.
 */
export async function insertScenario(scenario: ChaosScenario): Promise<void> {
  await emptyDatabase();
  await createWorld({
    now: scenario.start,
    steps: scenario.steps,
    intervalMs: scenario.intervalMs,
    dailyCap: scenario.dailyCap,
    sendWindow: scenario.sendWindow,
    recipients: scenario.recipients
      .filter(({ campaignId }) => campaignId === worldIds.campaign)
      .map(({ email, propertyId }) => ({ email, propertyId })),
  });
  await createSecondSender(scenario);
  await createOtherCampaign(scenario);
  const sealed = await sealCredentials(credentialsKey, chaosAccountIds.second, {
    provider: "outbox",
    webhookSecret: "the second account's secret",
  });
  await bindings.DB.batch([
    bindings.DB.prepare("UPDATE campaigns SET unknown_policy = ?1").bind(scenario.unknownPolicy),
    bindings.DB.prepare(
      `UPDATE campaign_recipients SET time_zone = j.value->>'timeZone'
      FROM json_each(?1) j WHERE campaign_recipients.id = j.value->>'id'`,
    ).bind(JSON.stringify(scenario.recipients)),
    bindings.DB.prepare(
      `INSERT INTO provider_accounts (id, tenant_id, provider, name, priority, sealed_credentials, created_at)
      VALUES (?1, ?2, 'outbox', 'Second', 1, ?3, ?4)`,
    ).bind(chaosAccountIds.second, worldIds.tenant, sealed, scenario.start),
  ]);
}

/**
 * Creates the second sender and assigns recipients to this sender. Runs before
 * `createOtherCampaign`, which copies each recipient's sender from the first campaign.
 */
async function createSecondSender({ recipients, domainDailyCap }: ChaosScenario): Promise<void> {
  await bindings.DB.batch([
    bindings.DB.prepare("UPDATE senders SET domain_daily_cap = ?1").bind(domainDailyCap),
    bindings.DB.prepare(
      `INSERT INTO senders (id, tenant_id, from_name, from_email, license_type, license_number, time_zone, interval_ms, daily_cap,
        domain_daily_cap, created_at)
      SELECT ?1, tenant_id, 'Bea Agent', ?2, license_type, license_number, time_zone, interval_ms, daily_cap,
        domain_daily_cap, created_at
      FROM senders WHERE id = ?3`,
    ).bind(secondSender, senders[1], worldIds.sender),
    bindings.DB.prepare(
      `UPDATE campaign_recipients SET sender_id = ?2 FROM json_each(?1) j
      WHERE campaign_recipients.id = j.value->>'id' AND j.value->>'from' = ?3`,
    ).bind(JSON.stringify(recipients), secondSender, senders[1]),
    bindings.DB.prepare("UPDATE campaigns SET exit_statuses = ?1").bind(
      JSON.stringify([stoppingPropertyStatus]),
    ),
  ]);
}

/**
 * Copies the first campaign with some of its people, for another agent and from a sequence. The
 * collision policy is off, so both campaigns write to these people, and only the least time between
 * two emails keeps the emails apart.
 */
async function createOtherCampaign({ recipients }: ChaosScenario): Promise<void> {
  const { id, firstRecipientId } = secondCampaign;
  await bindings.DB.batch([
    bindings.DB.prepare("UPDATE tenants SET collision_policy = 'off'"),
    bindings.DB.prepare(
      `INSERT INTO campaigns (id, tenant_id, name, type, status, sender_id, send_window, exit_statuses, first_recipient_id,
        last_recipient_id, created_by, sequence_id, created_at, launched_at, updated_at)
      SELECT ?1, tenant_id, 'Other', type, status, sender_id, send_window, exit_statuses, ?2, ?2 + 16383, 'agent-2', '12',
        created_at, launched_at, updated_at FROM campaigns WHERE id = ?3`,
    ).bind(id, firstRecipientId, worldIds.campaign),
    bindings.DB.prepare(
      `INSERT INTO campaign_steps (campaign_id, step_number, position, tenant_id, kind, task, template_id, template_version, delay_days,
        conditions, variants)
      SELECT ?1, step_number, position, tenant_id, kind, task, template_id, template_version, delay_days, conditions, variants
      FROM campaign_steps WHERE campaign_id = ?2`,
    ).bind(id, worldIds.campaign),
    bindings.DB.prepare(
      `INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, property_id, email, name, due_at,
        scheduled_at, data, created_at)
      SELECT j.value->>'id', r.tenant_id, ?2, r.sender_id, r.property_id, r.email, r.name, r.due_at, r.scheduled_at, r.data,
        r.created_at
      FROM json_each(?1) j JOIN campaign_recipients r ON r.email = j.value->>'email' AND r.campaign_id = ?3
      WHERE j.value->>'campaignId' = ?2`,
    ).bind(JSON.stringify(recipients), id, worldIds.campaign),
  ]);
}
