import { Hono } from "hono";
import { recipientsCheckInput } from "../../../shared/recipient-check.ts";
import { isOpenToRecipients } from "../../domain/campaign.ts";
import { AppError } from "../../domain/errors.ts";
import { findCampaignToRead } from "../access.ts";
import { requires } from "../permissions.ts";
import { checkRecipients } from "../recipient-check.ts";
import { type AppEnv, readJson } from "../request.ts";

/**
 * Answers, for each of many people, with the effect of adding the person to a campaign. Changes
 * nothing.
 */
export const recipientCheckRoutes = new Hono<AppEnv>().post(
  "/campaigns/:id/recipients/check",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const campaign = await findCampaignToRead(c);
    const input = await readJson(c, recipientsCheckInput);
    if (!isOpenToRecipients(campaign.status)) {
      throw new AppError("conflict", `You can't add recipients to a campaign that is ${campaign.status}.`);
    }
    return c.json(await checkRecipients(c, campaign, input));
  },
);
