import { encodeUtf8 } from "../bytes.ts";
import { deadlinePassed, withDeadline } from "../deadline.ts";
import { SendgridClient } from "../libraries.js";
import {
  createBareEvent,
  hashParts,
  isObject,
  type PayloadFields,
  parseJson,
  readAddress,
  readText,
  stripMessageIdBrackets,
} from "../payload.ts";
import type {
  MessageStatusQuery,
  MessageStatusReport,
  ProviderEndpoints,
  SendingIdentities,
  UnsealedAccount,
} from "../provider.ts";
import { formatReference, referenceFieldName } from "../reference.ts";

/* Functions that ask SendGrid about an account and the account's mail. */

type Endpoints = ProviderEndpoints["sendgrid"];
/** `status` is null if no answer came in time. */
type Answer = { status: number | null; body: unknown };

const pageSize = 200;
/** The largest answer that is read. A message with its whole history is far smaller. */
const maxBytes = 1_000_000;

/**
 * Returns SendGrid's report on a message, which the Email Activity API finds by our custom
 * argument. The reference of each message found is checked. Most accounts get a 403, since the API
 * is sold separately. A missing message proves nothing, because the API's delay is not documented.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/sending-email/getting-started-email-activity-api
 */
export async function getSendgridMessageStatus(
  { reference, messageId }: MessageStatusQuery,
  account: UnsealedAccount,
  timeoutMs: number,
  endpoints: Endpoints,
  now: number,
): Promise<MessageStatusReport> {
  const key = formatReference(reference);
  const get = createGet(account, endpoints, timeoutMs);
  if (get === null) return { kind: "unsupported" };
  const query = new URLSearchParams({ limit: "10", query: `unique_args["${referenceFieldName}"]="${key}"` });
  const found = await get(`/v3/messages?${query}`);
  if (found.status === 401 || found.status === 403 || found.status === 404) return { kind: "unsupported" };
  if (found.status !== 200) return reportUnavailable(found);
  const ids = readItems(found.body, "messages").flatMap((message) => readText(message, "msg_id") ?? []);
  for (const id of ids.slice(0, 3)) {
    const { status, body } = await get(`/v3/messages/${encodeURIComponent(id)}`);
    if (status !== 200 || !isObject(body)) continue;
    const args = parseJson(encodeUtf8(readText(body, "unique_args", 10_000) ?? ""));
    if (!isObject(args) || args[referenceFieldName] !== key) continue;
    const event = createBareEvent("accepted", now, await hashParts(["sendgrid", "activity", key]));
    const { recipientId, stepNumber } = reference;
    return {
      kind: "known",
      events: [{ ...event, recipientId, stepNumber, messageId: stripMessageIdBrackets(messageId) }],
    };
  }
  return { kind: "known", events: [] };
}

/**
 * Returns authenticated domains and verified single senders. If the key may read only one of the
 * two lists, the identities come from that list.
 * @see https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication/list-all-authenticated-domains
 * @see https://www.twilio.com/docs/sendgrid/api-reference/sender-verification/get-all-verified-senders
 */
export async function listSendgridIdentities(
  account: UnsealedAccount,
  timeoutMs: number,
  endpoints: Endpoints,
): Promise<SendingIdentities> {
  const get = createGet(account, endpoints, timeoutMs);
  if (get === null) return { kind: "unsupported" };
  const [domains, senders] = await Promise.all([
    get(`/v3/whitelabel/domains?limit=${pageSize}`),
    get(`/v3/verified_senders?limit=${pageSize}`),
  ]);
  if (domains.status !== 200 && senders.status !== 200) return reportUnavailable(domains);
  const names = readItems(domains.body, null)
    .filter((domain) => domain.valid === true)
    .flatMap((domain) => readText(domain, "domain") ?? []);
  const addresses = readItems(senders.body, "results")
    .filter((sender) => sender.verified === true)
    .flatMap((sender) => readAddress(sender, "from_email") ?? []);
  const identities = new Set([...names, ...addresses].map((name) => name.toLowerCase()));
  return { kind: "known", identities: [...identities].slice(0, pageSize) };
}

function createGet(
  { credentials }: UnsealedAccount,
  endpoints: Endpoints,
  timeoutMs: number,
): ((url: string) => Promise<Answer>) | null {
  if (credentials.provider !== "sendgrid") return null;
  const client = new SendgridClient();
  client.setApiKey(credentials.apiKey);
  const baseUrl = endpoints[credentials.region];
  client.setDefaultRequest({ baseUrl, timeout: timeoutMs, adapter: "fetch", maxContentLength: maxBytes });
  return async (url) => {
    try {
      const answer = await withDeadline(client.request({ method: "GET", url, body: undefined }), timeoutMs);
      return answer === deadlinePassed
        ? { status: null, body: null }
        : { status: answer[0].statusCode, body: answer[1] };
    } catch (error) {
      const status = isObject(error) && isObject(error.response) ? Number(error.code) : Number.NaN;
      return { status: Number.isInteger(status) ? status : null, body: null };
    }
  };
}

/** Returns the objects in the list under `name`. If `name` is null, `body` itself is the list. */
function readItems(body: unknown, name: string | null): PayloadFields[] {
  const list = name === null ? body : isObject(body) ? body[name] : null;
  return (Array.isArray(list) ? list : []).slice(0, 1000).filter(isObject);
}

function reportUnavailable({ status }: Answer): { kind: "unavailable"; detail: string } {
  return { kind: "unavailable", detail: status === null ? "no answer" : `HTTP ${status}` };
}
