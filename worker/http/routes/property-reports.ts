import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import { type PropertiesResult, propertyReport } from "../../../shared/property.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { type PropertyNews, storePropertyReports } from "../../receive/property-reports.ts";
import { updateRecipientsAtProperty } from "../../send/property-news.ts";
import { getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { toPropertyNews } from "../property-news.ts";
import { type AppEnv, createNotFoundError, type HttpContext, parseInput, readJson } from "../request.ts";
import { seesProperty } from "../session.ts";
import { launchWaitingProposals } from "../start-proposals.ts";

/** Each report is checked on its own, so that a faulty report does not refuse the others. */
const envelope = z.strictObject({
  properties: z.array(z.unknown()).min(1).max(limits.propertiesPerRequest),
});

type Read =
  | { propertyId: string; news: PropertyNews }
  | { propertyId: string | null; fields: Record<string, string> };

export const propertyReportsRoutes = new Hono<AppEnv>()
  /**
   * Stores the host's reports on many properties. The faultless reports are stored in one batch,
   * and the answer says of each report what became of it.
   */
  .post("/properties", requires({ role: "teamLead", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { properties } = await readJson(c, envelope);
    const read = refuseRepeated(properties.map((value) => readReport(c, value, desk.ctx.now())));
    const news = read.flatMap((one) => ("news" in one ? [one.news] : []));
    const tenant = await findTenant(desk.scope);
    if (tenant === undefined) throw createNotFoundError();
    const data = { properties: news.map(({ propertyId }) => propertyId) };
    const audit = buildAuditEntry(desk, "properties.changed", "properties", data);
    const { stopped, changed } =
      news.length === 0
        ? { stopped: 0, changed: new Set<string>() }
        : await storePropertyReports(desk.scope, news, tenant.listingGuard, audit);
    for (const id of changed) await updateRecipientsAtProperty(desk.scope, id, audit.at);
    await launchWaitingProposals(c);
    const answer: PropertiesResult = { items: read.map((one) => toItem(one, changed)), stopped };
    return c.json(answer);
  });

function readReport(c: HttpContext, value: unknown, now: number): Read {
  const named = z.object({ propertyId: z.string().max(100) }).safeParse(value);
  const asked = named.success ? named.data.propertyId : null;
  try {
    const { propertyId, ...input } = parseInput(propertyReport, value);
    if (!seesProperty(c.get("session"), propertyId)) {
      return { propertyId, fields: { propertyId: "is not a property of this token" } };
    }
    return { propertyId, news: toPropertyNews(input, { propertyId, now, isFromOffice: true }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { propertyId: asked, fields: error.fields ?? {} };
  }
}

/** Refuses a second report on a property, because the order of the two would decide. */
function refuseRepeated(read: readonly Read[]): Read[] {
  const seen = new Set<string>();
  return read.map((one) => {
    if (!("news" in one)) return one;
    const { propertyId } = one;
    if (seen.has(propertyId)) return { propertyId, fields: { propertyId: "is there twice" } };
    seen.add(propertyId);
    return one;
  });
}

function toItem(one: Read, changed: ReadonlySet<string>): PropertiesResult["items"][number] {
  if ("fields" in one) return { propertyId: one.propertyId, result: "refused", fields: one.fields };
  return { propertyId: one.propertyId, result: changed.has(one.propertyId) ? "stored" : "unchanged" };
}
