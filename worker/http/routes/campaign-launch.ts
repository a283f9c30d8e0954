import { Hono } from "hono";
import { z } from "zod";
import { campaignCreate } from "../../../shared/campaign.ts";
import { hashText } from "../../mail/text-hash.ts";
import { getRequestScope } from "../access.ts";
import { createCampaignOnce, findEarlierCampaign, refuseUnseenProperties } from "../campaign-creation.ts";
import { loadCampaignView } from "../campaign-view.ts";
import { requires } from "../permissions.ts";
import { requireLeadForRefusalNote } from "../refusal-checks.ts";
import { type AppEnv, idempotencyKeySchema, parseInput, readJson } from "../request.ts";

const keyHeader = z.object({ "Idempotency-Key": idempotencyKeySchema.optional() });

/**
 * Creates a campaign. If the status is `active`, the same database batch launches the campaign, so
 * a created campaign is never left without its launch. A launch that needs a team lead's approval
 * waits for the approval.
 */
export const campaignLaunchRoutes = new Hono<AppEnv>().post(
  "/campaigns",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, campaignCreate);
    const key = parseInput(keyHeader, { "Idempotency-Key": c.req.header("idempotency-key") })[
      "Idempotency-Key"
    ];
    refuseUnseenProperties(c, input);
    requireLeadForRefusalNote(c, input.refusalNote);
    // The validated input is hashed, so white space and omitted defaults do not change the hash.
    const hash = await hashText(JSON.stringify({ agentId: desk.agentId, input }));
    const request = { key: key ?? null, hash };
    const earlierId = await findEarlierCampaign(desk, request);
    const { id, isNew } =
      earlierId === null ? await createCampaignOnce(c, input, request) : { id: earlierId, isNew: false };
    return c.json(await loadCampaignView(desk, id), isNew ? 201 : 200);
  },
);
