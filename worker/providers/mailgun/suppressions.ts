import { isObject, readAddress } from "../payload.ts";
import type { Credentials, ProviderEndpoints, SuppressionLists } from "../provider.ts";
import {
  createPageFetcher,
  type ListedSuppressionReason,
  maxPagesPerList,
  readSuppressionLists,
  UnreadableListError,
} from "../suppression-lists.ts";

const pageSize = 1000;

const lists: readonly [string, ListedSuppressionReason][] = [
  ["bounces", "bounced"],
  ["complaints", "complained"],
  ["unsubscribes", "unsubscribed"],
];

/**
 * Reads Mailgun's suppression lists. The request for the next page names the last address
 * (`address` and `page=next`), so that no link in an answer is ever called.
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/bounces
 */
export async function listMailgunSuppressions(
  credentials: Extract<Credentials, { provider: "mailgun" }>,
  endpoints: ProviderEndpoints["mailgun"],
  timeoutMs: number,
): Promise<SuppressionLists> {
  const get = createPageFetcher(`Basic ${btoa(`api:${credentials.apiKey}`)}`, timeoutMs);
  const base = `${endpoints[credentials.region]}/v3/${encodeURIComponent(credentials.domain)}`;
  return readSuppressionLists(lists, async (list, add) => {
    let after = "";
    for (let page = 0; page < maxPagesPerList; page += 1) {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (after !== "")
        for (const [name, value] of [
          ["page", "next"],
          ["address", after],
        ] as const)
          query.set(name, value);
      const answer = await get(`${base}/${list}?${query}`);
      const items = isObject(answer) ? answer.items : null;
      if (!Array.isArray(items)) throw new UnreadableListError("an answer without a list");
      add(items, "address", "error");
      const last: unknown = items.at(-1);
      const next = isObject(last) ? (readAddress(last, "address") ?? "") : "";
      if (items.length < pageSize || next === after) return true;
      after = next;
    }
    return false;
  });
}
