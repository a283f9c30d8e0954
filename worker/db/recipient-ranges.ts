import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./scope.ts";

/*
 * A campaign's recipients have ids from a range of its own, so that they are found by their key and need no index by
 * campaign: the row that one would cost goes to the index by address instead. The second
 * condition, on the campaign, keeps a wrong range from reaching another campaign's recipients.
 */

/** Ids of a range: more than `limits.recipientsPerCampaign`, so that two additions at once may overshoot it. */
const rangeSize = 16_384;

/** Moves the counter on; goes right before the insert of the campaign that takes the range, in the same batch. One row written. */
export function reserveRange(db: Database): D1PreparedStatement {
  return db.$client
    .prepare("UPDATE recipient_ranges SET next_first_id = next_first_id + ?1 WHERE id = 1")
    .bind(rangeSize);
}

const reserved = (offset: number) =>
  sql<number>`(SELECT next_first_id FROM recipient_ranges WHERE id = 1) + ${sql.raw(String(offset))}`;

/** The columns of a new campaign, for the insert after `reserveRange`. */
export const reservedRange: { firstRecipientId: SQL<number>; lastRecipientId: SQL<number> } = {
  firstRecipientId: reserved(-rangeSize),
  lastRecipientId: reserved(-1),
};

type Part = {
  /** Only ids beyond this one. SQL. */
  after?: string;
  /** Only ids as far as this one. SQL. */
  upTo?: string;
};

/** Condition: `recipient`, an alias of the table, is one of the campaign's whose id is `campaignId`, a parameter or column of another table. SQL. */
export function recipientsOf(campaignId: string, recipient = "campaign_recipients", part: Part = {}): string {
  const end = (column: string) => `(SELECT own.${column} FROM campaigns own WHERE own.id = ${campaignId})`;
  return within(recipient, campaignId, end("first_recipient_id"), end("last_recipient_id"), part);
}

/** The same where the campaign is joined as `campaign`. SQL. */
export function recipientsIn(campaign: string, recipient: string): string {
  const [first, last] = [`${campaign}.first_recipient_id`, `${campaign}.last_recipient_id`];
  return within(recipient, `${campaign}.id`, first, last, {});
}

/** One lower and one upper bound, since only one of each is sought by. */
function within(recipient: string, campaignId: string, first: string, last: string, part: Part): string {
  const from = part.after === undefined ? first : `max(${first}, ${part.after} + 1)`;
  const to = part.upTo === undefined ? last : `min(${last}, ${part.upTo})`;
  return `${recipient}.id BETWEEN ${from} AND ${to} AND ${recipient}.campaign_id = ${campaignId}`;
}
