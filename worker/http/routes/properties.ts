import { Hono } from "hono";
import { type ContactHistory, contactHistoryInput } from "../../../shared/contact-history.ts";
import { propertyId, propertyStatusInput } from "../../../shared/property.ts";
import { loadPropertyHistory } from "../../db/contact-history.ts";
import { dropAllKeptAnswers } from "../../db/kept-answers.ts";
import { loadOtherCampaignsOfContacts } from "../../db/other-campaigns.ts";
import { findProperty } from "../../db/properties.ts";
import { stopRecipientsAtProperty } from "../../db/recipient-actions.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { campaignLaunchedNow, findCollision } from "../../domain/send/collision.ts";
import {
  forbidsEmailsAtProperty,
  listContactMarks,
  listPropertyAnswers,
} from "../../domain/send/contact-history.ts";
import { storePropertyReports } from "../../receive/property-reports.ts";
import { updateRecipientsAtProperty } from "../../send/property-news.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { hasRole, requires } from "../permissions.ts";
import { toPropertyNews } from "../property-news.ts";
import { mayOverrideRefusals } from "../refusal-checks.ts";
import { type AppEnv, createNotFoundError, type HttpContext, readJson } from "../request.ts";
import { seesProperty } from "../session.ts";
import { launchWaitingProposals } from "../start-proposals.ts";
import { toContactAnswerView, toContactMarksView, toRefusalView } from "../views/contact-history.ts";
import { toPropertyFacts } from "../views/property.ts";

export const propertiesRoutes = new Hono<AppEnv>()
  /** Stops every recipient at this property, in all campaigns. */
  .post(
    "/properties/:propertyId/stop",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const id = parseAccessibleProperty(c);
      const stopped = await stopRecipientsAtProperty(
        desk.scope,
        id,
        buildPropertyAuditEntry(desk, "property.stopped", id),
      );
      await dropAllKeptAnswers(desk.scope);
      return c.json({ stopped });
    },
  )

  /**
   * Stores the host's news about the property. Recipients at the property are stopped in campaigns
   * that end on the property's new status.
   */
  .post(
    "/properties/:propertyId/status",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const id = parseAccessibleProperty(c);
      const input = await readJson(c, propertyStatusInput);
      const isFromOffice = hasRole(c.get("session"), "teamLead");
      if (input.owners !== undefined && !isFromOffice) throw createOwnersForbiddenError();
      const news = toPropertyNews(input, { propertyId: id, now: desk.ctx.now(), isFromOffice });
      const data = {
        standardStatus: input.standardStatus,
        listPrice: news.listPrice,
        owners: news.owners?.length ?? null,
        hasAddress: input.address !== undefined,
        contacts: news.facts.contacts.length,
      };
      const audit = { ...buildPropertyAuditEntry(desk, "property.changed", id), data };
      const tenant = await findTenant(desk.scope);
      if (tenant === undefined) throw createNotFoundError();
      const { stopped, changed } = await storePropertyReports(desk.scope, [news], tenant.listingGuard, audit);
      if (changed.has(id)) await updateRecipientsAtProperty(desk.scope, id, audit.at);
      if (isFromOffice && changed.has(id)) await launchWaitingProposals(c);
      const row = await findProperty(desk.scope, id);
      if (row === null) throw createNotFoundError();
      return c.json(toPropertyFacts(row, stopped));
    },
  )

  /**
   * Answers with the known history of contacts and of the property, for use before a launch.
   * Nothing changes.
   */
  .post(
    "/properties/:propertyId/contact-history",
    requires({ role: "viewer", property: "own", owner: "anyone" }),
    async (c) => {
      const { scope } = getRequestScope(c);
      const id = parseAccessibleProperty(c);
      const { contacts } = await readJson(c, contactHistoryInput);
      const asked = contacts.map(({ email, contactKey }) => ({ email, contactKey: contactKey ?? null }));
      const [facts, elsewhere] = await Promise.all([
        loadPropertyHistory(scope, id, asked),
        loadOtherCampaignsOfContacts(
          scope,
          asked.map(({ email }) => ({ email, propertyId: id })),
        ),
      ]);
      const marks = listContactMarks(asked, facts).map((one, index) => ({
        ...one,
        otherCampaign:
          elsewhere[index] === undefined ? null : findCollision(campaignLaunchedNow, elsewhere[index]),
      }));
      const seen = (propertyId: string | null) => seesProperty(c.get("session"), propertyId);
      const answer: ContactHistory = {
        contacts: marks.map((one) => toContactMarksView(one, seen)),
        closedBy: facts.refusals.filter(forbidsEmailsAtProperty).map(toRefusalView),
        answers: listPropertyAnswers(facts).map((one) => toContactAnswerView(one, seen)),
        mayOverride: mayOverrideRefusals(c),
      };
      return c.json(answer);
    },
  );

function createOwnersForbiddenError(): AppError {
  const message =
    "New owners reopen a property that a refusal closed, so only the office's server can report them.";
  return new AppError("forbidden", message, { owners: "requires the role teamLead" });
}

/**
 * Returns the property key in the path, if the session may see the property.
 * @throws AppError notFound
 */
function parseAccessibleProperty(c: HttpContext): string {
  const named = propertyId.safeParse(c.req.param("propertyId"));
  if (!named.success || !seesProperty(c.get("session"), named.data)) throw createNotFoundError();
  return named.data;
}

function buildPropertyAuditEntry({ ctx, agentId }: RequestScope, action: string, id: string) {
  return buildAuditEntry({ ctx, agentId }, action, `properties/${id}`);
}
