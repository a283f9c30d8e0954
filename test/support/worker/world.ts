import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { SendWindow } from "../../../shared/campaign.ts";
import type { StepConditions } from "../../../shared/condition.ts";
import type { StepTask } from "../../../shared/task.ts";
import { schema } from "../../../worker/db/schema.ts";
import { createScope, openDatabase } from "../../../worker/db/scope.ts";
import { loadStepFigures, type StepFigure } from "../../../worker/db/step-figures.ts";
import { joinWordings } from "../../../worker/db/step-wordings.ts";
import type { KeyRing } from "../../../worker/domain/key-ring.ts";
import type { WeightedWording } from "../../../worker/domain/send/variant.ts";
import type { Bindings } from "../../../worker/env.ts";
import { sealCredentials } from "../../../worker/providers/credentials.ts";
import type { Credentials } from "../../../worker/providers/provider.ts";

export const bindings = env as unknown as Bindings & { TEST_MIGRATIONS: D1Migration[] };
/** The key ring of the sealed texts in the tests. */
export const credentialsKey: KeyRing = [
  Uint8Array.from(atob(bindings.CREDENTIALS_KEY), (char) => char.charCodeAt(0)),
];

/** Applies all migrations and empties every table. */
export async function emptyDatabase(): Promise<void> {
  await applyD1Migrations(bindings.DB, bindings.TEST_MIGRATIONS);
  const tables = await listTableNames();
  await bindings.DB.batch([
    bindings.DB.prepare("PRAGMA defer_foreign_keys = ON"),
    ...tables.map((table) => bindings.DB.prepare(`DELETE FROM ${table}`)),
  ]);
}

/**
 * Returns the names of the tables to empty. Leaves out `recipient_ranges`, because a migration
 * inserts its only row, and the search indexes, because triggers empty the indexes.
 */
