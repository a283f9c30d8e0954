import { z } from "zod";
import { type RecipientList, recipientListFields } from "../../shared/recipient-list.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { listRecipients, loadRecipients, type RecipientRow } from "../db/recipients.ts";
import { loadRecipientEventFacts } from "../db/timelines.ts";
import {
  compareRecipientListPositions,
  countRecipients,
  formatRecipientListCursor,
  getRecipientListPosition,
  parseRecipientListCursor,
  type RecipientListPosition,
} from "../domain/recipient-list.ts";
import { getRequestScope, listVisiblePropertyIds, type RequestScope } from "./access.ts";
import { loadRecipientList } from "./recipient-list.ts";
import { buildPage, type HttpContext, pageQueryFields, refuseFaultyFields } from "./request.ts";
import { emptyRecipientEventFacts, toRecipientView } from "./views/recipient.ts";

const pageSize = 50;

const cursorFault = "must be the nextCursor of the previous page";

/** The query of a list of recipients. An unknown field is refused. */
export const recipientListQuery = z
  .object({
    ...recipientListFields,
    limit: pageQueryFields.limit,
    cursor: z
      .string()
      .max(500)
      .transform(parseRecipientListCursor)
      .refine((place) => place !== null, cursorFault)
      .optional(),
  })
  .strict();
type ListQuery = z.output<typeof recipientListQuery>;

/**
 * Returns a list of a campaign's recipients. A list by `ids` reads only these recipients. If the
 * session sees all properties, an unfiltered page in the order of adding reads only the recipients
 * on the page. Every other list reads the whole campaign once.
 */
export async function buildRecipientListAnswer(
  c: HttpContext,
  campaign: CampaignRow,
  query: ListQuery,
): Promise<RecipientList> {
  const desk = getRequestScope(c);
  const properties = listVisiblePropertyIds(c);
  const { ids, sort = "added", cursor = null, limit = pageSize, overview, ...filter } = query;
  if (ids !== undefined) {
    refuseOtherFields(query);
    const rows = await loadRecipients(desk.scope, campaign, ids);
    const seen = properties === null ? rows : rows.filter((row) => properties.includes(row.propertyId ?? ""));
    return { items: await viewRecipients(desk, seen), nextCursor: null, overview: null };
  }
  if (isPlain(query) && properties === null) {
    const after = cursor?.id ?? null;
    const rows = await listRecipients(desk.scope, campaign, { after, limit: limit + 1 });
    const page = buildPage(rows, limit, ({ id }) => id);
    const items = await viewRecipients(desk, rows.slice(0, limit));
    return { items, nextCursor: page.nextCursor, overview: null };
  }
  const wants = overview === "true";
  const request = { filter, sort, properties, countsOutcomes: wants };
  const { all, matches } = await loadRecipientList(desk, campaign, request);
  const isAfter = (place: RecipientListPosition) =>
    cursor === null || compareRecipientListPositions(place, cursor, sort) > 0;
  const start = matches.findIndex((one) => isAfter(getRecipientListPosition(one, sort)));
  const shown = start === -1 ? [] : matches.slice(start, start + limit);
  const last = shown.at(-1);
  const hasMore = start !== -1 && start + limit < matches.length;
  const rows = await loadRecipients(
    desk.scope,
    campaign,
    shown.map(({ id }) => id),
  );
  return {
    items: await viewRecipients(desk, rows),
    nextCursor:
      hasMore && last !== undefined ? formatRecipientListCursor(getRecipientListPosition(last, sort)) : null,
    overview: wants
      ? { total: matches.length, ids: matches.map(({ id }) => id), ...countRecipients(all) }
      : null,
  };
}

async function viewRecipients({ ctx, scope }: RequestScope, rows: readonly RecipientRow[]) {
  const facts = await loadRecipientEventFacts(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toRecipientView(row, facts.get(row.id) ?? emptyRecipientEventFacts, ctx.now()));
}

/** Tells whether a query asks for one page in the order of adding, without a filter. */
function isPlain({ cursor: _cursor, limit: _limit, sort = "added", ...rest }: ListQuery): boolean {
  return sort === "added" && Object.values(rest).every((value) => value === undefined);
}

function refuseOtherFields({ ids: _ids, ...rest }: ListQuery): void {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  refuseFaultyFields(Object.fromEntries(given.map(([name]) => [name, "can't be given together with ids"])));
}
