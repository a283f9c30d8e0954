import { Hono } from "hono";
import { lettersOfAddressInput } from "../../../shared/letter-record.ts";
import { findTenant } from "../../db/tenants.ts";
import { findAccessibleCampaign, getRequestScope } from "../access.ts";
import { buildAddressRecordPage } from "../address-record.ts";
import { streamLettersAsCsv } from "../compliance-csv.ts";
import { getCsvHeaders } from "../csv-stream.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, readJson } from "../request.ts";

const headers = getCsvHeaders("compliance.csv");
const recordHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-disposition": 'attachment; filename="emails-to-one-address.html"',
};

/**
 * Routes that answer with a CSV or a page of letters. Each letter's entry has the footer, and the
 * source, consent, listing status and approval that allowed the letter. The routes are for the
 * broker who is responsible for the letters.
 */
export const complianceRoutes = new Hono<AppEnv>()
  .get(
    "/campaigns/:id/compliance.csv",
    requires({ role: "teamLead", property: "own", owner: "anyone" }),
    async (c) => {
      const { id } = await findAccessibleCampaign(c);
      return c.body(streamLettersAsCsv(getRequestScope(c).scope, { campaignId: id }), 200, headers);
    },
  )

  .post("/compliance.csv", requires({ role: "teamLead", property: "every", owner: "anyone" }), async (c) => {
    const { email } = await readJson(c, lettersOfAddressInput);
    return c.body(streamLettersAsCsv(getRequestScope(c).scope, { email }), 200, headers);
  })

  /**
   * Answers with a page of the letters that the office sent to one address. The page can be saved
   * and printed.
   */
  .post(
    "/address-record.html",
    requires({ role: "teamLead", property: "every", owner: "anyone" }),
    async (c) => {
      const { email } = await readJson(c, lettersOfAddressInput);
      const desk = getRequestScope(c);
      const tenant = await findTenant(desk.scope);
      if (tenant === undefined) throw createNotFoundError();
      return c.body(await buildAddressRecordPage(desk, tenant.name, email), 200, recordHeaders);
    },
  );
