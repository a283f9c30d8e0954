import type { SendWindow } from "../../../../shared/campaign.ts";
import { sealCredentials } from "../../../../worker/providers/credentials.ts";
import { bindings, createWorld, credentialsKey, emptyDatabase, ids, type WorldStep } from "../world.ts";
import { createRandom, type Random } from "./random.ts";

export type ChaosRecipient = { id: number; timeZone: string };

/** What one run is about: everything that is set before the clock starts. */
export type Scenario = {
  start: number;
  steps: readonly WorldStep[];
  sendWindow: SendWindow;
  intervalMs: number;
  dailyCap: number;
  unknownPolicy: "assumeSent" | "resend";
  recipients: readonly ChaosRecipient[];
};

export const senderZone = "America/New_York";
export const accounts = { first: ids.account, second: ids.account + 1 };
const minute = 60_000;
const day = 24 * 60 * minute;

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const windows: readonly SendWindow[] = [
  [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
  // Shuts while a sender is at it.
  [{ days: everyDay, startTime: "16:50", endTime: "16:54" }],
  [{ days: [1, 2, 4, 5, 6], startTime: "22:00", endTime: "02:00" }],
  // Open across the sender's midnight, where one day's cap ends and the next one's begins.
  [{ days: everyDay, startTime: "23:57", endTime: "00:30" }],
];
const zones = [senderZone, senderZone, senderZone, "America/Chicago", "America/Los_Angeles"];

export function chooseScenario(
  seed: number,
  people: number,
  unknownPolicy: Scenario["unknownPolicy"],
): Scenario {
  const random = createRandom(seed, "scenario");
  const perDay = Math.max(4, Math.ceil(people * (0.35 + random.next() * 0.3)));
  return {
    // Somewhere in the two weeks around the end of daylight saving time in the United States.
    start: Date.UTC(2025, 9, 20, 14) + random.between(0, 12) * day + random.between(0, 59) * 1000,
    steps: [{}, { delayDays: 1 }, { delayDays: 2, ...chooseConditions(random) }],
    // By turns, so that a few seeds in a row see all of them.
    sendWindow: windows[seed % windows.length] ?? random.pick(windows),
    intervalMs: random.pick([200, 1000, 20_000, minute]),
    dailyCap: perDay,
    unknownPolicy,
    recipients: Array.from({ length: people }, (_, index) => ({
      id: ids.firstRecipient + index,
      timeZone: random.pick(zones),
    })),
  };
}

function chooseConditions(random: Random): WorldStep {
  return random.chance(0.3) ? { conditions: { previousOpened: true } } : {};
}

/** Puts it into an empty database: some recipients share a property, and the tenant has two accounts. */
export async function createScenario(scenario: Scenario): Promise<void> {
  await emptyDatabase();
  await createWorld({
    now: scenario.start,
    steps: scenario.steps,
    intervalMs: scenario.intervalMs,
    dailyCap: scenario.dailyCap,
    sendWindow: scenario.sendWindow,
    recipients: scenario.recipients.map(({ id }, index) => ({
      email: `owner${id}@example.com`,
      propertyId: `p-${index - (index % 5 === 1 ? 1 : 0)}`,
    })),
  });
  const sealed = await sealCredentials(credentialsKey, accounts.second, {
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
    ).bind(accounts.second, ids.tenant, sealed, scenario.start),
  ]);
}
