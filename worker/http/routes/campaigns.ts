import { Hono } from "hono";
import { z } from "zod";
import { campaignPatch } from "../../../shared/campaign.ts";
import { limits } from "../../../shared/limits.ts";
import { sequenceId, singleLine } from "../../../shared/primitives.ts";
import { propertyId } from "../../../shared/property.ts";
import { campaignStatuses } from "../../../shared/vocabulary.ts";
import { type CampaignChange, deleteCampaign, listCampaigns, updateCampaign } from "../../db/campaigns.ts";
import { findSenderFaults } from "../../db/senders.ts";
import { listExistingTemplateIds } from "../../db/templates.ts";
import {
  buildSequenceSteps,
  findMissingTemplateFaults,
  isDeletable,
  listLockedFields,
  listTemplateIds,
  parseInstant,
} from "../../domain/campaign.ts";
import { AppError } from "../../domain/errors.ts";
import { findAccessibleCampaign, getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { loadCampaignSummaries } from "../campaign-list.ts";
import { loadCampaignView } from "../campaign-view.ts";
import { refuseCollisionOverride } from "../gates/office.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  buildPage,
  pageQueryFields,
  parseInput,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { seesProperty } from "../session.ts";

const pageSize = 50;
const listQuery = z
  .object({
    ...pageQueryFields,
    propertyId: propertyId.optional(),
    status: z.enum(campaignStatuses).optional(),
    createdBy: singleLine(limits.agentIdLength).optional(),
    sequenceId: sequenceId.optional(),
  })
  .strict();

export const campaignsRoutes = new Hono<AppEnv>()
  .get("/campaigns", requires({ role: "viewer", property: "own", owner: "anyone" }), async (c) => {
    const query = parseInput(listQuery, c.req.query());
    const limit = query.limit ?? pageSize;
    if (query.propertyId !== undefined && !seesProperty(c.get("session"), query.propertyId)) {
      return c.json({ items: [], nextCursor: null });
    }
    const desk = getRequestScope(c);
    const rows = await listCampaigns(desk.scope, {
      properties: query.propertyId === undefined ? listVisiblePropertyIds(c) : [query.propertyId],
      status: query.status ?? null,
      createdBy: query.createdBy ?? null,
      sequenceId: query.sequenceId ?? null,
      before: query.cursor === undefined ? null : Number(query.cursor),
      limit: limit + 1,
    });
    const { items, nextCursor } = buildPage(rows, limit, (row) => row);
    return c.json({ items: await loadCampaignSummaries(desk, items), nextCursor });
  })

  .get("/campaigns/:id", requires({ role: "viewer", property: "own", owner: "anyone" }), async (c) => {
    const campaign = await findAccessibleCampaign(c);
    return c.json(await loadCampaignView(getRequestScope(c), campaign.id, campaign));
  })

  .patch("/campaigns/:id", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    const patch = await readJson(c, campaignPatch);
    refuseLockedFields(listLockedFields(campaign.status, Object.keys(patch)));
    if (patch.senderId !== undefined || patch.otherSenderIds !== undefined) {
      const { senderId = campaign.senderId, otherSenderIds = campaign.otherSenderIds } = patch;
      refuseFaultyFields(await findSenderFaults(scope, { senderId, otherSenderIds }));
    }
    await refuseCollisionOverride(scope, patch.ignoresCollisions ?? false);
    const steps = patch.steps === undefined ? null : buildSequenceSteps(patch.steps);
    if (steps !== null) {
      refuseFaultyFields(
        findMissingTemplateFaults(steps, await listExistingTemplateIds(scope, listTemplateIds(steps))),
      );
    }
    const refusal = await updateCampaign(scope, campaign, toCampaignChange(patch, ctx.now()), steps);
    if (refusal !== null)
      throw new AppError("conflict", "Someone else changed the campaign. Reload it and try again.");
    return c.json(await loadCampaignView({ ctx, scope }, campaign.id));
  })

  .delete("/campaigns/:id", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const { ctx, scope, agentId } = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    if (!isDeletable(campaign.status)) {
      throw new AppError("conflict", "Only a draft or an archived campaign can be deleted.");
    }
    const outcome = await deleteCampaign(
      scope,
      campaign,
      buildAuditEntry({ ctx, agentId }, "campaign.deleted", `campaigns/${campaign.id}`),
    );
    if (outcome === "changed")
      throw new AppError("conflict", "Someone else changed the campaign. Reload it and try again.");
    if (outcome === "hasSent") {
      const reason = "The unsubscribe links and reply addresses in the emails it sent still need it.";
      throw new AppError("conflict", `A campaign that has sent emails stays in the archive. ${reason}`);
    }
    return c.body(null, 204);
  });

function toCampaignChange(patch: z.output<typeof campaignPatch>, updatedAt: number): CampaignChange {
  const { schedule, steps, ...plain } = patch;
  const given: Partial<CampaignChange> = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== undefined),
  );
  // A repeat of the request that created the campaign would create other steps than the campaign
  // now has. So the stored hash of that request is cleared.
  if (steps !== undefined) given.contentHash = null;
  if (schedule === undefined) return { ...given, updatedAt };
  const { startAt, endAt } = schedule;
  // An end time from the agent replaces the sequence's rule to end after a number of days.
  const end = endAt === null ? {} : { endsAfterDays: null };
  return {
    ...given,
    ...schedule,
    ...end,
    startAt: parseInstant(startAt),
    endAt: parseInstant(endAt),
    updatedAt,
  };
}

function refuseLockedFields(fields: readonly string[]): void {
  if (fields.length === 0) return;
  const message = "can't be changed once the campaign has started";
  throw new AppError(
    "conflict",
    "Once a campaign has started, only its name, tags and unknownPolicy can be changed.",
    Object.fromEntries(fields.map((field) => [field, message])),
  );
}
