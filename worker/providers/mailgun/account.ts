import { minuteMs } from "../../../shared/time-lengths.ts";
import { deadlinePassed, withDeadline } from "../deadline.ts";
import { Mailgun, type MailgunClient } from "../libraries.js";
import { isObject } from "../payload.ts";
import type {
  MessageStatusQuery,
  MessageStatusReport,
  ProviderEndpoints,
  SendingIdentities,
  UnsealedAccount,
} from "../provider.ts";
import { normalizeMailgunItems } from "./events.ts";

/* Asks Mailgun about an account and its mail. */

/**
 * Creates Mailgun's client. `useFetch` is set because workerd has no XMLHttpRequest, the library's
 * default. `timeoutMs` is set because the library has no timeout of its own.
 */
export function createMailgunClient(
  { apiKey, region }: { apiKey: string; region: "us" | "eu" },
  endpoints: ProviderEndpoints["mailgun"],
  timeoutMs: number,
): MailgunClient {
  const options = {
    username: "api",
    key: apiKey,
    url: endpoints[region],
    timeout: timeoutMs,
    useFetch: true,
  } as const;
  return new Mailgun(FormData).client(options);
}

/**
 * The longest delay of the Events API. Mailgun advises to trust a page only once the page is half
 * an hour old.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/events/events (Event Polling)
 */
const indexLagMs = 30 * minuteMs;

/** Returns Mailgun's report on a message, which the Events API finds by our own Message-Id. */
export async function getMailgunMessageStatus(
  { messageId, ageMs }: MessageStatusQuery,
  account: UnsealedAccount,
  timeoutMs: number,
  endpoints: ProviderEndpoints["mailgun"],
  now: number,
): Promise<MessageStatusReport> {
  const { credentials } = account;
  if (credentials.provider !== "mailgun") return { kind: "unsupported" };
  try {
    const query = { "message-id": messageId.replace(/^<|>$/g, ""), limit: "100" };
    const client = createMailgunClient(credentials, endpoints, timeoutMs);
    // With every call, the library logs a hint to use Mailgun's Logs API instead. The Logs API
    // would search the whole account and not one domain.
    client.events.logger = { warn: () => undefined };
    const answer = await withDeadline(
      client.events.get(encodeURIComponent(credentials.domain), query),
      timeoutMs,
    );
    if (answer === deadlinePassed) return { kind: "unavailable", detail: "no answer in time" };
    // An answer without a list doesn't come from Mailgun, so the missing events prove nothing.
    if (!Array.isArray(answer.items)) return { kind: "unavailable", detail: "an answer without events" };
    const { events } = await normalizeMailgunItems(answer.items.slice(0, 100), now);
    return answer.items.length === 0 && ageMs > indexLagMs ? { kind: "absent" } : { kind: "known", events };
  } catch (error) {
    return { kind: "unavailable", detail: describeFailure(error) };
  }
}

/**
 * Returns the account's domain and its parent domain, which DMARC also counts as aligned (RFC 7489
 * §3.1.1). For this request, a key that may only send emails gets a 401.
 */
export async function listMailgunIdentities(
  { credentials }: UnsealedAccount,
  timeoutMs: number,
  endpoints: ProviderEndpoints["mailgun"],
): Promise<SendingIdentities> {
  if (credentials.provider !== "mailgun") return { kind: "unsupported" };
  try {
    const client = createMailgunClient(credentials, endpoints, timeoutMs);
    const domain = await withDeadline(client.domains.get(encodeURIComponent(credentials.domain)), timeoutMs);
    if (domain === deadlinePassed) return { kind: "unavailable", detail: "no answer in time" };
    const isGood = isObject(domain) && domain.state === "active" && domain.is_disabled !== true;
    const [, ...above] = credentials.domain.split(".");
    const identities = [credentials.domain, ...(above.length > 1 ? [above.join(".")] : [])];
    return { kind: "known", identities: isGood ? identities : [] };
  } catch (error) {
    return { kind: "unavailable", detail: describeFailure(error) };
  }
}

function describeFailure(error: unknown): string {
  const status = isObject(error) ? Number(error.status) : Number.NaN;
  return Number.isInteger(status) ? `HTTP ${status}` : "no answer";
}