async function listTableNames(): Promise<string[]> {
  const { results } = await bindings.DB.prepare(
    `SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '!_cf!_%' ESCAPE '!'
      AND name NOT LIKE '%!_search%' ESCAPE '!' AND name NOT IN ('d1_migrations', 'recipient_ranges') ORDER BY name`,
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
}

export type WorldStep = {
  delayDays?: number;
  conditions?: StepConditions;
  /** The agent's task, if the step is a task. Without `task`, the step is an email. */
  task?: StepTask;
  startsThread?: boolean;
  subject?: string;
  preheader?: string;
  bodyHtml?: string;
  /** Gives the step several wordings, each with its own subject. */
  variants?: readonly { subject: string; weight?: number }[];
  /** The engine chooses the better wording after this number of emails of each wording. */
  winnerAfter?: number;
  /**
   * Gives the step an else email (for people for whom the step's conditions do not hold) with a
   * subject of its own.
   */
  elseEmail?: { subject: string; startsThread?: boolean };
};

export type WorldOptions = {
  now: number;
  steps?: readonly WorldStep[];
  credentials?: Credentials;
  intervalMs?: number;
  dailyCap?: number | null;
  sendWindow?: SendWindow | null;
  recipients?: readonly { email: string | null; name?: string; propertyId?: string }[];
};

/**
 * The ids in the tests' world: one tenant, sender, account and campaign, and recipients 1001, 1002
 * and so on.
 */
export const worldIds = { tenant: 1, sender: 11, account: 21, campaign: 41, firstRecipient: 1001 };

/**
 * The number of templates made so far. The product caches parsed templates by id and version, so
 * the templates of each world get new ids.
 */
let templatesMade = 0;

const outbox: Credentials = { provider: "outbox", webhookSecret: "an outbox secret for tests" };

/** Creates one tenant, sender, account and active campaign, whose recipients are due now. */
export async function createWorld(options: WorldOptions): Promise<void> {
  const db = openDatabase(bindings.DB);
  const { now, credentials = outbox, steps = [{}] } = options;
  await db.insert(schema.tenants).values({
    id: worldIds.tenant,
    name: "Cedar & Main Realty",
    timeZone: "America/New_York",
    postalAddress: "1 Cedar Street, Albany, NY 12207",
    license: "NY 10991200001",
    officePhone: "(518) 555-0100",
    officeCity: "Albany",
    officeState: "NY",
    createdAt: now,
  });
  await db.insert(schema.providerAccounts).values({
    id: worldIds.account,
    tenantId: worldIds.tenant,
    provider: credentials.provider,
    name: "Main",
    sealedCredentials: await sealCredentials(credentialsKey, worldIds.account, credentials),
    createdAt: now,
  });
  await db.insert(schema.senders).values({
    id: worldIds.sender,
    tenantId: worldIds.tenant,
    fromName: "Ann Agent",
    licenseType: "Licensed Salesperson",
    licenseNumber: "10401234567",
    licenseState: "NY",
    fromEmail: "ann@cedarmain.example",
    timeZone: "America/New_York",
    intervalMs: options.intervalMs ?? 1,
    dailyCap: options.dailyCap ?? null,
    createdAt: now,
  });
  await db.insert(schema.campaigns).values({
    id: worldIds.campaign,
    tenantId: worldIds.tenant,
    name: "Seller Outreach Q4 2025",
    type: "sellerOutreach",
    status: "active",
    senderId: worldIds.sender,
    firstRecipientId: worldIds.firstRecipient,
    lastRecipientId: 999_999,
    sendWindow: options.sendWindow ?? null,
    createdBy: "agent-1",
    createdAt: now,
    launchedAt: now,
    updatedAt: now,
  });
  for (const [index, step] of steps.entries()) await addStep(index + 1, step, now);
  await addRecipients(options.recipients ?? [{ email: "jane.doe@example.com", name: "Jane Doe" }], now);
}

async function addStep(stepNumber: number, step: WorldStep, now: number): Promise<void> {
  const variants: WeightedWording[] = [];
  for (const { subject, weight = 1 } of step.variants ?? []) {
    const templateId = await addTemplate(stepNumber, { ...step, subject }, now);
    variants.push({ templateId, templateVersion: 1, weight });
  }
  const ownId = variants[0]?.templateId ?? (step.task ? 0 : await addTemplate(stepNumber, step, now));
  const { elseEmail } = step;
  const other = elseEmail && {
    templateId: await addTemplate(stepNumber, { ...step, subject: elseEmail.subject }, now),
    ...{ templateVersion: 1, startsThread: elseEmail.startsThread ?? false },
  };
  const content =
    step.task === undefined
      ? {
          kind: "email" as const,
          templateId: ownId,
          templateVersion: 1,
        }
      : { kind: "task" as const, task: step.task };
  await openDatabase(bindings.DB)
    .insert(schema.campaignSteps)
    .values({
      campaignId: worldIds.campaign,
      stepNumber,
      position: stepNumber,
      tenantId: worldIds.tenant,
      ...content,
      delayDays: step.delayDays ?? 0,
      conditions: step.conditions ?? {},
      startsThread: step.startsThread ?? false,
      winnerAfter: step.winnerAfter ?? null,
      winnerDueAt: step.winnerAfter === undefined ? null : now,
      variants: joinWordings({ templateId: ownId, templateVersion: 1 }, variants, other ?? null),
    });
}

async function addTemplate(stepNumber: number, step: WorldStep, now: number): Promise<number> {
  const db = openDatabase(bindings.DB);
  templatesMade += 1;
  const templateId = templatesMade;
  const base = { tenantId: worldIds.tenant, createdAt: now };
  await db
    .insert(schema.emailTemplates)
    .values({ ...base, id: templateId, name: `Email ${stepNumber}`, updatedAt: now });
  await db.insert(schema.emailTemplateVersions).values({
    ...base,
    templateId,
    version: 1,
    subject: step.subject ?? `Email ${stepNumber} about {{default property.streetAddress "your home"}}`,
    preheader: step.preheader ?? "",
    bodyHtml:
      step.bodyHtml ??
      `<p>Hi {{recipient.salutation}},</p><p>This is email ${stepNumber}. <a href="https://example.com/report">The report</a></p>`,
    bodyText: "",
    variables: [],
  });
  return templateId;
}

/**
 * Inserts the recipients. One statement inserts 5000 recipients, because thousands of single
 * inserts would be slow.
 */
async function addRecipients(
  recipients: NonNullable<WorldOptions["recipients"]>,
  now: number,
): Promise<void> {
  const rows = recipients.map(({ email, name = "Jane Doe", propertyId = "p-123-main" }, index) => ({
    id: worldIds.firstRecipient + index,
    email,
    name,
    propertyId,
  }));
  // A parameter of a statement can have at most 2 MB.
  for (let first = 0; first < rows.length; first += 5000) {
    await bindings.DB.prepare(
      `INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, property_id, email, name, status, due_at, scheduled_at, data, created_at)
      SELECT value->>'id', ?2, ?3, ?4, value->>'propertyId', value->>'email', value->>'name',
        iif(value->>'email' IS NULL, 'waitingForEmail', 'active'), iif(value->>'email' IS NULL, NULL, ?5), ?5, ?6, ?5
      FROM json_each(?1)`,
    )
      .bind(
        JSON.stringify(rows.slice(first, first + 5000)),
        worldIds.tenant,
        worldIds.campaign,
        worldIds.sender,
        now,
        JSON.stringify({ recipient: {}, property: { streetAddress: "123 Main St" } }),
      )
      .run();
  }
}

export type RecipientState = {
  id: number;
  status: string;
  stopReason: string | null;
  nextStep: number;
  dueAt: number | null;
  scheduledAt: number | null;
  /** True if the next email is queued or being sent. */
  isClaimed: boolean;
};

export async function readRecipientState(id: number = worldIds.firstRecipient): Promise<RecipientState> {
  const row = await bindings.DB.prepare(
    `SELECT id, status, stop_reason AS stopReason, next_step AS nextStep, due_at AS dueAt, scheduled_at AS scheduledAt, lease IS NOT NULL AS isClaimed
    FROM campaign_recipients WHERE id = ?1`,
  )
    .bind(id)
    .first<Omit<RecipientState, "isClaimed"> & { isClaimed: number }>();
  if (row === null) throw new Error(`no recipient ${id}`);
  return { ...row, isClaimed: row.isClaimed === 1 };
}

/**
 * Claims (reserves) one recipient, or all recipients, for sending. The state is the same as after a
 * tick (the Worker's run every minute) whose job has not arrived yet.
 */
export async function claimRecipients(id: number | null = null): Promise<void> {
  await bindings.DB.prepare("UPDATE campaign_recipients SET lease = 77 WHERE id = coalesce(?1, id)")
    .bind(id)
    .run();
}

/** Returns the number of recipients whose next email is queued or being sent. */
export async function countClaimedRecipients(): Promise<number | null> {
  return await bindings.DB.prepare(
    "SELECT count(*) AS n FROM campaign_recipients WHERE lease IS NOT NULL",
  ).first<number>("n");
}

export type CapturedEmail = {
  recipientId: number;
  stepNumber: number;
  toEmail: string;
  subject: string;
  raw: string;
};

/**
 * Returns the emails that the engine has passed to the outbox provider, which only stores emails,
 * in order.
 */
export async function listCapturedEmails(): Promise<CapturedEmail[]> {
  const { results } = await bindings.DB.prepare(
    `SELECT recipient_id AS recipientId, step_number AS stepNumber, to_email AS toEmail, subject, raw
    FROM outbox_messages ORDER BY sent_at, recipient_id, step_number`,
  ).all<CapturedEmail>();
  return results;
}

export async function countMessagesByStatus(): Promise<Record<string, number>> {
  const { results } = await bindings.DB.prepare(
    "SELECT status, count(*) AS n FROM messages GROUP BY status",
  ).all<{
    status: string;
    n: number;
  }>();
  return Object.fromEntries(results.map(({ status, n }) => [status, n]));
}

/** Returns the product's figures of every campaign of every tenant. */
export async function readAllFigures(): Promise<StepFigure[]> {
  const { results } = await bindings.DB.prepare("SELECT id, tenant_id AS tenantId FROM campaigns").all<{
    id: number;
    tenantId: number;
  }>();
  const figures = await Promise.all(
    [...Map.groupBy(results, ({ tenantId }) => tenantId)].map(([tenantId, own]) =>
      loadStepFigures(
        createScope(openDatabase(bindings.DB), tenantId),
        own.map(({ id }) => id),
      ),
    ),
  );
  return figures.flat();
}

/** Returns the sums of the figures of all campaigns, by name. Leaves out sums of zero. */
export const readFigureSums = async (): Promise<Record<string, number>> => sumByName(await readAllFigures());

export async function readStepStats(stepNumber: number): Promise<Record<string, number>> {
  return sumByName((await readAllFigures()).filter((figure) => figure.stepNumber === stepNumber));
}

function sumByName(figures: readonly StepFigure[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { name, value } of figures) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

/**
 * Returns `count` recipients, numbered from `from` on, each with an address and a property of their
 * own.
 */
export const buildNumberedRecipients = (count: number, domain = "example.com", from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    email: `o${from + index}@${domain}`,
    propertyId: `p-${domain}-${from + index}`,
  }));

