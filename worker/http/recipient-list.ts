import type { RecipientListFilter } from "../../shared/recipient-list.ts";
import type { RecipientSort } from "../../shared/vocabulary.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { parseReachedOutcome, type ScannedRecipient, scanRecipients } from "../db/recipient-scan.ts";
import {
  filterRecipients,
  findRecipientHold,
  type ListedRecipient,
  sortRecipients,
} from "../domain/recipient-list.ts";
import type { RequestScope } from "./access.ts";

/** The selection and the order of a list of a campaign's recipients. */
export type RecipientListRequest = {
  filter: RecipientListFilter;
  sort: RecipientSort;
  /** The keys of the properties that the session may see; null for all properties. */
  properties: readonly string[] | null;
  /**
   * True to load the outcomes of all recipients; false to load outcomes only if the filter or the
   * order needs outcomes.
   */
  countsOutcomes: boolean;
};

/** The recipients of a campaign that a session may see, and the recipients that match, in order. */
export type LoadedRecipientList = { all: ListedRecipient[]; matches: ListedRecipient[] };

/**
 * Reads a campaign's recipients once, and returns the recipients that match. Reads at most two
 * database rows per recipient of the campaign.
 */
export async function loadRecipientList(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  campaign: Pick<CampaignRow, "id" | "status">,
  { filter, sort, properties, countsOutcomes }: RecipientListRequest,
): Promise<LoadedRecipientList> {
  const needsActivity = sort === "activity" || sort === "-activity";
  const scanned = await scanRecipients(scope, campaign.id, {
    outcomes: countsOutcomes || needsActivity || filter.outcome !== undefined,
    names: sort === "name" || sort === "-name",
    text: filter.q !== undefined,
  });
  const isActive = campaign.status === "active";
  const now = ctx.now();
  const listed = scanned.map((row) => toListed(row, isActive, now));
  const all = filterRecipients(listed, {}, properties);
  return { all, matches: sortRecipients(filterRecipients(all, filter, null), sort) };
}

function toListed(row: ScannedRecipient, isCampaignActive: boolean, now: number): ListedRecipient {
  const reached = parseReachedOutcome(row.reached);
  const hasSent = row.lastSentAt !== null || row.isUncertain === 1;
  const facts = { ...row, isTaskOpen: row.isTaskOpen === 1 };
  return {
    id: row.id,
    status: row.status,
    outcome: reached?.outcome ?? (hasSent ? "sent" : "pending"),
    hold: findRecipientHold(facts, isCampaignActive, now),
    nextStep: row.nextStep,
    propertyId: row.propertyId,
    name: row.name,
    text: row.text,
    createdAt: row.createdAt,
    nextAt: row.dueAt,
    activeAt: reached === null ? row.lastSentAt : Math.max(reached.at, row.lastSentAt ?? 0),
  };
}
