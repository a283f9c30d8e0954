import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./scope.ts";

/*
 * Each campaign has a range of recipient ids of its own. So a campaign's recipients are found by
 * primary key. An index by campaign would cost one more written row per recipient. A second
 * condition, on the campaign, keeps a wrong range from reaching other campaigns' recipients.
 */

/**
 * The number of ids per range. The number exceeds `limits.recipientsPerCampaign`, because two
 * additions at the same time may overshoot that limit.
 */
const rangeSize = 16_384;

/**
 * Builds the statement that reserves the next range of recipient ids. The caller has to run the
 * statement in the batch that inserts the campaign, right before the insert. The statement writes
 * one row.
 */
export function buildRecipientRangeReservation(db: Database): D1PreparedStatement {
  return db.$client
    .prepare("UPDATE recipient_ranges SET next_first_id = next_first_id + ?1 WHERE id = 1")
    .bind(rangeSize);
}

const reservedBound = (offset: number) =>
  sql<number>`(SELECT next_first_id FROM recipient_ranges WHERE id = 1) + ${sql.raw(String(offset))}`;

/** The range columns of a new campaign, for the insert after `buildRecipientRangeReservation`. */
export const reservedRangeColumns: { firstRecipientId: SQL<number>; lastRecipientId: SQL<number> } = {
  firstRecipientId: reservedBound(-rangeSize),
  lastRecipientId: reservedBound(-1),
};

type RangePart = {
  /** SQL of an id. The condition holds only for recipients with a greater id. */
  after?: string;
  /** SQL of an id. The condition holds only for recipients with this id or a smaller id. */
  upTo?: string;
};

/**
 * SQL condition: the row `recipient` belongs to the campaign with this id. `campaignId`: an SQL
 * parameter, or a column of another table.
 * @param recipient the SQL alias of campaign_recipients
 */
export function recipientRangeSql(
  campaignId: string,
  recipient = "campaign_recipients",
  part: RangePart = {},
): string {
  const end = (column: string) => `(SELECT own.${column} FROM campaigns own WHERE own.id = ${campaignId})`;
  return rangeConditionSql(recipient, campaignId, end("first_recipient_id"), end("last_recipient_id"), part);
}

/**
 * SQL condition: the row `recipient` belongs to the campaign that the query has joined as
 * `campaign`.
 */
export function joinedRecipientRangeSql(campaign: string, recipient: string): string {
  const [first, last] = [`${campaign}.first_recipient_id`, `${campaign}.last_recipient_id`];
  return rangeConditionSql(recipient, `${campaign}.id`, first, last, {});
}

/**
 * Builds one lower and one upper bound, because SQLite uses only one bound of each kind to search
 * an index.
 */
function rangeConditionSql(
  recipient: string,
  campaignId: string,
  first: string,
  last: string,
  part: RangePart,
): string {
  const from = part.after === undefined ? first : `max(${first}, ${part.after} + 1)`;
  const to = part.upTo === undefined ? last : `min(${last}, ${part.upTo})`;
  return `${recipient}.id BETWEEN ${from} AND ${to} AND ${recipient}.campaign_id = ${campaignId}`;
}

/**
 * SQL condition: `column` is one of these recipient ids. For ids that lie close together, such as a
 * page of a campaign, the condition is a range: it reads no row for the list of ids, but may also
 * hold for a few other recipients, whom the caller leaves out.
 */
export function nearbyRecipientsSql(column: string, ids: readonly number[]): string {
  const [first, last] = [Math.min(...ids), Math.max(...ids)];
  return last - first < 2 * ids.length
    ? `${column} BETWEEN ${first} AND ${last}`
    : `${column} IN (SELECT value FROM json_each('${JSON.stringify(ids)}'))`;
}
