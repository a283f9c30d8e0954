import { deadlinePassed, withDeadline } from "../deadline.ts";
import { redactSecrets } from "../detail.ts";
import { clampWaitMs, classifyHttpFailure } from "../http-failure.ts";
import {
  SendgridClient,
  SendgridMail,
  type SendgridMessage,
  type SendgridRequest,
  type SendgridResponse,
} from "../libraries.js";
import { isObject, type PayloadFields, readObject, readText } from "../payload.ts";
import type {
  OutgoingEmail,
  Provider,
  ProviderEndpoints,
  SendOutcome,
  UnsealedAccount,
} from "../provider.ts";
import { formatReference, referenceFieldName } from "../reference.ts";
import { getSendgridMessageStatus, listSendgridIdentities } from "./account.ts";
import { normalizeSendgridEvents } from "./events.ts";
import { verifySendgridSignature } from "./signature.ts";
import { listSendgridSuppressions } from "./suppressions.ts";
import { registerSendgridWebhook } from "./webhooks.ts";

/** Headers that SendGrid sets itself. SendGrid answers 400 to a message with such a header. */
const reservedHeaders = new Set([
  ...["from", "to", "cc", "bcc", "subject", "reply-to", "content-type", "content-transfer-encoding"],
  ...["received", "dkim-signature", "x-sg-id", "x-sg-eid", "date", "mime-version"],
]);

/**
 * Creates a provider that uses SendGrid's v3 Mail Send API through its own library.
 * @param wallClock returns the real time in milliseconds UTC, even if the demo has moved our clock,
 *   because SendGrid names instants by the real time
 * @see https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 */
export function createSendgridProvider(
  endpoints: ProviderEndpoints["sendgrid"],
  wallClock: () => number,
): Provider {
  return {
    name: "sendgrid",
    send: (email, account, timeoutMs) => send(email, account, timeoutMs, endpoints, wallClock),
    verify: verifySendgridSignature,
    normalize: normalizeSendgridEvents,
    getStatus: (query, account, timeoutMs) =>
      getSendgridMessageStatus(query, account, timeoutMs, endpoints, wallClock()),
    listIdentities: (account, timeoutMs) => listSendgridIdentities(account, timeoutMs, endpoints),
    listSuppressions: async ({ credentials }, timeoutMs) =>
      credentials.provider === "sendgrid"
        ? await listSendgridSuppressions(credentials, endpoints, timeoutMs)
        : { kind: "unsupported" },
    registerWebhooks: (url, account, timeoutMs) =>
      registerSendgridWebhook(url, account, timeoutMs, endpoints),
  };
}

/**
 * The library's client, changed to leave the email's headers off the HTTP request. In the HTTP
 * request, `Message-ID` means nothing, an Authorization header would replace the key, and a value
 * beyond Latin-1 makes `fetch` throw.
 */
class Client extends SendgridClient {
  /**
   * True once the request was handed to the network. After a failure before that moment, the email
   * has certainly not left.
   */
  hasLeft = false;

  override request(data: SendgridRequest): Promise<[SendgridResponse, unknown]> {
    this.hasLeft = true;
    return super.request({ ...data, headers: {} });
  }
}

/**
 * The largest answer that is read. SendGrid's answers are far smaller, so a longer answer came from
 * another server.
 */
const maxAnswerBytes = 1_000_000;

async function send(
  email: OutgoingEmail,
  account: UnsealedAccount,
  timeoutMs: number,
  endpoints: ProviderEndpoints["sendgrid"],
  wallClock: () => number,
): Promise<SendOutcome> {
  const { credentials } = account;
  if (credentials.provider !== "sendgrid") return wrongAccount;
  const client = new Client();
  try {
    client.setApiKey(credentials.apiKey);
    const baseUrl = endpoints[credentials.region];
    // A bundler may pick either build of axios, so the adapter is named here. The Node build's own
    // adapter, over workerd's node:http, waits forever after a broken connection, past every
    // timeout.
    client.setDefaultRequest({
      baseUrl,
      timeout: timeoutMs,
      adapter: "fetch",
      maxContentLength: maxAnswerBytes,
    });
    const answer = await withDeadline(
      new SendgridMail().setClient(client).send(buildSendgridMessage(email)),
      timeoutMs,
    );
    return answer === deadlinePassed
      ? { kind: "unknown", detail: "no answer in time" }
      : classifyAnswer(answer[0]);
  } catch (error) {
    if (!client.hasLeft) return refuseUnbuilt(error, email, account);
    return classifyError(error, email, account, wallClock);
  }
}