/** Changes the sender in the database, without the API's checks. */
export async function updateSender(change: string): Promise<void> {
  await bindings.DB.prepare(`UPDATE senders SET ${change} WHERE id = ?1`).bind(worldIds.sender).run();
}

/**
 * Adds another campaign of the same sender: a copy of the first campaign, with new recipients who
 * are due at `dueAt`.
 */
export async function addCampaignCopy(
  id: number,
  count: number,
  dueAt: number,
  domain: string,
): Promise<void> {
  const { DB } = bindings;
  await DB.batch([
    DB.prepare(
      `INSERT INTO campaigns (id, tenant_id, name, type, status, sender_id, first_recipient_id, last_recipient_id,
         created_by, created_at, updated_at)
       SELECT ?1, tenant_id, 'Other', type, 'active', sender_id, ?1 * 100000, ?1 * 100000 + 99999, created_by, created_at,
         updated_at
       FROM campaigns WHERE id = ?2`,
    ).bind(id, worldIds.campaign),
    DB.prepare(
      `INSERT INTO campaign_steps (campaign_id, step_number, position, tenant_id, template_id, template_version)
       SELECT ?1, step_number, position, tenant_id, template_id, template_version FROM campaign_steps WHERE campaign_id = ?2`,
    ).bind(id, worldIds.campaign),
    DB.prepare(
      `WITH RECURSIVE n(turn) AS (SELECT 0 UNION ALL SELECT turn + 1 FROM n WHERE turn + 1 < ?2)
       INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, turn, property_id, email, name, due_at,
         scheduled_at, data, created_at)
       SELECT ?1 * 100000 + turn, ?3, ?1, ?4, turn, 'p-' || ?1 || '-' || turn, 'o' || turn || '@' || ?6, 'Jane Doe', ?5,
         ?5, '{"recipient":{},"property":{"streetAddress":"123 Main St"}}', ?5 FROM n`,
    ).bind(id, count, worldIds.tenant, worldIds.sender, dueAt, domain),
  ]);
}
