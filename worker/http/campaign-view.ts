import type { Campaign } from "../../shared/campaign.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { type CampaignRow, loadCampaign } from "../db/campaigns.ts";
import type { RequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { loadNextEmails } from "./next-emails.ts";
import { createNotFoundError } from "./request.ts";
import { toCampaignView } from "./views/campaign.ts";

/** Returns the entry of the audit log for a change of one campaign. */
export function buildCampaignAuditEntry(
  { ctx, agentId }: RequestScope,
  { id }: Pick<CampaignRow, "id">,
  action: string,
): AuditEntry {
  return buildAuditEntry({ ctx, agentId }, action, `campaigns/${id}`);
}

/**
 * Loads what a campaign's own page shows.
 * @throws AppError notFound
 */
export async function loadCampaignView(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  id: number,
): Promise<Campaign> {
  const facts = await loadCampaign(scope, id, ctx.now());
  if (facts === undefined) throw createNotFoundError();
  return toCampaignView(facts, await loadNextEmails({ ctx, scope }, [facts]));
}