const wrongAccount: SendOutcome = {
  kind: "refused",
  fault: "channel",
  status: null,
  detail: "the account is not a SendGrid one",
};

/**
 * Builds SendGrid's message with a single personalization. With more personalizations, one
 * X-Message-Id would stand for several emails.
 */
function buildSendgridMessage(email: OutgoingEmail): SendgridMessage {
  const headers = Object.entries(email.headers).filter(([name]) => !reservedHeaders.has(name.toLowerCase()));
  return {
    from: email.from,
    ...(email.replyTo === null
      ? {}
      : { replyTo: { email: email.replyTo, name: email.replyToName ?? email.from.name } }),
    subject: email.subject,
    personalizations: [
      { to: [email.to], customArgs: { [referenceFieldName]: formatReference(email.reference) } },
    ],
    content: [
      { type: "text/plain", value: email.text },
      { type: "text/html", value: email.html },
    ],
    headers: { ...Object.fromEntries(headers), "Message-ID": email.messageId },
    // We make the tracking links, the pixel and the unsubscribe header. If the service also added
    // links and a pixel, every open and click would count twice.
    trackingSettings: {
      clickTracking: { enable: false, enableText: false },
      openTracking: { enable: false },
      subscriptionTracking: { enable: false },
      ganalytics: { enable: false },
    },
  };
}

/**
 * Returns the outcome of an answer. Only 202 means that the email was queued: 200 is sandbox mode
 * or a page behind a redirect.
 */
function classifyAnswer(answer: SendgridResponse): SendOutcome {
  if (answer.statusCode !== 202) return { kind: "unknown", detail: `HTTP ${answer.statusCode}` };
  return { kind: "accepted", providerMessageId: answer.headers["x-message-id"] ?? null };
}

/**
 * Returns the outcome of an email that the library refused before the call. The library's message
 * is redacted, because the library quotes the refused value.
 */
function refuseUnbuilt(error: unknown, email: OutgoingEmail, account: UnsealedAccount): SendOutcome {
  const detail = redactSecrets(error instanceof Error ? error.message : "", email, account);
  return {
    kind: "refused",
    fault: "message",
    status: null,
    detail: `not accepted by the library: ${detail}`,
  };
}

function classifyError(
  error: unknown,
  email: OutgoingEmail,
  account: UnsealedAccount,
  wallClock: () => number,
): SendOutcome {
  const answer = isObject(error) && isObject(error.response) ? error.response : null;
  const status = isObject(error) ? Number(error.code) : Number.NaN;
  // Without an answer, a Worker's fetch does not show whether the call timed out, lost its
  // connection or never had a connection.
  if (answer === null || !Number.isInteger(status)) return { kind: "unknown", detail: "no answer" };
  const { errors } = readObject(answer, "body");
  const faults = (Array.isArray(errors) ? errors : []).filter(isObject);
  const texts = faults.map((fault) => [readText(fault, "field"), readText(fault, "message")]);
  return classifyHttpFailure({
    status,
    detail: redactSecrets(texts.flat().filter(Boolean).join(" "), email, account),
    isRecipientFault: faults.some((fault) =>
      /^personalizations\.\d+\.to\b/.test(readText(fault, "field") ?? ""),
    ),
    isChannelFault: false,
    retryAfterMs: readRetryAfterMs(readObject(answer, "headers"), wallClock()),
  });
}

/**
 * Returns the wait in Retry-After (RFC 9110 §10.2.3: seconds or a date), else in X-RateLimit-Reset
 * (Unix seconds). Returns null if neither header can be read.
 */
function readRetryAfterMs(headers: PayloadFields, now: number): number | null {
  const from = Date.parse(readText(headers, "date") ?? "") || now;
  const retryAfter = readText(headers, "retry-after") ?? "";
  if (/^\d{1,9}$/.test(retryAfter)) return clampWaitMs(Number(retryAfter) * 1000, 0);
  // The pattern is needed because Date.parse accepts nearly any text as a date.
  if (/^[A-Z][a-z]{2}, \d{2} /.test(retryAfter)) return clampWaitMs(Date.parse(retryAfter), from);
  const reset = readText(headers, "x-ratelimit-reset") ?? "";
  return /^\d{10}$/.test(reset) ? clampWaitMs(Number(reset) * 1000, from) : null;
}
