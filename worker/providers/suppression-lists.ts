import { emailAddress } from "../../shared/primitives.ts";
import { deadlinePassed, withDeadline } from "./deadline.ts";
import { isObject, type PayloadFields, readText } from "./payload.ts";
import type { ListedSuppression, SuppressionLists } from "./provider.ts";

/*
 * Reads a service's own lists of the addresses to which the service no longer sends. The code in
 * the service's own folder reads the pages. Addresses that a receiver has blocked are left out,
 * because a block is about us, not about the address.
 */

export type ListedSuppressionReason = ListedSuppression["reason"];
/**
 * The most pages read of a list, with one call per page. `isComplete` is false if the list has more
 * pages.
 */
export const maxPagesPerList = 20;
const maxBytes = 5_000_000;

/**
 * The error that stops `readSuppressionLists`. The error's message goes to the operator, so the
 * message must not contain an address.
 */
export class UnreadableListError extends Error {}

type AddItems = (items: readonly unknown[], addressField: string, wordsField: string) => void;

/**
 * Returns the entries of all lists, or the reason why a list could not be read. If one list can't
 * be read, no entries are returned, because the caller would take the other lists' entries for all
 * entries.
 */
export async function readSuppressionLists(
  lists: readonly [string, ListedSuppressionReason][],
  read: (list: string, add: AddItems) => Promise<boolean>,
): Promise<SuppressionLists> {
  const found: ListedSuppression[] = [];
  let isComplete = true;
  try {
    for (const [list, reason] of lists) {
      const isWhole = await read(list, (items, addressField, wordsField) => {
        for (const item of items.filter(isObject))
          found.push(...toListedSuppression(item, reason, addressField, wordsField));
      });
      isComplete &&= isWhole;
    }
    return { kind: "known", suppressions: found, isComplete };
  } catch (error) {
    return {
      kind: "unavailable",
      detail: error instanceof UnreadableListError ? error.message : "no answer",
    };
  }
}

/**
 * Returns a list with the entry. The list is empty if our rules refuse the address, because no
 * recipient can have such an address.
 */
function toListedSuppression(
  item: PayloadFields,
  reason: ListedSuppressionReason,
  addressField: string,
  wordsField: string,
): ListedSuppression[] {
  const email = emailAddress.safeParse(item[addressField]);
  if (!email.success) return [];
  const diagnostic = (readText(item, wordsField, 2000) ?? "").slice(0, 500);
  return [{ email: email.data, reason, diagnostic }];
}

/**
 * Returns a function that gets a page of a list as parsed JSON, or null for a page that is too
 * long.
 * @throws UnreadableListError for a status other than 200, or if no answer comes within `timeoutMs`
 */
export function createPageFetcher(
  authorization: string,
  timeoutMs: number,
): (url: string) => Promise<unknown> {
  return async (url) => {
    const headers = { authorization, accept: "application/json" };
    const call = fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const body = await withDeadline(
      call.then(async (response) => {
        if (response.status !== 200) throw new UnreadableListError(`HTTP ${response.status}`);
        const text = await response.text();
        return text.length > maxBytes ? null : (JSON.parse(text) as unknown);
      }),
      timeoutMs,
    );
    if (body === deadlinePassed) throw new UnreadableListError("no answer in time");
    return body;
  };
}
