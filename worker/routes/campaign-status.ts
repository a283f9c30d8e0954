import { Hono } from "hono";
import { statusInput } from "../../shared/campaign.ts";
import { campaignInReach, type Desk, deskOf } from "../access.ts";
import { requires } from "../auth.ts";
import {
  archiveCampaign,
  hastenCampaign,
  launchCampaign,
  type Plans,
  pauseCampaign,
  type Refusal,
  resumeCampaign,
  type StatusChange,
  stopCampaign,
  zonesOf,
} from "../db/campaign-status.ts";
import { stepsOf } from "../db/campaign-steps.ts";
import { type CampaignRow, findCampaign, loadCampaign } from "../db/campaigns.ts";
import { findTenant } from "../db/tenants.ts";
import { planByZone, type RequestedStatus, type Transition, transitionOf } from "../domain/campaign.ts";
import { AppError } from "../domain/errors.ts";
import { type AppEnv, notFound, readJson } from "../http.ts";
import { campaignView } from "../views.ts";

export const campaignStatus = new Hono<AppEnv>()
  .patch("/campaigns/:id/status", requires("agent"), async (c) => {
    const desk = deskOf(c);
    const campaign = await campaignInReach(c);
    const { status } = await readJson(c, statusInput);
    const transition = transitionOf(campaign.status, status);
    if (transition === null) throw refusedChange(campaign, status);
    const refusal = await carryOut(desk, campaign, status, transition);
    if (refusal === "recipients") {
      throw new AppError("conflict", "Add somebody to write to before you launch.");
    }
    // Somebody else changed it first. If they made it what was asked for, all is well.
    if (refusal === "status" && (await findCampaign(desk.scope, campaign.id))?.status !== status) {
      throw new AppError("conflict", "The campaign was changed meanwhile; look at it again.");
    }
    return c.json(await viewOf(desk, campaign.id));
  })

  .post("/campaigns/:id/send-now", requires("agent"), async (c) => {
    const desk = deskOf(c);
    const campaign = await campaignInReach(c);
    if (campaign.status !== "active") {
      throw new AppError("conflict", "Only an active campaign can send now.");
    }
    await hastenCampaign(desk.scope, campaign.id, auditOf(desk, campaign, "campaign.sendNow"));
    return c.json(await viewOf(desk, campaign.id));
  });

function refusedChange(campaign: CampaignRow, status: RequestedStatus): AppError {
  return new AppError("conflict", `A campaign that is ${campaign.status} can't become ${status}.`, {
    status: `can't follow ${campaign.status}`,
  });
}

async function carryOut(
  desk: Desk,
  campaign: CampaignRow,
  to: RequestedStatus,
  transition: Transition,
): Promise<Refusal | null> {
  const change = (action: string): StatusChange => ({
    campaignId: campaign.id,
    from: campaign.status,
    to,
    audit: auditOf(desk, campaign, action),
  });
  switch (transition) {
    case "none":
      return null;
    case "launch":
      return launchCampaign(desk.scope, change("campaign.launched"), await plansFor(desk, campaign));
    case "pause":
      return pauseCampaign(desk.scope, change("campaign.paused"));
    case "resume":
      return resumeCampaign(desk.scope, change("campaign.resumed"));
    case "stop":
      return stopCampaign(desk.scope, change("campaign.stopped"));
    case "archive":
      return archiveCampaign(desk.scope, change("campaign.archived"));
  }
}

/** When step 1 goes, for every zone that recipients of this campaign have. */
async function plansFor({ ctx, scope }: Desk, campaign: CampaignRow): Promise<Plans> {
  const [zones, [first], tenant] = await Promise.all([
    zonesOf(scope, campaign.id),
    stepsOf(scope, campaign.id),
    findTenant(scope),
  ]);
  if (first === undefined || tenant === undefined) throw notFound();
  const now = ctx.now();
  const timing = { step: first, window: campaign.sendWindow, startAt: campaign.startAt };
  const [otherwise] = planByZone([campaign.timeZone ?? tenant.timeZone], timing, now);
  return { zones: planByZone(zones, timing, now), otherwise: otherwise?.at ?? now };
}

function auditOf({ ctx, agentId }: Desk, campaign: CampaignRow, action: string) {
  return { id: ctx.newId(), actor: agentId, action, subject: `campaigns/${campaign.id}`, at: ctx.now() };
}

async function viewOf({ scope }: Desk, id: number) {
  const facts = await loadCampaign(scope, id);
  if (facts === undefined) throw notFound();
  return campaignView(facts);
}
