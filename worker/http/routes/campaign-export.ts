import { Hono } from "hono";
import { z } from "zod";
import { recipientFilterFields } from "../../../shared/recipient-list.ts";
import { recipientSorts } from "../../../shared/vocabulary.ts";
import { findAccessibleCampaign, getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { getCsvHeaders } from "../csv-stream.ts";
import { requires } from "../permissions.ts";
import { loadRecipientList } from "../recipient-list.ts";
import { streamRecipientsAsCsv } from "../recipients-csv.ts";
import { type AppEnv, parseInput } from "../request.ts";

const exportQuery = z.object({ ...recipientFilterFields, sort: z.enum(recipientSorts).optional() }).strict();

/**
 * Answers with the recipients of a campaign that match a filter, as CSV. A session that sees only
 * some properties gets only these properties' recipients.
 */
export const campaignExportRoutes = new Hono<AppEnv>().get(
  "/campaigns/:id/export.csv",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const { sort = "added", ...filter } = parseInput(exportQuery, c.req.query());
    const desk = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    const properties = listVisiblePropertyIds(c);
    const { matches } = await loadRecipientList(desk, campaign, {
      ...{ filter, sort, properties },
      countsOutcomes: false,
    });
    const ids = matches.map(({ id }) => id);
    const table = streamRecipientsAsCsv(desk, campaign, ids);
    return c.body(table, 200, getCsvHeaders(`campaign-${campaign.id}.csv`));
  },
);
