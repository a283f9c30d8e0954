import type { Credentials, ProviderEndpoints, SuppressionLists } from "../provider.ts";
import {
  createPageFetch,
  type ListReason,
  pagesPerList,
  readLists,
  UnreadableList,
} from "../suppression-lists.ts";

const pageSize = 500;

const lists: readonly [string, ListReason][] = [
  ["bounces", "bounced"],
  ["invalid_emails", "bounced"],
  ["spam_reports", "complained"],
  ["unsubscribes", "unsubscribed"],
];

/**
 * Reads SendGrid's suppression lists.
 * @see https://www.twilio.com/docs/sendgrid/api-reference/bounces-api/retrieve-all-bounces and its
 *   neighbors
 */
export async function listSendgridSuppressions(
  credentials: Extract<Credentials, { provider: "sendgrid" }>,
  endpoints: ProviderEndpoints["sendgrid"],
  timeoutMs: number,
): Promise<SuppressionLists> {
  const get = createPageFetch(`Bearer ${credentials.apiKey}`, timeoutMs);
  return readLists(lists, async (list, add) => {
    for (let page = 0; page < pagesPerList; page += 1) {
      const query = `limit=${pageSize}&offset=${page * pageSize}`;
      const path = `/v3/suppression/${list}?${query}`;
      const items = await get(endpoints[credentials.region] + path);
      if (!Array.isArray(items)) throw new UnreadableList("an answer without a list");
      add(items, "email", "reason");
      if (items.length < pageSize) return true;
    }
    return false;
  });
}
