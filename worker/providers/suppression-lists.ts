import { emailAddress } from "../../shared/primitives.ts";
import { timedOut, withDeadline } from "./deadline.ts";
import { type Fields, isObject, readAddress, readText } from "./payload.ts";
import type { Credentials, ListedSuppression, ProviderEndpoints, SuppressionLists } from "./provider.ts";

/*
 * Reads the services' own lists of addresses that they no longer send to. Addresses that a receiver
 * has blocked are left out, because a block is about us.
 */

type Reason = ListedSuppression["reason"];
/** The most pages read of a list, with one call per page. `isComplete` tells if there were more. */
const pagesPerList = 20;
const maxBytes = 5_000_000;
const sendgridPage = 500;
const mailgunPage = 1000;

const sendgridLists: readonly [string, Reason][] = [
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
  const get = createGet(`Bearer ${credentials.apiKey}`, timeoutMs);
  return readLists(sendgridLists, async (list, add) => {
    for (let page = 0; page < pagesPerList; page += 1) {
      const query = `limit=${sendgridPage}&offset=${page * sendgridPage}`;
      const path = `/v3/suppression/${list}?${query}`;
      const items = await get(endpoints[credentials.region] + path);
      if (!Array.isArray(items)) throw new Unreadable("an answer without a list");
      add(items, "email", "reason");
      if (items.length < sendgridPage) return true;
    }
    return false;
  });
}

const mailgunLists: readonly [string, Reason][] = [
  ["bounces", "bounced"],
  ["complaints", "complained"],
  ["unsubscribes", "unsubscribed"],
];

/**
 * Reads Mailgun's suppression lists. The next page is asked for by the last address (`address` and
 * `page=next`), so that a link in an answer is never called.
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/bounces
 */
export async function listMailgunSuppressions(
  credentials: Extract<Credentials, { provider: "mailgun" }>,
  endpoints: ProviderEndpoints["mailgun"],
  timeoutMs: number,
): Promise<SuppressionLists> {
  const get = createGet(`Basic ${btoa(`api:${credentials.apiKey}`)}`, timeoutMs);
  const base = `${endpoints[credentials.region]}/v3/${encodeURIComponent(credentials.domain)}`;
  return readLists(mailgunLists, async (list, add) => {
    let after = "";
    for (let page = 0; page < pagesPerList; page += 1) {
      const query = new URLSearchParams({ limit: String(mailgunPage) });
      if (after !== "")
        for (const [name, value] of [
          ["page", "next"],
          ["address", after],
        ] as const)
          query.set(name, value);
      const answer = await get(`${base}/${list}?${query}`);
      const items = isObject(answer) ? answer.items : null;
      if (!Array.isArray(items)) throw new Unreadable("an answer without a list");
      add(items, "address", "error");
      const last: unknown = items.at(-1);
      const next = isObject(last) ? (readAddress(last, "address") ?? "") : "";
      if (items.length < mailgunPage || next === after) return true;
      after = next;
    }
    return false;
  });
}

class Unreadable extends Error {}

type Add = (items: readonly unknown[], addressField: string, wordsField: string) => void;

/**
 * Returns the entries of all lists, or the reason why one of them could not be read. A part of the
 * lists would look like all of them.
 */
async function readLists(
  lists: readonly [string, Reason][],
  read: (list: string, add: Add) => Promise<boolean>,
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
    return { kind: "unavailable", detail: error instanceof Unreadable ? error.message : "no answer" };
  }
}

/**
 * Returns a list entry, or nothing if it is not an address in our form: no recipient can have such
 * an address.
 */
function toListedSuppression(
  item: Fields,
  reason: Reason,
  addressField: string,
  wordsField: string,
): ListedSuppression[] {
  const email = emailAddress.safeParse(item[addressField]);
  if (!email.success) return [];
  const diagnostic = (readText(item, wordsField, 2000) ?? "").slice(0, 500);
  return [{ email: email.data, reason, diagnostic }];
}

function createGet(authorization: string, timeoutMs: number): (url: string) => Promise<unknown> {
  return async (url) => {
    const headers = { authorization, accept: "application/json" };
    const call = fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const body = await withDeadline(
      call.then(async (response) => {
        if (response.status !== 200) throw new Unreadable(`HTTP ${response.status}`);
        const text = await response.text();
        return text.length > maxBytes ? null : (JSON.parse(text) as unknown);
      }),
      timeoutMs,
    );
    if (body === timedOut) throw new Unreadable("no answer in time");
    return body;
  };
}
