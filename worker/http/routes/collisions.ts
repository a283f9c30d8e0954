import { Hono } from "hono";
import { type Collisions, collisionsInput } from "../../../shared/collision.ts";
import { loadOtherCampaignsOfContacts } from "../../db/other-campaigns.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { findCollision } from "../../domain/send/collision.ts";
import { deskOf } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, notFound, readJson } from "../request.ts";
import { seesProperty } from "../session.ts";
import { toOtherCampaignView } from "../views/other-campaign.ts";

/** As a campaign that was launched now: every other one comes first. */
const launchedNow = { campaignId: Number.MAX_SAFE_INTEGER, launchedAt: null, ignoresCollisions: false };

/** Asked before a launch, so that whoever launches knows who would wait. It changes nothing. */
export const collisions = new Hono<AppEnv>().post(
  "/collisions",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { scope } = deskOf(c);
    const { recipients } = await readJson(c, collisionsInput);
    const outside = recipients.findIndex(
      ({ propertyId }) => propertyId !== null && !seesProperty(c.get("session"), propertyId),
    );
    if (outside >= 0) {
      throw new AppError("forbidden", "You may not work on that property.", {
        [`recipients.${outside}.propertyId`]: "must be a property you work on",
      });
    }
    const tenant = await findTenant(scope);
    if (tenant === undefined) throw notFound();
    const elsewhere = await loadOtherCampaignsOfContacts(scope, recipients);
    const answer: Collisions = {
      items: elsewhere.flatMap((one, index) => {
        const collision = findCollision(launchedNow, one);
        return collision === null ? [] : [{ index, otherCampaign: toOtherCampaignView(collision) }];
      }),
      mayIgnore: tenant.collisionPolicy !== "holdAlways",
    };
    return c.json(answer);
  },
);
