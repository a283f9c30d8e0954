import { Hono } from "hono";
import { type CampaignCollisions, collisionsInput } from "../../../shared/collision.ts";
import { loadOtherCampaignsOfContacts } from "../../db/other-campaigns.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { campaignLaunchedNow, findCollision } from "../../domain/send/collision.ts";
import { getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, readJson } from "../request.ts";
import { seesProperty } from "../session.ts";
import { toOtherCampaignView } from "../views/other-campaign.ts";

/** Answers with the contacts that a launch would hold because of another campaign. */
export const collisionsRoutes = new Hono<AppEnv>().post(
  "/collisions",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { scope, sees } = getRequestScope(c);
    const { recipients } = await readJson(c, collisionsInput);
    const outside = recipients.findIndex(
      ({ propertyId }) => propertyId !== null && !seesProperty(c.get("session"), propertyId),
    );
    if (outside >= 0) {
      throw new AppError("forbidden", "You don't have access to that property.", {
        [`recipients.${outside}.propertyId`]: "must be a property you have access to",
      });
    }
    const tenant = await findTenant(scope);
    if (tenant === undefined) throw createNotFoundError();
    const elsewhere = await loadOtherCampaignsOfContacts(scope, recipients);
    const answer: CampaignCollisions = {
      items: elsewhere.flatMap((one, index) => {
        const collision = findCollision(campaignLaunchedNow, one);
        return collision === null ? [] : [{ index, otherCampaign: toOtherCampaignView(collision, sees) }];
      }),
      mayIgnore: tenant.collisionPolicy !== "holdAlways",
    };
    return c.json(answer);
  },
);
