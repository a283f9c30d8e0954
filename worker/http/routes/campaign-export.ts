import { Hono } from "hono";
import { z } from "zod";
import { recipientFilterFields } from "../../../shared/recipient.ts";
import { findAccessibleCampaign, getRequestScope, listVisibleProperties } from "../access.ts";
import { getCsvHeaders } from "../csv-stream.ts";
import { requires } from "../permissions.ts";
import { streamRecipientsAsCsv } from "../recipients-csv.ts";
import { type AppEnv, parseInput } from "../request.ts";

const exportQuery = z.object(recipientFilterFields).strict();

/**
 * Answers with a campaign's recipients as CSV. A session that sees only some properties gets only
 * these properties' recipients.
 */
export const campaignExport = new Hono<AppEnv>().get(
  "/campaigns/:id/export.csv",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { status = null, q: search = null } = parseInput(exportQuery, c.req.query());
    const { id: campaignId } = await findAccessibleCampaign(c);
    const filter = { campaignId, properties: listVisibleProperties(c), status, search };
    const table = streamRecipientsAsCsv(getRequestScope(c), filter);
    return c.body(table, 200, getCsvHeaders(`campaign-${campaignId}.csv`));
  },
);
