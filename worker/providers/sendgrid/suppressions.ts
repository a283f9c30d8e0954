import type { Credentials, ProviderEndpoints, SuppressionLists } from "../provider.ts";
import {
  createPageFetcher,
  type ListedSuppressionReason,
  maxPagesPerList,
  readSuppressionLists,
  UnreadableListError,
} from "../suppression-lists.ts";

const pageSize = 500;

const lists: readonly [string, ListedSuppressionReason][] = [
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
  const get = createPageFetcher(`Bearer ${credentials.apiKey}`, timeoutMs);
  return readSuppressionLists(lists, async (list, add) => {
    for (let page = 0; page < maxPagesPerList; page += 1) {
      const query = `limit=${pageSize}&offset=${page * pageSize}`;
      const path = `/v3/suppression/${list}?${query}`;
      const items = await get(endpoints[credentials.region] + path);
      if (!Array.isArray(items)) throw new UnreadableListError("an answer without a list");
      add(items, "email", "reason");
      if (items.length < pageSize) return true;
    }
    return false;
  });
}
