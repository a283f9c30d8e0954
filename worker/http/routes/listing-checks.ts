import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import { type ListingChecks, listingAnswerInput } from "../../../shared/listing-check.ts";
import { propertyId } from "../../../shared/property.ts";
import type { ListingAnswer } from "../../../shared/vocabulary.ts";
import { type ListingToCheck, listListingsToCheck } from "../../db/listings.ts";
import { findTenant } from "../../db/tenants.ts";
import type { Listing } from "../../domain/compliance/listing.ts";
import { buildListingFinding } from "../../domain/compliance/listing-finding.ts";
import { judgeListing } from "../../domain/compliance/listing-guard.ts";
import {
  addNotListedStatement,
  addReleaseStatement,
  formatListingStatus,
} from "../../domain/compliance/listing-report.ts";
import { completeListingRules } from "../../domain/compliance/listing-status.ts";
import { AppError } from "../../domain/errors.ts";
import { storeListingReports } from "../../receive/property-reports.ts";
import { getRequestScope, listVisiblePropertyIds, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseInput, readJson } from "../request.ts";
import { seesProperty } from "../session.ts";
import { toIso, toIsoOrNull } from "../views/instant.ts";

const query = z.object({ propertyId: propertyId.optional() });

export const listingChecksRoutes = new Hono<AppEnv>()
  /** Answers with the homes whose emails wait until somebody has checked the home's status. */
  .get("/listing-checks", requires({ role: "viewer", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { propertyId: asked } = parseInput(query, c.req.query());
    if (asked !== undefined && !seesProperty(c.get("session"), asked))
      return c.json({ items: [], owners: 0 });
    return c.json(await loadChecks(desk, asked === undefined ? listVisiblePropertyIds(c) : [asked]));
  })

  /**
   * Stores an agent's statement about many homes at once, and answers with the homes that are left
   * to check.
   */
  .post("/listing-checks", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { propertyIds, answer, words } = await readJson(c, listingAnswerInput);
    const outside = propertyIds.findIndex((id) => !seesProperty(c.get("session"), id));
    if (outside >= 0) {
      const fields = { [`propertyIds.${outside}`]: "must be a property you have access to" };
      throw new AppError("forbidden", "You don't have access to that property.", fields);
    }
    await keepStatement(desk, propertyIds, answer, words);
    return c.json(await loadChecks(desk, listVisiblePropertyIds(c)));
  });

async function loadChecks(
  { ctx, scope }: RequestScope,
  properties: readonly string[] | null,
): Promise<ListingChecks> {
  const [asked, tenant] = await Promise.all([
    listListingsToCheck(scope, properties, limits.listingChecks),
    findTenant(scope),
  ]);
  if (tenant === undefined) throw createNotFoundError();
  const rules = completeListingRules(tenant.listingGuard);
  const items = asked.flatMap((one) => {
    const question = { campaignType: "sellerOutreach" as const, hasConsent: false, begunAt: 0 };
    const verdict = judgeListing({ ...question, listing: one.listing }, rules, ctx.now());
    return verdict.kind === "hold" ? [toCheck(one, verdict.code, tenant.timeZone)] : [];
  });
  return { items, owners: items.reduce((sum, { owners }) => sum + owners, 0) };
}

function toCheck(
  { propertyId: id, address, listing, askedAt, owners }: ListingToCheck,
  code: Parameters<typeof buildListingFinding>[0],
  timeZone: string,
) {
  const { message, reason } = buildListingFinding(code, listing, timeZone);
  return {
    propertyId: id,
    label: address ?? id,
    code,
    message,
    reason,
    status: formatListingStatus(listing),
    statusAt: toIsoOrNull(listing.statusAt),
    askedAt: toIso(askedAt),
    owners,
  };
}

async function keepStatement(
  { ctx, scope, agentId }: RequestScope,
  propertyIds: readonly string[],
  answer: ListingAnswer,
  words: string,
): Promise<void> {
  const now = ctx.now();
  const tenant = await findTenant(scope);
  if (tenant === undefined) throw createNotFoundError();
  const ids = [...new Set(propertyIds)];
  const apply = (listing: Listing): Listing => {
    const statement = { by: agentId, at: now, status: formatListingStatus(listing), words };
    if (answer === "notListed") return addNotListedStatement(listing, statement);
    return answer === "released" ? addReleaseStatement(listing, statement) : listing;
  };
  const listed = { status: "Active", at: now, source: "agent" as const };
  const news = ids.map((id) => ({ propertyId: id, reports: answer === "listed" ? [listed] : [] }));
  const audits = ids.map((id) => ({
    ...buildAuditEntry({ ctx, agentId }, "listing.stated", `properties/${id}`, { answer, words }),
    at: now,
  }));
  await storeListingReports(scope, news, tenant.listingGuard, now, { apply, audits });
}
