import type { Ctx } from "../context.ts";
import { type CampaignRow, findCampaign } from "../db/campaigns.ts";
import { dropKeptAnswersOfCampaigns } from "../db/kept-answers.ts";
import { findAccountOfAnyTenant } from "../db/provider-accounts.ts";
import { findRecipient, type RecipientRow } from "../db/recipients.ts";
import type { Scope } from "../db/scope.ts";
import { listTasksOfRecipient, type TaskRow } from "../db/task-list.ts";
import { findTemplate, type TemplateRow } from "../db/templates.ts";
import { unsealCredentials } from "../providers/credentials.ts";
import type { UnsealedAccount } from "../providers/provider.ts";
import { createNotFoundError, type HttpContext, parseId } from "./request.ts";
import { createSessionScope, seesProperty } from "./session.ts";
import type { SeesProperty } from "./views/other-campaign.ts";

/**
 * The Worker's context, the database scope of the caller's tenant, the caller's id, and which
 * properties the caller may see.
 */
export type RequestScope = { ctx: Ctx; scope: Scope; agentId: string; sees: SeesProperty };

export function getRequestScope(c: HttpContext): RequestScope {
  const ctx = c.get("ctx");
  const session = c.get("session");
  return {
    ...{ ctx, scope: createSessionScope(ctx, session), agentId: session.agentId },
    sees: (propertyId) => seesProperty(session, propertyId),
  };
}

/**
 * Returns the ids of the properties that the session may see; null if the session sees all
 * properties.
 */
export function listVisiblePropertyIds(c: HttpContext): string[] | null {
  const { properties } = c.get("session");
  return properties === null ? null : [...properties];
}

/**
 * Returns the campaign whose id is in the path. A campaign of another tenant, or of a property that
 * the session may not see, is answered like a missing campaign.
 * @throws AppError notFound
 */
export async function findAccessibleCampaign(c: HttpContext): Promise<CampaignRow> {
  const campaign = await findCampaignToRead(c);
  await announceCampaignChange(c, campaign.id);
  return campaign;
}

/**
 * Returns the campaign whose id is in the path, and keeps the campaign's cached figures. For a
 * request that changes nothing, such as a POST that only checks people.
 * @throws AppError notFound
 */
export async function findCampaignToRead(c: HttpContext): Promise<CampaignRow> {
  const campaign = await findCampaign(getRequestScope(c).scope, parseId(c.req.param("id")));
  if (campaign === undefined || !seesProperty(c.get("session"), campaign.propertyId))
    throw createNotFoundError();
  return campaign;
}

/**
 * Returns the recipient whose id is in the path, if the session may see the recipient's property.
 * @throws AppError notFound
 */
export async function findAccessibleRecipient(c: HttpContext): Promise<RecipientRow> {
  const recipient = await findRecipient(getRequestScope(c).scope, parseId(c.req.param("id")));
  if (recipient === null || !seesProperty(c.get("session"), recipient.propertyId))
    throw createNotFoundError();
  await announceCampaignChange(c, recipient.campaignId);
  return recipient;
}

/**
 * Removes the campaign's cached figures unless the request is a GET, so that the agent sees the
 * effect of the request at once. `dropFiguresOfChangedCampaign` removes the figures again after the
 * request, because another request may have cached old figures meanwhile.
 */
async function announceCampaignChange(c: HttpContext, campaignId: number): Promise<void> {
  if (c.req.method === "GET") return;
  c.set("changedCampaignId", campaignId);
  await dropKeptAnswersOfCampaigns(getRequestScope(c).scope, [campaignId]);
}

/**
 * Returns the task whose id is in the path, if the session may see the task's property. A task's id
 * consists of the recipient's id and the step number.
 * @throws AppError notFound
 */
export async function findAccessibleTask(c: HttpContext): Promise<TaskRow> {
  const [, recipientId, stepNumber] = /^(\d{1,16})-(\d{1,3})$/.exec(c.req.param("taskId") ?? "") ?? [];
  const tasks = await listTasksOfRecipient(getRequestScope(c).scope, parseId(recipientId));
  const task = tasks.find((one) => one.stepNumber === Number(stepNumber));
  if (task === undefined || !seesProperty(c.get("session"), task.propertyId)) throw createNotFoundError();
  await announceCampaignChange(c, task.campaignId);
  return task;
}

/**
 * Returns the template whose id is in the path. A deleted template is not found.
 * @throws AppError notFound
 */
export async function findAccessibleTemplate(c: HttpContext): Promise<TemplateRow> {
  const template = await findTemplate(getRequestScope(c).scope, parseId(c.req.param("id")));
  if (template === undefined) throw createNotFoundError();
  return template;
}

/**
 * Returns the provider account whose id is in a webhook's path. The credentials are decrypted.
 * @throws AppError notFound
 */
export async function loadUnsealedWebhookAccount(c: HttpContext): Promise<UnsealedAccount> {
  const ctx = c.get("ctx");
  const row = await findAccountOfAnyTenant(ctx.db, parseId(c.req.param("account")));
  if (row === undefined) throw createNotFoundError();
  const credentials = await unsealCredentials(ctx.settings.CREDENTIALS_KEY, row.id, row.sealedCredentials);
  return { id: row.id, tenantId: row.tenantId, provider: row.provider, credentials };
}
