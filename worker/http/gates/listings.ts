import { limits } from "../../../shared/limits.ts";
import type { ListingFinding } from "../../../shared/listing-finding.ts";
import type { CampaignType } from "../../../shared/vocabulary.ts";
import type { AuditEntry } from "../../db/audit-log.ts";
import { listRecipientsForListingGuard, loadListings } from "../../db/listings.ts";
import { findTenant, type TenantRow } from "../../db/tenants.ts";
import type { Listing } from "../../domain/compliance/listing.ts";
import { buildListingFinding } from "../../domain/compliance/listing-finding.ts";
import {
  isLiftedByStatement,
  judgeListing,
  type ListingVerdict,
} from "../../domain/compliance/listing-guard.ts";
import {
  addNotListedStatement,
  applyListingReport,
  formatListingStatus,
  type ListingReport,
  readListingReport,
  unknownListing,
} from "../../domain/compliance/listing-report.ts";
import { completeListingRules } from "../../domain/compliance/listing-status.ts";
import type { AppError } from "../../domain/errors.ts";
import { storeListingReports } from "../../receive/property-reports.ts";
import type { RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { createNotFoundError } from "../request.ts";
import { createGateError } from "./error.ts";

/**
 * A person whom a request wants to email, with the request's record of the home. The listing guard,
 * which forbids emails about homes for sale through another brokerage, checks the person.
 */
export type RecipientToGuard = {
  propertyId: string | null;
  hasConsent: boolean;
  /** The host's record of the property, as received at `givenAt`. */
  property: Readonly<Record<string, unknown>>;
  givenAt: number;
  /** The path of the recipient in the request; null if the recipient is stored already. */
  field: string | null;
};

export type LaunchToGuard = {
  campaignType: CampaignType;
  recipients: readonly RecipientToGuard[];
  /**
   * The agent's statement, in the agent's own words, that the homes are not listed; undefined if
   * the agent made no statement.
   */
  statement: string | undefined;
  /**
   * The launch time of a campaign that the request resumes; null or left out for any other request.
   */
  begunAt?: number | null;
};

/** Returns the recipients of a request in the form that the listing guard takes. */
export function listRecipientsToGuard(
  given: readonly {
    propertyId?: string | null | undefined;
    consent: unknown;
    property: Readonly<Record<string, unknown>>;
  }[],
  campaignPropertyId: string | null,
  now: number,
): RecipientToGuard[] {
  return given.map(({ propertyId, consent, property }, index) => ({
    propertyId: propertyId ?? campaignPropertyId,
    hasConsent: consent !== null,
    property,
    givenAt: now,
    field: `recipients.${index}`,
  }));
}

/** Returns the recipients of a stored campaign in the form that the listing guard takes. */
export async function loadRecipientsToGuard(
  { scope }: RequestScope,
  campaignId: number,
): Promise<RecipientToGuard[]> {
  const rows = await listRecipientsForListingGuard(scope, campaignId, limits.recipientsPerCampaign);
  return rows.map(({ propertyId, hasConsent, given, addedAt }) => ({
    propertyId,
    hasConsent,
    property: given,
    givenAt: addedAt,
    field: null,
  }));
}

/** Stores a request's reports about homes, unless the stored facts are as new or newer. */
export async function storeGivenListings(
  desk: RequestScope,
  recipients: readonly RecipientToGuard[],
): Promise<void> {
  const news = listNews(recipients);
  if (news.length === 0) return;
  const { listingGuard } = await loadTenant(desk);
  await storeListingReports(desk.scope, news, listingGuard, desk.ctx.now());
}

/**
 * Returns the error that refuses the request if the listing guard forbids emails about a home;
 * otherwise null. Stores the request's reports about the homes, and the agent's statement if a home
 * needs the statement.
 */
export async function storeAndCheckListings(
  desk: RequestScope,
  asked: LaunchToGuard,
): Promise<AppError | null> {
  const findings = await storeAndJudgeListings(desk, asked);
  const [first] = findings;
  if (first === undefined) return null;
  return createGateError(first.finding.reason, {
    fields: findings.flatMap(({ field, finding }) =>
      field === null ? [] : [[`${field}.property.standardStatus`, finding.reason] as const],
    ),
    findings: findings.map(({ finding, propertyId }) => ({ ...finding, propertyId })),
  });
}

type GuardedRecipient = { field: string | null; propertyId: string | null; finding: ListingFinding };
const findingsShown = 20;

async function storeAndJudgeListings(desk: RequestScope, asked: LaunchToGuard): Promise<GuardedRecipient[]> {
  const { ctx, scope, agentId } = desk;
  const now = ctx.now();
  const { listingGuard, timeZone } = await loadTenant(desk);
  const rules = completeListingRules(listingGuard);
  const judge = (listing: Listing, hasConsent: boolean): ListingVerdict =>
    judgeListing(
      { campaignType: asked.campaignType, hasConsent, listing, begunAt: asked.begunAt ?? null },
      rules,
      now,
    );
  const addStatement = (listing: Listing): Listing => {
    const verdict = judge(listing, false);
    const isNeeded = verdict.kind === "hold" && isLiftedByStatement(verdict.code);
    if (asked.statement === undefined || !isNeeded) return listing;
    return addNotListedStatement(listing, {
      by: agentId,
      at: now,
      status: formatListingStatus(listing),
      words: asked.statement,
    });
  };
  const audits = asked.statement === undefined ? [] : [buildStatementEntry(desk, asked, asked.statement)];
  const known = await storeListingReports(scope, listNews(asked.recipients), listingGuard, now, {
    apply: addStatement,
    audits,
  });
  return asked.recipients
    .flatMap(({ propertyId, property, givenAt, hasConsent, field }): GuardedRecipient[] => {
      const own = () => {
        const given = readListingReport(property, givenAt);
        return addStatement(
          given === null ? unknownListing : applyListingReport(unknownListing, given, rules, now),
        );
      };
      const listing = propertyId === null ? own() : (known.get(propertyId) ?? own());
      const verdict = judge(listing, hasConsent);
      if (verdict.kind === "open") return [];
      return [{ field, propertyId, finding: buildListingFinding(verdict.code, listing, timeZone) }];
    })
    .slice(0, findingsShown);
}

/**
 * Returns the listing guard's finding for each recipient, in the given order; null if the guard
 * finds nothing. Stores nothing.
 */
export async function previewListingFindings(
  desk: RequestScope,
  asked: Omit<LaunchToGuard, "statement">,
): Promise<(ListingFinding | null)[]> {
  const now = desk.ctx.now();
  const ids = [...new Set(asked.recipients.flatMap(({ propertyId }) => propertyId ?? []))];
  const known = await loadListings(desk.scope, ids);
  const { listingGuard, timeZone } = await loadTenant(desk);
  const rules = completeListingRules(listingGuard);
  return asked.recipients.map(({ propertyId, property, givenAt, hasConsent }) => {
    const stored = (propertyId === null ? undefined : known.get(propertyId)?.listing) ?? unknownListing;
    const given = readListingReport(property, givenAt);
    const listing = given === null ? stored : applyListingReport(stored, given, rules, now);
    const question = { campaignType: asked.campaignType, hasConsent, listing, begunAt: null };
    const verdict = judgeListing(question, rules, now);
    return verdict.kind === "open" ? null : buildListingFinding(verdict.code, listing, timeZone);
  });
}

function listNews(
  recipients: readonly RecipientToGuard[],
): { propertyId: string; reports: ListingReport[] }[] {
  return recipients.flatMap(({ propertyId, property, givenAt }) => {
    if (propertyId === null) return [];
    const given = readListingReport(property, givenAt);
    return [{ propertyId, reports: given === null ? [] : [given] }];
  });
}

function buildStatementEntry(
  { ctx, agentId }: RequestScope,
  asked: LaunchToGuard,
  words: string,
): AuditEntry {
  const properties = [...new Set(asked.recipients.flatMap(({ propertyId }) => propertyId ?? []))];
  return buildAuditEntry({ ctx, agentId }, "listing.stated", "properties", {
    words,
    properties: properties.slice(0, limits.listingChecks),
  });
}

async function loadTenant({ scope }: RequestScope): Promise<TenantRow> {
  const tenant = await findTenant(scope);
  if (tenant === undefined) throw createNotFoundError();
  return tenant;
}
