import type { Campaign } from "../../shared/campaign.ts";
import { loadAgentNames } from "../db/agents.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { type CampaignRow, loadCampaign, loadCampaignAddresses } from "../db/campaigns.ts";
import type { RequestScope } from "./access.ts";
import { listNamedAgentIds } from "./agents.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { type CampaignOfNextEmail, loadNextEmails } from "./next-emails.ts";
import { createNotFoundError } from "./request.ts";
import { type CampaignViewExtras, toCampaignView } from "./views/campaign.ts";

/** Returns the entry of the audit log for a change of one campaign. */
export function buildCampaignAuditEntry(
  { ctx, agentId }: RequestScope,
  { id }: Pick<CampaignRow, "id">,
  action: string,
): AuditEntry {
  return buildAuditEntry({ ctx, agentId }, action, `campaigns/${id}`);
}

/**
 * Loads a campaign with the details that its own page shows.
 * @param known the campaign's row, if it was just read
 * @throws AppError notFound
 */
export async function loadCampaignView(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  id: number,
  known?: CampaignRow,
): Promise<Campaign> {
  const facts = await loadCampaign(scope, id, ctx.now(), known);
  if (facts === undefined) throw createNotFoundError();
  const choosers = facts.steps.flatMap((step) => (step.kind === "email" && step.choice?.by) || []);
  return toCampaignView(facts, await loadCampaignViewExtras({ ctx, scope }, [facts], choosers));
}

/**
 * Loads the next emails, the agents' names and the addresses that the views of these campaigns
 * show.
 * @param named the ids of additional agents whom the views name
 */
export async function loadCampaignViewExtras(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  campaigns: readonly CampaignOfNextEmail[],
  named: readonly string[] = [],
): Promise<CampaignViewExtras> {
  const [nextEmails, agentNames, addresses] = await Promise.all([
    loadNextEmails({ ctx, scope }, campaigns),
    loadAgentNames(scope, [...named, ...campaigns.flatMap(({ campaign }) => listNamedAgentIds(campaign))]),
    loadCampaignAddresses(
      scope,
      campaigns.map(({ campaign }) => campaign.id),
    ),
  ]);
  return { nextEmails, agentNames, addresses };
}
