import { createContext } from "../../../worker/context.ts";
import type { NormalizedEvent } from "../../../worker/domain/receive/event.ts";
import type { SendJob } from "../../../worker/jobs.ts";
import { sealCredentials } from "../../../worker/providers/credentials.ts";
import type { Credentials } from "../../../worker/providers/provider.ts";
import { ingest } from "../../../worker/receive/ingest.ts";
import { sendBatch } from "../../../worker/send/sender.ts";
import { tick } from "../../../worker/send/sequencer.ts";
import { received, servers } from "./provider-fixtures.ts";
import { collectingQueue, deliver } from "./queue.ts";
import { bindings, createWorld, credentialsKey, emptyDatabase, ids, type WorldOptions } from "./world.ts";

/** Monday 10:00 in New York. */
export const start = Date.UTC(2025, 9, 6, 14);
export const minute = 60_000;
const redeliveries = 5;

/** No two worlds share an address or a recipient's number: the servers' own log counts what each was given. */
let worlds = 10 * (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

export const sendgrid = (behaviour: string): Credentials => ({
  provider: "sendgrid",
  apiKey: `SG.${behaviour}.fake`,
  region: "us",
  webhookPublicKey: null,
});
export const mailgun = (behaviour: string): Credentials => ({
  provider: "mailgun",
  apiKey: `key-${behaviour}`,
  domain: "mg.agency.example",
  region: "us",
  webhookSigningKey: null,
});
export const smtp = (server: keyof typeof servers.smtp): Credentials => ({
  provider: "smtp",
  host: "localhost",
  port: servers.smtp[server],
  tls: "starttls",
  user: "agent",
  password: "correct horse",
  webhookSecret: null,
});

/**
 * The engine on real D1, its queue, and the real providers talking to the services' stand-ins, on a clock moved by hand.
 * @param local the part of the recipients' addresses before the @, which decides what the mail servers do
 */
export async function openPostOffice(
  credentials: Credentials,
  {
    local = "jane",
    people = 1,
    ...options
  }: Partial<WorldOptions> & { local?: string; people?: number } = {},
) {
  await emptyDatabase();
  worlds += 1;
  const base = worlds * 100;
  const addresses = Array.from({ length: people }, (_, index) => `${local}@w${worlds}-${index}.example`);
  await createWorld({
    now: start,
    credentials,
    recipients: addresses.map((email, index) => ({ email, propertyId: `p-${index}` })),
    ...options,
  });
  await bindings.DB.prepare("UPDATE campaign_recipients SET id = id - ? + ?")
    .bind(ids.firstRecipient, base)
    .run();
  await bindings.DB.prepare("UPDATE campaigns SET first_recipient_id = ?, last_recipient_id = ?")
    .bind(base, base + people - 1)
    .run();
  const queue = collectingQueue<SendJob>();
  const clock = { at: start };
  /** Hears of each statement as it is prepared, and may throw in its place. */
  const database = { onSql: (_sql: string): void => undefined };
  const DB = new Proxy(bindings.DB, {
    get(target, name) {
      if (name === "batch") return target.batch.bind(target);
      return (sql: string) => {
        database.onSql(sql);
        return target.prepare(sql);
      };
    },
  });
  const env = {
    ...bindings,
    DB,
    SEND_QUEUE: queue.queue,
    SENDGRID_API_BASE: servers.sendgrid,
    MAILGUN_API_BASE: servers.mailgun,
    PROVIDER_TIMEOUT_MS: "700",
  };
  const ctx = createContext(env, { now: () => clock.at, random: () => 0, sleep: async () => undefined });
  const recipientIds = addresses.map((_, index) => base + index);
  /** Delivers what is queued, and again what is put back because its sender is not free yet. */
  const deliverAll = async (jobs: readonly SendJob[]) => {
    for (let left = jobs, turn = 0; left.length > 0 && turn < redeliveries; turn += 1) {
      const { retried, retriedAfterMs } = await deliver(left, (batch) => sendBatch(ctx, batch));
      const put = new Set(retried.map(Number));
      left = left.filter((_, index) => put.has(index));
      if (left.length > 0) clock.at += Math.min(...retriedAfterMs);
    }
  };
  const strike = async (queued: SendJob[] = []) => {
    await tick(ctx);
    queued.push(...queue.take());
    await deliverAll(queued);
  };
  return {
    ctx,
    clock,
    database,
    queue,
    recipientIds,
    addresses,
    /** A tick, and the delivery of what it queued, which is put into `queued`. */
    strike,
    /** Strikes every minute for so long. */
    async run(minutes: number) {
      for (let turn = 0; turn < minutes; turn += 1) {
        await strike();
        clock.at += minute;
      }
    },
    redeliver: deliverAll,
    /** How many emails the service itself was given for all recipients' first step. */
    async emails(provider: Credentials["provider"] = credentials.provider): Promise<number> {
      const keys = provider === "smtp" ? addresses : recipientIds.map((id) => `${id}-1`);
      const logs = await Promise.all(keys.map((key) => received<unknown>(provider, key)));
      return logs.flat().length;
    },
    hear: (event: Partial<NormalizedEvent> & Pick<NormalizedEvent, "kind">) =>
      ingest(ctx, {
        kind: "events",
        tenantId: ids.tenant,
        source: "test",
        receivedAt: clock.at,
        events: [
          {
            recipientId: base,
            stepNumber: 1,
            email: null,
            occurredAt: clock.at,
            dedupeKey: event.kind,
            isMachine: false,
            messageId: null,
            providerMessageId: null,
            data: {},
            ...event,
          },
        ],
      }),
  };
}
export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;

/** A further account of the world's tenant, tried after its first; it has just been asked for its domains, unless they are null. */
export async function addAccountAfter(
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
      ids.tenant,
      credentials.provider,
      id,
      await sealCredentials(credentialsKey, id, credentials),
      verifiedDomains === null ? null : JSON.stringify(verifiedDomains),
      verifiedDomains === null ? null : start,
      start,
    )
    .run();
}

export async function messageRows() {
  const { results } = await bindings.DB.prepare(
    `SELECT status, attempts, failure_reason AS failureReason, provider_account_id AS accountId FROM messages
    ORDER BY recipient_id, step_number`,
  ).all<{ status: string; attempts: number; failureReason: string | null; accountId: number | null }>();
  return results;
}

export async function circuitOf(id: number = ids.account) {
  return await bindings.DB.prepare(
    "SELECT circuit_failures AS failures, circuit_open_until AS openUntil FROM provider_accounts WHERE id = ?",
  )
    .bind(id)
    .first<{ failures: number; openUntil: number }>();
}

/** Takes the account away, or gives it other credentials: the service is as those behave. */
export async function changeCredentials(credentials: Credentials, id: number = ids.account): Promise<void> {
  await bindings.DB.prepare("UPDATE provider_accounts SET sealed_credentials = ?, provider = ? WHERE id = ?")
    .bind(await sealCredentials(credentialsKey, id, credentials), credentials.provider, id)
    .run();
}
