import type { SendJob } from "../../../worker/jobs.ts";
import { sealCredentials } from "../../../worker/providers/credentials.ts";
import type { Credentials } from "../../../worker/providers/provider.ts";
import { minute } from "../time.ts";
import { createClock, testStartAt } from "./clock.ts";
import { openEngine } from "./engine.ts";
import type { EventParts } from "./event.ts";
import { fetchReceivedRequests, providerServers } from "./provider-fixtures.ts";
import {
  bindings,
  createWorld,
  credentialsKey,
  emptyDatabase,
  type WorldOptions,
  worldIds,
} from "./world.ts";

/**
 * The most recipients of one world, which is a test's database content. Each world has this number
 * of recipient ids for itself, so the ids of two worlds never overlap.
 */
const mostPeople = 1000;
/**
 * The number of the last world, which is part of every address and recipient id. All test files
 * share the fake servers, which record emails by address or id.
 */
let lastWorldNumber = 10 * (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

export const buildSendgridCredentials = (behavior: string): Credentials => ({
  provider: "sendgrid",
  apiKey: `SG.${behavior}.fake`,
  region: "us",
  webhookPublicKey: null,
});
export const buildMailgunCredentials = (behavior: string): Credentials => ({
  provider: "mailgun",
  apiKey: `key-${behavior}`,
  domain: "mg.agency.example",
  region: "us",
  webhookSigningKey: null,
});
export const buildSmtpCredentials = (server: keyof typeof providerServers.smtp): Credentials => ({
  provider: "smtp",
  host: "localhost",
  port: providerServers.smtp[server],
  tls: "starttls",
  user: "agent",
  password: "correct horse",
  webhookSecret: null,
});

/**
 * Opens the engine with the real providers, which call the fake services.
 * @param local the part of the recipients' addresses before the @, which decides the replies of the
 * mail servers
 */
export async function openServiceEngine(
  credentials: Credentials,
  {
    local = "jane",
    people = 1,
    ...options
  }: Partial<WorldOptions> & { local?: string; people?: number } = {},
) {
  await emptyDatabase();
  lastWorldNumber += 1;
  const base = lastWorldNumber * mostPeople;
  const addresses = Array.from(
    { length: people },
    (_, index) => `${local}@w${lastWorldNumber}-${index}.example`,
  );
  const clock = createClock();
  await createWorld({
    now: testStartAt,
    credentials,
    recipients: addresses.map((email, index) => ({ email, propertyId: `p-${index}` })),
    ...options,
  });
  await bindings.DB.prepare("UPDATE campaign_recipients SET id = id - ? + ?")
    .bind(worldIds.firstRecipient, base)
    .run();
  await bindings.DB.prepare("UPDATE campaigns SET first_recipient_id = ?, last_recipient_id = ?")
    .bind(base, base + people - 1)
    .run();
  const env = {
    SENDGRID_API_BASE: providerServers.sendgrid,
    MAILGUN_API_BASE: providerServers.mailgun,
    PROVIDER_TIMEOUT_MS: "700",
  };
  const engine = await openEngine({ clock, env });
  const recipientIds = addresses.map((_, index) => base + index);
  /**
   * Runs a tick, the Worker's run every minute, and adds the jobs of the tick to `queued`. Then
   * delivers all jobs in `queued`.
   */
  const strike = async (queued: SendJob[] = []) => {
    await engine.tick();
    queued.push(...engine.queue.take());
    await engine.deliverAll(queued);
  };
  return {
    ...engine,
    recipientIds,
    addresses,
    strike,
    /** Runs a tick and its deliveries once a minute, for the given number of minutes. */
    async strikeFor(minutes: number) {
      for (let turn = 0; turn < minutes; turn += 1) {
        await strike();
        clock.at += minute;
      }
    },
    /**
     * Returns the number of emails of the first step that the service got, for all recipients
     * together.
     */
    async emails(provider: Credentials["provider"] = credentials.provider): Promise<number> {
      const keys = provider === "smtp" ? addresses : recipientIds.map((id) => `${id}-1`);
      const logs = await Promise.all(keys.map((key) => fetchReceivedRequests<unknown>(provider, key)));
      return logs.flat().length;
    },
    hear: (parts: EventParts) => engine.hear({ recipientId: base, ...parts }),
    whyNotYet: (index: number) => engine.whyNotYet(base + index),
  };
}

export type ServiceEngine = Awaited<ReturnType<typeof openServiceEngine>>;

/**
 * Adds an account to the tests' tenant. The engine tries this account after the tenant's first
 * account. The account's domains count as checked at `testStartAt`, unless `verifiedDomains` is
 * null.
 */
export async function addLaterAccount(
  id: number,
  credentials: Credentials,
  verifiedDomains: readonly string[] | null,
): Promise<void> {
  await bindings.DB.prepare(
    `INSERT INTO provider_accounts (id, tenant_id, provider, name, priority, sealed_credentials, verified_domains,
      domains_checked_at, created_at)
    VALUES (?, ?, ?, 'Second', ?, ?, ?, ?, ?)`,
  )
    .bind(
      id,
      worldIds.tenant,
      credentials.provider,
      id,
      await sealCredentials(credentialsKey, id, credentials),
      verifiedDomains === null ? null : JSON.stringify(verifiedDomains),
      verifiedDomains === null ? null : testStartAt,
      testStartAt,
    )
    .run();
}

export async function listMessageRows() {
  const { results } = await bindings.DB.prepare(
    `SELECT status, attempts, failure_reason AS failureReason, provider_account_id AS accountId FROM messages
    ORDER BY recipient_id, step_number`,
  ).all<{ status: string; attempts: number; failureReason: string | null; accountId: number | null }>();
  return results;
}

export async function readCircuit(id: number = worldIds.account) {
  return await bindings.DB.prepare(
    "SELECT circuit_failures AS failures, circuit_open_until AS openUntil FROM provider_accounts WHERE id = ?",
  )
    .bind(id)
    .first<{ failures: number; openUntil: number }>();
}

/** Gives an account other credentials. The credentials decide how the fake services behave. */
export async function replaceAccountCredentials(
  credentials: Credentials,
  id: number = worldIds.account,
): Promise<void> {
  await bindings.DB.prepare("UPDATE provider_accounts SET sealed_credentials = ?, provider = ? WHERE id = ?")
    .bind(await sealCredentials(credentialsKey, id, credentials), credentials.provider, id)
    .run();
}
