import type { Ctx } from "../context.ts";
import { type CampaignRow, findCampaign } from "../db/campaigns.ts";
import { findProviderAccount } from "../db/provider-accounts.ts";
import { findRecipient, type RecipientRow } from "../db/recipients.ts";
import type { Scope } from "../db/scope.ts";
import { listTasksOfRecipient, type TaskRow } from "../db/task-list.ts";
import { findTemplate, type TemplateRow } from "../db/templates.ts";
import { openCredentials } from "../providers/credentials.ts";
import type { OpenAccount } from "../providers/provider.ts";
import { type Call, idOf, notFound } from "./request.ts";
import { scopeFor, seesProperty } from "./session.ts";

/** What a handler works with: its context, and its tenant's rows. */
export type Desk = { ctx: Ctx; scope: Scope; agentId: string };

export function deskOf(c: Call): Desk {
  const ctx = c.get("ctx");
  const session = c.get("session");
  return { ctx, scope: scopeFor(ctx, session), agentId: session.agentId };
}

/** The properties this session is held to, for a query; null for all. */
export function propertiesInReach(c: Call): string[] | null {
  const { properties } = c.get("session");
  return properties === null ? null : [...properties];
}

/** The campaign the path names. Another tenant's, or another property's, is as absent as one that never was. @throws AppError notFound */
export async function campaignInReach(c: Call): Promise<CampaignRow> {
  const campaign = await findCampaign(deskOf(c).scope, idOf(c.req.param("id")));
  if (campaign === undefined || !seesProperty(c.get("session"), campaign.propertyId)) throw notFound();
  return campaign;
}

/** The recipient the path names, in the same way. @throws AppError notFound */
export async function recipientInReach(c: Call): Promise<RecipientRow> {
  const recipient = await findRecipient(deskOf(c).scope, idOf(c.req.param("id")));
  if (recipient === null || !seesProperty(c.get("session"), recipient.propertyId)) throw notFound();
  return recipient;
}

/** The task the path names by its recipient and step, in the same way. @throws AppError notFound */
export async function taskInReach(c: Call): Promise<TaskRow> {
  const [, recipientId, stepNumber] = /^(\d{1,16})-(\d{1,2})$/.exec(c.req.param("taskId") ?? "") ?? [];
  const tasks = await listTasksOfRecipient(deskOf(c).scope, idOf(recipientId));
  const task = tasks.find((one) => one.stepNumber === Number(stepNumber));
  if (task === undefined || !seesProperty(c.get("session"), task.propertyId)) throw notFound();
  return task;
}

/** The template the path names; a deleted one is absent. @throws AppError notFound */
export async function templateInReach(c: Call): Promise<TemplateRow> {
  const template = await findTemplate(deskOf(c).scope, idOf(c.req.param("id")));
  if (template === undefined) throw notFound();
  return template;
}

/** The provider account a webhook's path names, with its credentials opened. @throws AppError notFound */
export async function webhookAccount(c: Call): Promise<OpenAccount> {
  const ctx = c.get("ctx");
  const row = await findProviderAccount(ctx.db, idOf(c.req.param("account")));
  if (row === undefined) throw notFound();
  const credentials = await openCredentials(ctx.settings.CREDENTIALS_KEY, row.id, row.sealedCredentials);
  return { id: row.id, tenantId: row.tenantId, provider: row.provider, credentials };
}
