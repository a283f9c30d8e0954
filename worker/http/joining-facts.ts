import { findNearbySaleNews } from "../db/campaign-letters.ts";
import { listCampaignSteps, type StepRow } from "../db/campaign-steps.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { findTenant, type TenantRow } from "../db/tenants.ts";
import { buildSchedule } from "../domain/campaign.ts";
import { getStandInZone, type NewRecipientContext } from "../domain/recipient.ts";
import { listWordings } from "../domain/send/variant.ts";
import type { RequestScope } from "./access.ts";
import { createNotFoundError } from "./request.ts";

/**
 * A campaign's steps and tenant, and the facts from which new recipients of the campaign are built.
 */
export type JoiningFacts = { steps: StepRow[]; tenant: TenantRow; joining: NewRecipientContext };

/**
 * Loads the `JoiningFacts` of a campaign.
 * @throws AppError notFound if the campaign has no step
 */
export async function loadJoiningFacts(
  { scope }: RequestScope,
  campaign: CampaignRow,
): Promise<JoiningFacts> {
  const [steps, tenant, nearbySaleNews] = await Promise.all([
    listCampaignSteps(scope, campaign.id),
    findTenant(scope),
    findNearbySaleNews(scope, campaign.id),
  ]);
  const [first] = steps;
  if (first === undefined || tenant === undefined) throw createNotFoundError();
  const joining = {
    campaignPropertyId: campaign.propertyId,
    timeZone: getStandInZone(campaign, tenant),
    sourceRules: tenant.sourceRules,
    nearbySaleNews,
    timing: { step: first, schedule: buildSchedule(campaign, tenant) },
  };
  return { steps, tenant, joining };
}

/** Returns the template ids of all wordings in these steps. */
export const listStoredTemplateIds = (steps: readonly StepRow[]): number[] =>
  steps.flatMap((step) =>
    step.kind === "email" ? listWordings(step).map(({ templateId }) => templateId) : [],
  );
